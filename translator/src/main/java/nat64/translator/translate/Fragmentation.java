// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;
import nat64.translator.wire.FragmentHeader;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;

/**
 * Fragments translated packets that are too long for their next link and may be fragmented: IPv6 packets whose IPv4
 * sender allows it (RFC 7915, section 4.1), and IPv4 packets without Don't Fragment (section 5.1). A super-packet is
 * cut into its segments first. The payload of a fragment stays in place: its headers overwrite the end of the fragment
 * before, which has been sent. One per worker.
 */
public final class Fragmentation {

    private final MemorySegment header;
    private final Segments segments;
    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final FragmentHeader fragment = new FragmentHeader();

    /** All memory comes from the arena, which must outlive this object. */
    public Fragmentation(Arena arena) {
        header = arena.allocate(Ipv6Header.LENGTH, 8);
        segments = new Segments(arena);
    }

    /** Whether the translated packet has to be fragmented. */
    public boolean isNeeded(Packet packet, TranslationOptions options) {
        var layers = packet.layers();
        return layers.version() == 6
                ? !layers.dontFragment() && packet.lengthOnWire() > largestIpv6(options)
                : packet.lengthOnWire() > options.mtus().ipv4() && !isForbidden(packet);
    }

    /**
     * Sends the packet in fragments: IPv6 ones of at most the lowest IPv6 MTU, headers included, and IPv4 ones that fit the
     * link. False if the port refused one of them.
     */
    public boolean send(Packet packet, PacketPort port, TranslationOptions options) {
        if (!packet.isSuperPacket()) {
            packet.completeChecksum();
            return sendFragments(packet, port, options);
        }
        boolean sent = true;
        segments.begin(packet);
        while (segments.next(packet)) {
            sent &= isNeeded(packet, options) ? sendFragments(packet, port, options) : port.send(packet);
        }
        return sent;
    }

    private static int largestIpv6(TranslationOptions options) {
        return Math.min(options.lowestIpv6Mtu(), options.mtus().ipv6());
    }

    private boolean isForbidden(Packet packet) {
        return ipv4.wrap(packet.buffer(), packet.start()).dontFragment();
    }

    private boolean sendFragments(Packet packet, PacketPort port, TranslationOptions options) {
        boolean isIpv6 = packet.layers().version() == 6;
        int headerLength = isIpv6 ? Ipv6Header.LENGTH : Ipv4Header.LENGTH;
        int overhead = isIpv6 ? Ipv6Header.LENGTH + FragmentHeader.LENGTH : Ipv4Header.LENGTH;
        int step = ((isIpv6 ? largestIpv6(options) : options.mtus().ipv4()) - overhead) & ~7;
        int transport = packet.layers().transport();
        int end = packet.end();
        MemorySegment.copy(packet.buffer(), packet.start(), header, 0, headerLength);
        boolean sent = true;
        for (int at = transport; at < end; at += step) {
            int start = at - overhead;
            MemorySegment.copy(header, 0, packet.buffer(), start, headerLength);
            packet.startAt(start);
            packet.endAt(Math.min(at + step, end));
            int offset = packet.layers().fragmentOffset() + at - transport;
            boolean more = packet.end() < end || packet.layers().moreFragments();
            if (isIpv6) {
                writeIpv6(packet, offset, more);
            } else {
                writeIpv4(packet, offset, more);
            }
            sent &= port.send(packet);
        }
        return sent;
    }

    private void writeIpv6(Packet packet, int offset, boolean more) {
        var layers = packet.layers();
        ipv6.wrap(packet.buffer(), packet.start())
                .payloadLength(packet.length() - Ipv6Header.LENGTH)
                .nextHeader(IpProtocol.FRAGMENT);
        fragment.wrap(packet.buffer(), packet.start() + Ipv6Header.LENGTH)
                .write(layers.protocol(), offset, more, layers.identification());
    }

    private void writeIpv4(Packet packet, int offset, boolean more) {
        ipv4.wrap(packet.buffer(), packet.start())
                .totalLength(packet.length())
                .fragmentField(offset / 8 | (more ? Ipv4Header.MORE_FRAGMENTS : 0))
                .updateChecksum();
    }
}
