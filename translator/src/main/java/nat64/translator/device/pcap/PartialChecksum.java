// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

import java.lang.foreign.MemorySegment;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;
import nat64.translator.wire.TcpHeader;
import nat64.translator.wire.UdpHeader;

/**
 * Recognizes TCP and UDP checksums that their sender has left to the network card. On a virtual link (veth, a bridge of
 * containers) there is no such card, and the packet arrives with the sum of the pseudo-header where the checksum should
 * be (the kernel's Documentation/networking/checksum-offloads.rst); libpcap does not tell. One per worker.
 */
final class PartialChecksum {

    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();

    /**
     * Whether the checksum of an IP packet is partial. A whole checksum that happens to equal the sum of the
     * pseudo-header is told apart by its being right.
     */
    boolean isIn(MemorySegment buffer, int at, int length) {
        if (length <= Ipv6Header.LENGTH) {
            return false;
        }
        return Octets.u8(buffer, at) >>> 4 == 6 ? isInIpv6(buffer, at, length) : isInIpv4(buffer, at, length);
    }

    private boolean isInIpv6(MemorySegment buffer, int at, int length) {
        ipv6.wrap(buffer, at);
        int transport = Math.min(ipv6.payloadLength(), length - Ipv6Header.LENGTH);
        long addresses = Checksum.sum(ipv6.sourceHigh(), ipv6.sourceLow())
                + Checksum.sum(ipv6.destinationHigh(), ipv6.destinationLow());
        return isPartial(buffer, at + Ipv6Header.LENGTH, transport, ipv6.nextHeader(), addresses);
    }

    private boolean isInIpv4(MemorySegment buffer, int at, int length) {
        ipv4.wrap(buffer, at);
        if (!ipv4.hasNoOptions() || (ipv4.fragmentField() & ~Ipv4Header.DONT_FRAGMENT) != 0) {
            return false; // a packet is complete before it is cut
        }
        int transport = Math.min(ipv4.totalLength(), length) - Ipv4Header.LENGTH;
        long addresses = Checksum.sum(ipv4.source()) + Checksum.sum(ipv4.destination());
        return isPartial(buffer, at + Ipv4Header.LENGTH, transport, ipv4.protocol(), addresses);
    }

    private static boolean isPartial(MemorySegment buffer, int at, int length, int protocol, long addresses) {
        int offset = switch (protocol) {
            case IpProtocol.TCP -> TcpHeader.CHECKSUM;
            case IpProtocol.UDP -> UdpHeader.CHECKSUM;
            default -> length;
        };
        if (offset + 2 > length) {
            return false;
        }
        long pseudoHeader = addresses + protocol + length;
        return Octets.u16(buffer, at + offset) == Checksum.fold(pseudoHeader)
                && Checksum.fold(pseudoHeader + Checksum.sum(buffer, at, length)) != 0xffff;
    }
}
