// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Packet.Segmentation;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;
import nat64.translator.wire.TcpHeader;
import nat64.translator.wire.UdpHeader;

/**
 * What stands before each packet of a TUN device with IFF_VNET_HDR: how to complete its checksum and how to cut it.
 * It is defined in the kernel, in include/uapi/linux/virtio_net.h, in the byte order of the host.
 */
final class VirtioNetHeader {

    /** Bytes of {@code struct virtio_net_hdr}. */
    static final int LENGTH = 10;

    private static final int FLAGS = 0;
    private static final int GSO_TYPE = 1;
    private static final int HEADER_LENGTH = 2;
    private static final int GSO_SIZE = 4;
    private static final int CHECKSUM_START = 6;
    private static final int CHECKSUM_OFFSET = 8;

    private static final int NEEDS_CHECKSUM = 1;
    private static final int GSO_NONE = 0;
    private static final int GSO_TCPV4 = 1;
    private static final int GSO_TCPV6 = 4;
    private static final int GSO_UDP_L4 = 5;
    private static final int GSO_ECN = 0x80;

    private static final int NOWHERE = -1;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int IPV4_PROTOCOL = 9;

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    private VirtioNetHeader() {}

    /** Reads the header in front of {@link Packet#HEADROOM} and tells the packet what it says. */
    static void read(Packet packet, int length) {
        var buffer = packet.buffer();
        int at = Packet.HEADROOM - LENGTH;
        boolean partial = (Octets.u8(buffer, at + FLAGS) & NEEDS_CHECKSUM) != 0;
        int type = Octets.u8(buffer, at + GSO_TYPE);
        var segmentation = segmentation(type & ~GSO_ECN);
        int segmentBytes = u16(buffer, at + GSO_SIZE);
        boolean cut = segmentation != Segmentation.NONE && segmentBytes > 0;
        int checksumStart = u16(buffer, at + CHECKSUM_START);
        int checksumOffset = u16(buffer, at + CHECKSUM_OFFSET);
        if (partial && !cut && !isOfTransport(buffer, checksumStart, checksumOffset)) {
            complete(buffer, checksumStart, checksumOffset, length);
            partial = false;
        }
        packet.received(length, partial, cut ? segmentation : Segmentation.NONE, segmentBytes, (type & GSO_ECN) != 0);
    }

    /** Writes the header in front of the packet and answers where it starts. */
    static long write(Packet packet) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        int at = packet.start() - LENGTH;
        boolean partial = packet.hasPartialChecksum();
        Octets.u8(buffer, at + FLAGS, partial ? NEEDS_CHECKSUM : 0);
        Octets.u8(buffer, at + GSO_TYPE, gsoType(packet));
        u16(buffer, at + HEADER_LENGTH, packet.isSuperPacket() ? layers.payload() - packet.start() : 0);
        u16(buffer, at + GSO_SIZE, packet.segmentBytes());
        u16(buffer, at + CHECKSUM_START, partial ? layers.transport() - packet.start() : 0);
        u16(buffer, at + CHECKSUM_OFFSET, partial ? layers.checksumOffset() : 0);
        return at;
    }

    private static Segmentation segmentation(int gsoType) {
        return switch (gsoType) {
            case GSO_TCPV4, GSO_TCPV6 -> Segmentation.TCP;
            case GSO_UDP_L4 -> Segmentation.UDP;
            default -> Segmentation.NONE;
        };
    }

    private static int gsoType(Packet packet) {
        int type = switch (packet.segmentation()) {
            case NONE -> GSO_NONE;
            case TCP -> packet.layers().version() == 6 ? GSO_TCPV6 : GSO_TCPV4;
            case UDP -> GSO_UDP_L4;
        };
        return type != GSO_NONE && packet.hasCongestionMarks() ? type | GSO_ECN : type;
    }

    /** Whether that is the checksum of TCP or UDP right behind the IP header, and not of something deeper inside. */
    private static boolean isOfTransport(MemorySegment buffer, int start, int offset) {
        int first = Octets.u8(buffer, Packet.HEADROOM);
        boolean ipv6 = first >>> 4 == 6;
        int transport = ipv6 ? Ipv6Header.LENGTH : (first & 0xf) * 4;
        int protocol = Octets.u8(buffer, Packet.HEADROOM + (ipv6 ? IPV6_NEXT_HEADER : IPV4_PROTOCOL));
        int expected = switch (protocol) {
            case IpProtocol.TCP -> TcpHeader.CHECKSUM;
            case IpProtocol.UDP -> UdpHeader.CHECKSUM;
            default -> NOWHERE;
        };
        return start == transport && offset == expected;
    }

    /** Completes a checksum in software, if its place is within the packet. */
    private static void complete(MemorySegment buffer, int start, int offset, int length) {
        if (start + offset + 2 <= length) {
            int from = Packet.HEADROOM + start;
            Octets.u16(buffer, from + offset, Checksum.of(Checksum.sum(buffer, from, length - start)));
        }
    }

    private static int u16(MemorySegment buffer, long at) {
        return buffer.get(SHORT, at) & 0xffff;
    }

    private static void u16(MemorySegment buffer, long at, int value) {
        buffer.set(SHORT, at, (short) value);
    }
}
