// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static nat64.translator.packet.DropReason.FRAGMENT_WITHOUT_FIRST;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.UNSUPPORTED_PROTOCOL;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_ICMP;

import java.lang.foreign.MemorySegment;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Icmpv4;
import nat64.translator.wire.Icmpv6;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Octets;
import nat64.translator.wire.TcpHeader;

/**
 * Which protocol and ports a packet has (RFC 6146, section 3.4); the addresses are in its {@link Layers}. The identifier
 * of an ICMP query is its source and its destination port. One per worker, filled anew for each packet.
 */
public final class IncomingTuple {

    private final FragmentTracker fragments;
    private Protocol protocol = Protocol.TCP;
    private int sourcePort;
    private int destinationPort;
    private int tcpFlags;

    public IncomingTuple(long secret) {
        fragments = new FragmentTracker(secret);
    }

    /** Reads the tuple of a packet, or of the one that it quotes if it is an ICMP error. */
    public DropReason determine(Packet packet, long now) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        if (!layers.isLaterFragment() && layers.isIcmpError(buffer)) {
            return read(buffer, packet.quoted());
        }
        if (layers.isLaterFragment()) {
            return recall(layers, now);
        }
        var drop = read(buffer, layers);
        if (drop == NONE && layers.isFragment()) {
            fragments.remember(
                    layers.sourceHigh(),
                    layers.sourceLow(),
                    layers.destinationLow(),
                    datagram(layers),
                    (sourcePort << 16) | destinationPort,
                    now);
        }
        return drop;
    }

    private DropReason read(MemorySegment buffer, Layers layers) {
        tcpFlags = 0;
        switch (layers.protocol()) {
            case IpProtocol.TCP -> {
                protocol = Protocol.TCP;
                boolean whole = layers.payload() >= layers.transport() + TcpHeader.LENGTH;
                tcpFlags = whole ? Octets.u8(buffer, layers.transport() + (long) TcpHeader.FLAGS) : 0;
            }
            case IpProtocol.UDP -> protocol = Protocol.UDP;
            default -> {
                return readIcmp(buffer, layers);
            }
        }
        sourcePort = layers.sourcePort(buffer);
        destinationPort = layers.destinationPort(buffer);
        return NONE;
    }

    private DropReason readIcmp(MemorySegment buffer, Layers layers) {
        if (!layers.isIcmp()) {
            return layers.protocol() == IpProtocol.IGMP ? UNTRANSLATABLE_ICMP : UNSUPPORTED_PROTOCOL;
        }
        int type = Octets.u8(buffer, layers.transport());
        if (layers.version() == 6 ? !Icmpv6.isEcho(type) : !Icmpv4.isEcho(type)) {
            return UNTRANSLATABLE_ICMP;
        }
        protocol = Protocol.ICMP;
        sourcePort = Octets.u16(buffer, layers.transport() + (long) IcmpHeader.IDENTIFIER);
        destinationPort = sourcePort;
        return NONE;
    }

    private DropReason recall(Layers layers, long now) {
        long datagram = datagram(layers);
        if (!fragments.knows(layers.sourceHigh(), layers.sourceLow(), layers.destinationLow(), datagram, now)) {
            return FRAGMENT_WITHOUT_FIRST;
        }
        int ports = fragments.ports(layers.sourceHigh(), layers.sourceLow(), layers.destinationLow(), datagram);
        protocol = layers.protocol() == IpProtocol.TCP ? Protocol.TCP : Protocol.UDP;
        tcpFlags = 0;
        sourcePort = ports >>> 16;
        destinationPort = ports & 0xffff;
        return NONE;
    }

    private static long datagram(Layers layers) {
        return ((long) layers.protocol() << 40)
                | ((long) layers.version() << 32)
                | (layers.identification() & 0xffff_ffffL);
    }

    public Protocol protocol() {
        return protocol;
    }

    public int sourcePort() {
        return sourcePort;
    }

    public int destinationPort() {
        return destinationPort;
    }

    /** What a TCP packet is to the state machine; a later fragment or a quoted packet is nothing special. */
    TcpState.Segment segment() {
        return TcpState.Segment.of(tcpFlags);
    }
}
