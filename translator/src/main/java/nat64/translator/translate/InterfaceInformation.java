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
 * Appends the IPv6 address that an ICMP error came from to the translated ICMPv4 error (RFC 6791, section 4): an
 * Interface Information Object (RFC 5837, section 4) in an extension structure (RFC 4884). The address is IPv6, as RFC
 * 6791 requires, although RFC 5837, section 4.2, requires the version of the quoted packet. One per worker.
 */
public final class InterfaceInformation {

    private static final int LARGEST_ERROR = 576; // RFC 1812, section 4.3.2.3
    private static final int SMALLEST_QUOTE = 128; // RFC 4884, section 3
    private static final int STRUCTURE_HEADER = 4;
    private static final int VERSION = 2;
    private static final int STRUCTURE_VERSION = VERSION << 12;
    private static final int CHECKSUM = 2; // offset in the structure
    private static final int NO_CHECKSUM = 0;
    private static final int CHECKSUM_TO_COME = 0xffff;
    private static final int OBJECT_HEADER = 4;
    private static final int OBJECT_LENGTH = 24;
    private static final int CLASS_AND_TYPE = 0x0204; // class 2; role: incoming interface; contents: its IP address
    private static final int IPV6 = 2; // address family number (IANA)

    private final Ipv4Header ipv4 = new Ipv4Header();

    /** Appends the address to an ICMPv4 error whose type allows it and that has room; other errors stay unchanged. */
    public void append(Packet packet, long high, long low) {
        var buffer = packet.buffer();
        int icmp = packet.start() + Ipv4Header.LENGTH;
        if (!isExtensible(IcmpHeader.type(buffer, icmp))) {
            return;
        }
        int quote = icmp + IcmpHeader.LENGTH;
        int words = IcmpHeader.quoteWordsV4(buffer, icmp);
        if (words > 0) {
            appendToStructure(packet, quote + words * 4, high, low);
            return;
        }
        int structure = padQuote(packet, quote);
        IcmpHeader.quoteWordsV4(buffer, icmp, (structure - quote) / 4);
        Octets.u32(buffer, structure, (STRUCTURE_VERSION << 16) | CHECKSUM_TO_COME);
        write(packet, structure, structure + STRUCTURE_HEADER, high, low);
    }

    /** What is no valid structure, or has no room for the object, is left as it is (RFC 7915, section 5.2: opaque). */
    private void appendToStructure(Packet packet, int structure, long high, long low) {
        int object = packet.end();
        boolean hasRoom = object + OBJECT_LENGTH - packet.start() <= LARGEST_ERROR;
        if (hasRoom && isValid(packet.buffer(), structure, object)) {
            write(packet, structure, object, high, low);
        }
    }

    /** RFC 4884, sections 5.2 and 7: the version, a checksum that is right or absent, and whole objects to the end. */
    private static boolean isValid(MemorySegment buffer, int structure, int end) {
        if (end - structure < STRUCTURE_HEADER
                || Octets.u8(buffer, structure) >>> 4 != VERSION
                || !hasValidChecksum(buffer, structure, end)) {
            return false;
        }
        int at = structure + STRUCTURE_HEADER;
        while (at + OBJECT_HEADER <= end) {
            int length = Octets.u16(buffer, at);
            if (length < OBJECT_HEADER || (length & 3) != 0) {
                return false;
            }
            at += length;
        }
        return at == end;
    }

    private static boolean hasValidChecksum(MemorySegment buffer, int structure, int end) {
        return Octets.u16(buffer, structure + CHECKSUM) == NO_CHECKSUM
                || Checksum.fold(Checksum.sum(buffer, structure, end - structure)) == 0xffff;
    }

    private void write(Packet packet, int structure, int object, long high, long low) {
        var buffer = packet.buffer();
        int icmp = packet.start() + Ipv4Header.LENGTH;
        int end = object + OBJECT_LENGTH;
        Octets.u32(buffer, object, (OBJECT_LENGTH << 16) | CLASS_AND_TYPE);
        Octets.u32(buffer, object + 4, IPV6 << 16);
        Octets.u64(buffer, object + 8, high);
        Octets.u64(buffer, object + 16, low);
        if (Octets.u16(buffer, structure + CHECKSUM) != NO_CHECKSUM) {
            Octets.u16(buffer, structure + CHECKSUM, 0);
            Octets.u16(buffer, structure + CHECKSUM, Checksum.of(Checksum.sum(buffer, structure, end - structure)));
        }
        packet.endAt(end);
        IcmpHeader.updateChecksum(buffer, icmp, end, 0);
        ipv4.wrap(buffer, packet.start()).totalLength(packet.length()).updateChecksum();
    }

    private static boolean isExtensible(int type) {
        return type == Icmpv4.DESTINATION_UNREACHABLE
                || type == Icmpv4.TIME_EXCEEDED
                || type == Icmpv4.PARAMETER_PROBLEM;
    }

    /** Cuts or pads the quoted packet so that the structure fits after it; returns where the structure begins. */
    private static int padQuote(Packet packet, int quote) {
        int most = packet.start() + LARGEST_ERROR - STRUCTURE_HEADER - OBJECT_LENGTH - quote;
        int available = packet.end() - quote;
        int structure = quote + Math.min(most, Math.max(SMALLEST_QUOTE, (available + 3) & ~3));
        for (int at = packet.end(); at < structure; at++) {
            Octets.u8(packet.buffer(), at, 0);
        }
        return structure;
    }
}
