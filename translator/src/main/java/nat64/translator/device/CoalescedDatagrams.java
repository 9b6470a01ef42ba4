// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Packet.Segmentation;
import nat64.translator.packet.PacketParser;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Octets;
import nat64.translator.wire.UdpHeader;

/**
 * UDP datagrams of one flow that follow each other, copied behind one header. The kernel takes them as one
 * super-packet, routes it once, and makes the same datagrams of it again before the last link (the kernel's
 * Documentation/networking/segmentation-offloads.rst). So they may differ in nothing but what the kernel then writes
 * anew: lengths, checksums, Identifications that count up. All are as long as the first one, but for the last, which
 * may be shorter. For one thread.
 */
final class CoalescedDatagrams {

    /** What {@link #headerLength} answers of a packet that is none. */
    static final int NO_DATAGRAM = 0;

    /** What every Linux with UDP segmentation takes (UDP_MAX_SEGMENTS before 6.9). */
    private static final int MOST = 64;

    private static final int VERSION_4_WITHOUT_OPTIONS = 0x45;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_TTL_AND_PROTOCOL = 8;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_ADDRESSES = 12;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int IPV6_ADDRESSES = 8;

    private final Packet all;
    private final PacketParser parser = new PacketParser();
    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private int count;
    private int segmentBytes;
    private boolean ended;

    CoalescedDatagrams(Arena arena) {
        all = new Packet(arena);
    }

    /**
     * Bytes of the IP header, if the packet is one whole UDP datagram with payload and has no other headers. Read from
     * the packet itself: fragments that are sent are not parsed.
     */
    static int headerLength(Packet packet) {
        var buffer = packet.buffer();
        int at = packet.start();
        int first = Octets.u8(buffer, at);
        int header = NO_DATAGRAM;
        if (first >>> 4 == 6 && Octets.u8(buffer, at + IPV6_NEXT_HEADER) == IpProtocol.UDP) {
            header = Ipv6Header.LENGTH;
        } else if (first == VERSION_4_WITHOUT_OPTIONS
                && Octets.u8(buffer, at + IPV4_PROTOCOL) == IpProtocol.UDP
                && (Octets.u16(buffer, at + IPV4_FRAGMENT) & ~Ipv4Header.DONT_FRAGMENT) == 0) {
            header = Ipv4Header.LENGTH;
        }
        if (header == NO_DATAGRAM || packet.isSuperPacket()) {
            return NO_DATAGRAM;
        }
        int datagram = packet.length() - header;
        boolean whole = datagram > UdpHeader.LENGTH && UdpHeader.datagramLength(buffer, at + header) == datagram;
        return whole ? header : NO_DATAGRAM;
    }

    /** Whether the packet can't be of any flow of datagrams: a TCP segment right behind the IP header. */
    static boolean isTcp(Packet packet) {
        boolean isIpv6 = Octets.u8(packet.buffer(), packet.start()) >>> 4 == 6;
        return Octets.u8(packet.buffer(), packet.start() + (isIpv6 ? IPV6_NEXT_HEADER : IPV4_PROTOCOL))
                == IpProtocol.TCP;
    }

    /** How many datagrams there are. */
    int count() {
        return count;
    }

    /**
     * Copies the datagram behind those that are here. False if it does not fit; it always does if there are none.
     *
     * @param header what {@link #headerLength} says of it
     */
    boolean add(Packet packet, int header) {
        if (count == 0) {
            begin(packet, header);
            return true;
        }
        int payload = packet.length() - header - UdpHeader.LENGTH;
        boolean fits = !ended
                && payload <= segmentBytes
                && all.length() + payload <= Packet.LARGEST
                && continues(packet, header)
                && (count > 1 || hasRightChecksum(all, header))
                && hasRightChecksum(packet, header);
        if (fits) {
            MemorySegment.copy(packet.buffer(), (long) packet.end() - payload, all.buffer(), all.end(), payload);
            all.endAt(all.end() + payload);
            count++;
            ended = payload < segmentBytes || count == MOST;
        }
        return fits;
    }

    /** Takes all that are here, at least one, as one packet to be sent. It is valid until the next {@link #add}. */
    Packet take() {
        boolean several = count > 1;
        if (several) {
            finishHeaders();
        }
        count = 0;
        all.received(
                all.length(),
                several || all.hasPartialChecksum(),
                several ? Segmentation.UDP : Segmentation.NONE,
                segmentBytes,
                false);
        parser.parse(all);
        return all;
    }

