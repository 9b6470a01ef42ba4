// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import java.lang.foreign.MemorySegment;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Octets;

/** Writes the header of an ICMP error over a quoted packet that is already in its place. */
final class IcmpErrorHeader {

    private IcmpErrorHeader() {}

    /**
     * Writes type, code, the last 32 bits, and then the checksum over all up to the end.
     *
     * @param pseudoHeader sum of the IPv6 pseudo-header, 0 of ICMPv4
     */
    static void write(MemorySegment buffer, int at, int end, int message, int rest, long pseudoHeader) {
        Octets.u16(buffer, at, message);
        Octets.u16(buffer, at + (long) IcmpHeader.CHECKSUM, 0);
        Octets.u32(buffer, at + (long) IcmpHeader.REST, rest);
        int checksum = Checksum.of(pseudoHeader + Checksum.sum(buffer, at, end - at));
        Octets.u16(buffer, at + (long) IcmpHeader.CHECKSUM, checksum);
    }
}
