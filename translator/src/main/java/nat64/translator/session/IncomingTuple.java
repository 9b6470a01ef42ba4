// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static nat64.translator.packet.DropReason.BAD_QUOTED_PACKET;
import static nat64.translator.packet.DropReason.FRAGMENT_OVERLAP;
import static nat64.translator.packet.DropReason.FRAGMENT_WITHOUT_CHECKSUM;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.UNSUPPORTED_PROTOCOL;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_ICMP;

import java.lang.foreign.MemorySegment;
import nat64.translator.address.Pref64s;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketTrace;
import nat64.translator.packet.Step;
import nat64.translator.session.fragment.Fragments;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpSegment;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Icmpv4;
import nat64.translator.wire.Icmpv6;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.UdpHeader;
import org.jspecify.annotations.Nullable;

/**
 * The tuple of a packet, or of the one that it quotes if it is an ICMP error (RFC 6146, section 3.4). It is told from
 * the view of the translator, whichever way the packet goes: on this side the IPv6 host, or the pool4 address that
 * stands for it, on the other the IPv4 host, the remote. The identifier of an ICMP query is the port on both sides. One
 * per worker, filled anew for each packet.
 */
public final class IncomingTuple {

    private final Fragments fragments;
    private @Nullable PacketTrace trace;
    private boolean fromIpv6;
    private boolean error;
    private Protocol protocol = Protocol.TCP;
    private final TcpSegment segment = new TcpSegment();
    private int sourcePort;
    private int destinationPort;
    private long hostHigh;
    private long hostLow;
    private int prefix;
    private int remote;

    public IncomingTuple(Fragments fragments) {
        this.fragments = fragments;
    }

    /**
     * Step 3.4, under the lock: a later fragment has the ports of its first, or waits for it.
     *
     * @param prefixIndex of the Pref64 that the packet was sent to, or under which its IPv6 host sees the sender
     */
    public DropReason determine(Pref64s pref64s, int prefixIndex, Packet packet, long now) {
        var layers = packet.layers();
        trace = packet.trace();
        fromIpv6 = layers.version() == 6;
        error = layers.isIcmpError();
        prefix = prefixIndex;
        var drop = error ? readQuoted(packet) : readPorts(packet, now);
        drop = drop == NONE ? readAddresses(pref64s, packet) : drop;
        if (drop == NONE) {
            SessionFindings.ofTuple(this);
        }
        return drop;
    }

    private DropReason readPorts(Packet packet, long now) {
        var layers = packet.layers();
        if (layers.isLaterFragment()) {
            return recall(packet, now);
        }
        var drop = read(packet, layers);
        if (drop != NONE || !layers.isFragment()) {
            return drop;
        }
        if (!fragments.begin(packet, now)) {
            return FRAGMENT_OVERLAP;
        }
        return lacksChecksum(packet) ? FRAGMENT_WITHOUT_CHECKSUM : NONE;
    }

    /** RFC 6146, section 3.4; found before the datagram opens a session. UDP in IPv6 always has a checksum. */
    private boolean lacksChecksum(Packet packet) {
        return !fromIpv6
                && protocol == Protocol.UDP
                && UdpHeader.checksum(packet.buffer(), packet.layers().transport()) == UdpHeader.NO_CHECKSUM
                && !packet.hasPartialChecksum();
    }

    private DropReason readQuoted(Packet packet) {
        return packet.quoted().isLaterFragment() ? BAD_QUOTED_PACKET : read(packet, packet.quoted());
    }

    private DropReason recall(Packet packet, long now) {
        var drop = fragments.recall(packet, now);
        if (drop == NONE) {
            protocol = packet.layers().protocol() == IpProtocol.TCP ? Protocol.TCP : Protocol.UDP;
            segment.clear();
            sourcePort = fragments.bothPorts() >>> 16;
            destinationPort = fragments.bothPorts() & 0xffff;
        }
        return drop;
    }

    private DropReason read(Packet packet, Layers layers) {
        var buffer = packet.buffer();
        segment.clear();
        switch (layers.protocol()) {
            case IpProtocol.TCP -> {
                protocol = Protocol.TCP;
                segment.read(buffer, layers, packet.end());
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
        int type = IcmpHeader.type(buffer, layers.transport());
        if (layers.version() == 6 ? !Icmpv6.isEcho(type) : !Icmpv4.isEcho(type)) {
            return UNTRANSLATABLE_ICMP;
        }
        protocol = Protocol.ICMP;
        sourcePort = IcmpHeader.identifier(buffer, layers.transport());
        destinationPort = sourcePort;
        return NONE;
    }

    private DropReason readAddresses(Pref64s pref64s, Packet packet) {
        var layers = packet.layers();
        var quoted = packet.quoted();
        if (!fromIpv6) {
            hostHigh = 0;
            hostLow = error ? quoted.sourceLow() : layers.destinationLow();
            remote = error ? quoted.destinationIpv4() : layers.sourceIpv4();
            return error && quoted.sourceLow() != layers.destinationLow() ? BAD_QUOTED_PACKET : NONE; // RFC 792
        }
        remote = pref64s.get(prefix).extract(layers.destinationHigh(), layers.destinationLow());
        hostHigh = error ? quoted.destinationHigh() : layers.sourceHigh();
        hostLow = error ? quoted.destinationLow() : layers.sourceLow();
        boolean toQuotedSource = !error
                || (quoted.sourceHigh() == layers.destinationHigh()
                        && quoted.sourceLow() == layers.destinationLow()); // RFC 4443, section 2.2
        return toQuotedSource ? NONE : BAD_QUOTED_PACKET;
    }

    /** The packet enters a step of its line; see {@link Packet#enter}. */
    void enter(Step step) {
        if (trace != null) {
            trace.enter(step);
        }
    }

    /** The trace of the packet, or null. */
    @Nullable
    PacketTrace trace() {
        return trace;
    }

    /** Whether the packet came from the IPv6 side. */
    public boolean isFromIpv6() {
        return fromIpv6;
    }

    /** Whether the packet is an ICMP error, so that the tuple is that of the packet that it quotes. */
    public boolean isError() {
        return error;
    }

    public Protocol protocol() {
        return protocol;
    }

    /** Source port above, destination port below: what later fragments of the datagram need to know. */
    public int bothPorts() {
        return (sourcePort << 16) | destinationPort;
    }

    /** X', of a packet from the IPv6 side: the upper half. */
    long ipv6High() {
        return hostHigh;
    }

    /** X', of a packet from the IPv6 side: the lower half. */
    long ipv6Low() {
        return hostLow;
    }

    /** T, of a packet from the IPv4 side. */
    int pool4() {
        return (int) hostLow;
    }

    /** x of a packet from the IPv6 side, t of one from the IPv4 side. */
    int hostPort() {
        return fromIpv6 == error ? destinationPort : sourcePort;
    }

    /** Z. */
    int remote() {
        return remote;
    }

    /** The port, or the identifier, on the side of the remote. */
    int remotePort() {
        return fromIpv6 == error ? sourcePort : destinationPort;
    }

    /** z as the session table has it: sessions of ICMP have no second identifier (RFC 6146, section 3.2). */
    int sessionRemotePort() {
        return protocol == Protocol.ICMP ? 0 : remotePort();
    }

    /**
     * Index of the Pref64 that the packet was sent to, or under which the IPv6 host sees an IPv4 host that opens a
     * session.
     */
    int prefix() {
        return prefix;
    }

    /** What the session needs to know of a TCP segment. */
    TcpSegment segment() {
        return segment;
    }
}