    private void begin(Packet packet, int header) {
        MemorySegment.copy(packet.buffer(), packet.start(), all.buffer(), Packet.HEADROOM, packet.length());
        all.received(packet.length(), packet.hasPartialChecksum(), Segmentation.NONE, 0, false);
        segmentBytes = packet.length() - header - UdpHeader.LENGTH;
        count = 1;
        ended = false;
    }

    /** Whether the headers say what those of the next datagram would, if the kernel cut it off a super-packet. */
    private boolean continues(Packet packet, int header) {
        var buffer = packet.buffer();
        int at = packet.start();
        if (Octets.u32(buffer, at + header) != Octets.u32(all.buffer(), Packet.HEADROOM + header)) { // ports
            return false;
        }
        return header == Ipv6Header.LENGTH ? continuesIpv6(buffer, at) : continuesIpv4(buffer, at);
    }

    private boolean continuesIpv6(MemorySegment buffer, int at) {
        var first = all.buffer();
        int from = Packet.HEADROOM;
        return Octets.u32(buffer, at) == Octets.u32(first, from) // version, traffic class, flow label
                && Octets.u16(buffer, at + IPV6_NEXT_HEADER) == Octets.u16(first, from + IPV6_NEXT_HEADER)
                && isSame(buffer, at, IPV6_ADDRESSES, 4);
    }

    private boolean continuesIpv4(MemorySegment buffer, int at) {
        var first = all.buffer();
        int from = Packet.HEADROOM;
        if (Octets.u16(buffer, at) != Octets.u16(first, from) // version, header length, type of service
                || Octets.u16(buffer, at + IPV4_FRAGMENT) != Octets.u16(first, from + IPV4_FRAGMENT)
                || Octets.u16(buffer, at + IPV4_TTL_AND_PROTOCOL) != Octets.u16(first, from + IPV4_TTL_AND_PROTOCOL)
                || !isSame(buffer, at, IPV4_ADDRESSES, 1)) {
            return false;
        }
        int next = ipv4.wrap(first, from).identification() + count & 0xffff;
        ipv4.wrap(buffer, at);
        return ipv4.dontFragment() || ipv4.identification() == next; // RFC 6864, section 4.1
    }

    private boolean isSame(MemorySegment buffer, int at, int offset, int longs) {
        for (int i = offset; i < offset + longs * 8; i += 8) {
            if (Octets.u64(buffer, at + i) != Octets.u64(all.buffer(), Packet.HEADROOM + i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the kernel may write the checksum anew: damage on the way must stay visible. */
    private static boolean hasRightChecksum(Packet packet, int header) {
        if (packet.hasPartialChecksum()) {
            return true;
        }
        int datagram = packet.length() - header;
        long sum = pseudoHeader(packet.buffer(), packet.start(), header, datagram)
                + Checksum.sum(packet.buffer(), packet.start() + header, datagram);
        return Checksum.fold(sum) == 0xffff;
    }

    private static long pseudoHeader(MemorySegment buffer, int at, int header, int datagram) {
        int addresses = header == Ipv6Header.LENGTH ? IPV6_ADDRESSES : IPV4_ADDRESSES;
        return Checksum.sum(buffer, at + addresses, header - addresses) + IpProtocol.UDP + datagram;
    }

    private void finishHeaders() {
        var buffer = all.buffer();
        boolean isIpv6 = Octets.u8(buffer, Packet.HEADROOM) >>> 4 == 6;
        int header = isIpv6 ? Ipv6Header.LENGTH : Ipv4Header.LENGTH;
        int datagram = all.length() - header;
        if (isIpv6) {
            ipv6.wrap(buffer, Packet.HEADROOM).payloadLength(datagram);
        } else {
            ipv4.wrap(buffer, Packet.HEADROOM).totalLength(all.length()).updateChecksum();
        }
        int udp = Packet.HEADROOM + header;
        UdpHeader.datagramLength(buffer, udp, datagram);
        long sum = pseudoHeader(buffer, Packet.HEADROOM, header, datagram);
        UdpHeader.checksum(buffer, udp, Checksum.fold(sum));
    }
}
