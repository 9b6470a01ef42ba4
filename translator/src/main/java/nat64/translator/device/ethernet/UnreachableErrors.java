// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import java.lang.foreign.MemorySegment;
import nat64.translator.address.Ipv6Address;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Icmpv4;
import nat64.translator.wire.Icmpv6;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;

/**
 * Writes the ICMP error for a packet whose next hop does not answer (RFC 1812, section 4.3.3.1; RFC 4861, section
 * 7.2.2). The translator receives it as if a router had sent it, and tells the sender on the other side.
 */
final class UnreachableErrors {

    /** Bytes of the longest error. */
    static final int LONGEST = 1280;

    private static final int LONGEST_IPV4 = 576; // RFC 1812, section 4.3.2.3
    private static final int HOST_UNREACHABLE = IcmpHeader.message(Icmpv4.DESTINATION_UNREACHABLE, 1);
    private static final int ADDRESS_UNREACHABLE = IcmpHeader.message(Icmpv6.DESTINATION_UNREACHABLE, 3);
    private static final int HOP_LIMIT = 64;

    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final Ipv6Address source;

    UnreachableErrors(Ipv6Address source) {
        this.source = source;
    }

    /** Writes the error, and answers its bytes; 0 if none may be sent: an error about an error, or a later fragment. */
    int write(MemorySegment into, MemorySegment packet, int at, int length) {
        return Octets.u8(packet, at) >>> 4 == 6
                ? writeIpv6(into, packet, at, length)
                : writeIpv4(into, packet, at, length);
    }

    private int writeIpv4(MemorySegment into, MemorySegment packet, int at, int length) {
        ipv4.wrap(packet, at);
        boolean isError =
                ipv4.protocol() == IpProtocol.ICMPV4 && Icmpv4.isError(Octets.u8(packet, at + ipv4.headerLength()));
        if (isError || ipv4.fragmentOffset() > 0) {
            return 0;
        }
        int destination = ipv4.source();
        int quoted = Math.min(length, LONGEST_IPV4 - Ipv4Header.LENGTH - IcmpHeader.LENGTH);
        int total = Ipv4Header.LENGTH + IcmpHeader.LENGTH + quoted;
        ipv4.wrap(into, 0).write(0, total, HOP_LIMIT, IpProtocol.ICMPV4).finish((int) source.low(), destination);
        MemorySegment.copy(packet, at, into, Ipv4Header.LENGTH + IcmpHeader.LENGTH, quoted);
        IcmpHeader.write(into, Ipv4Header.LENGTH, HOST_UNREACHABLE, 0);
        IcmpHeader.updateChecksum(into, Ipv4Header.LENGTH, total, 0);
        return total;
    }

    private int writeIpv6(MemorySegment into, MemorySegment packet, int at, int length) {
        ipv6.wrap(packet, at);
        int transport = at + Ipv6Header.LENGTH;
        int next = ipv6.nextHeader();
        boolean isError = next == IpProtocol.ICMPV6 && Icmpv6.isError(Octets.u8(packet, transport));
        boolean isLaterFragment = next == IpProtocol.FRAGMENT && Octets.u16(packet, transport + 2) >>> 3 > 0;
        if (isError || isLaterFragment) {
            return 0;
        }
        long high = ipv6.sourceHigh();
        long low = ipv6.sourceLow();
        int quoted = Math.min(length, LONGEST - Ipv6Header.LENGTH - IcmpHeader.LENGTH);
        int icmp = IcmpHeader.LENGTH + quoted;
        ipv6.wrap(into, 0)
                .write(0, icmp, IpProtocol.ICMPV6, HOP_LIMIT)
                .source(source.high(), source.low())
                .destination(high, low);
        MemorySegment.copy(packet, at, into, Ipv6Header.LENGTH + IcmpHeader.LENGTH, quoted);
        long pseudoHeader =
                Checksum.sum(source.high(), source.low()) + Checksum.sum(high, low) + icmp + IpProtocol.ICMPV6;
        IcmpHeader.write(into, Ipv6Header.LENGTH, ADDRESS_UNREACHABLE, 0);
        IcmpHeader.updateChecksum(into, Ipv6Header.LENGTH, Ipv6Header.LENGTH + icmp, pseudoHeader);
        return Ipv6Header.LENGTH + icmp;
    }
}
