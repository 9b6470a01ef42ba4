// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import java.lang.foreign.MemorySegment;
import nat64.translator.packet.Packet;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Icmpv4;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Octets;

/**
 * Tells, in an extension of an ICMPv4 error, the IPv6 address that the error came from (RFC 6791, section 4): an
 * Interface Information Object (RFC 5837, section 4) in the structure of RFC 4884. The address is an IPv6 one although
 * RFC 5837, section 4.2, wants it to be of the version of the quoted packet: RFC 6791 asks for it. One per worker.
 */
public final class InterfaceInformation {

    private static final int LARGEST_ERROR = 576; // RFC 1812, section 4.3.2.3
    private static final int SMALLEST_QUOTE = 128; // RFC 4884, section 3
    private static final int STRUCTURE_HEADER = 4;
    private static final int STRUCTURE_VERSION = 0x2000;
    private static final int OBJECT_LENGTH = 24;
    private static final int CLASS_AND_TYPE = 0x0204; // class 2; the interface that the packet came to, by its address
    private static final int IPV6 = 2; // address family number

    private final Ipv4Header ipv4 = new Ipv4Header();

    /** Appends the address to an ICMPv4 error that can carry it and has room; else the error stays as it is. */
    public void append(Packet packet, long high, long low) {
        var buffer = packet.buffer();
        int icmp = packet.start() + Ipv4Header.LENGTH;
        if (!isExtensible(Octets.u8(buffer, icmp))) {
            return;
        }
        int quote = icmp + IcmpHeader.LENGTH;
        int words = Octets.u8(buffer, icmp + (long) IcmpHeader.QUOTE_WORDS_V4);
        int structure = words > 0 ? quote + words * 4 : padQuote(packet, quote);
        int object = words > 0 ? packet.end() : structure + STRUCTURE_HEADER;
        int end = object + OBJECT_LENGTH;
        if (end - packet.start() > LARGEST_ERROR || object < structure + STRUCTURE_HEADER) {
            return;
        }
        Octets.u8(buffer, icmp + (long) IcmpHeader.QUOTE_WORDS_V4, (structure - quote) / 4);
        Octets.u32(buffer, object, (OBJECT_LENGTH << 16) | CLASS_AND_TYPE);
        Octets.u32(buffer, object + 4L, IPV6 << 16);
        Octets.u64(buffer, object + 8L, high);
        Octets.u64(buffer, object + 16L, low);
        Octets.u32(buffer, structure, STRUCTURE_VERSION << 16);
        Octets.u16(buffer, structure + 2L, Checksum.of(Checksum.sum(buffer, structure, end - structure)));
        packet.endAt(end);
        seal(packet, icmp);
    }

    private static boolean isExtensible(int type) {
        return type == Icmpv4.DESTINATION_UNREACHABLE
                || type == Icmpv4.TIME_EXCEEDED
                || type == Icmpv4.PARAMETER_PROBLEM;
    }

    /** Cuts or fills the quoted packet so that the structure fits behind it, and tells where that begins. */
    private static int padQuote(Packet packet, int quote) {
        int most = packet.start() + LARGEST_ERROR - STRUCTURE_HEADER - OBJECT_LENGTH - quote;
        int given = packet.end() - quote;
        int octets = Math.min(most, Math.max(SMALLEST_QUOTE, (given + 3) & ~3));
        for (int i = given; i < octets; i++) {
            Octets.u8(packet.buffer(), quote + (long) i, 0);
        }
        return quote + octets;
    }

    private void seal(Packet packet, int icmp) {
        MemorySegment buffer = packet.buffer();
        Octets.u16(buffer, icmp + (long) IcmpHeader.CHECKSUM, 0);
        int checksum = Checksum.of(Checksum.sum(buffer, icmp, packet.end() - icmp));
        Octets.u16(buffer, icmp + (long) IcmpHeader.CHECKSUM, checksum);
        ipv4.wrap(buffer, packet.start()).totalLength(packet.length()).seal();
    }
}
