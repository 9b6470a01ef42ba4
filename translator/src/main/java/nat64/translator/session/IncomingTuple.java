// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static nat64.translator.packet.DropReason.BAD_QUOTED_PACKET;
import static nat64.translator.packet.DropReason.FRAGMENT_LIMIT;
import static nat64.translator.packet.DropReason.FRAGMENT_OVERLAP;
import static nat64.translator.packet.DropReason.FRAGMENT_STORED;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.UNSUPPORTED_PROTOCOL;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_ICMP;

import java.lang.foreign.MemorySegment;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.session.fragment.DatagramKey;
import nat64.translator.session.fragment.FragmentStore;
import nat64.translator.session.fragment.FragmentTracker;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Icmpv4;
import nat64.translator.wire.Icmpv6;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.TcpHeader;

/**
 * Which protocol and ports a packet has (RFC 6146, section 3.4); the addresses are in its {@link Layers}. The identifier
 * of an ICMP query is its source and its destination port. One per worker, filled anew for each packet; what it asks of
 * the {@link FragmentStore}, it asks in the worker's turn.
 */
public final class IncomingTuple {

    private final FragmentStore store;
    private final FragmentTracker fragments;
    private final DatagramKey datagram = new DatagramKey();
    private final DatagramKey released = new DatagramKey();
    private boolean releasing;
    private Protocol protocol = Protocol.TCP;
    private int sourcePort;
    private int destinationPort;
    private int tcpFlags;

    public IncomingTuple(FragmentStore store) {
        this.store = store;
        fragments = store.tracker;
    }

    /** Reads the tuple of a packet, or of the one that it quotes if it is an ICMP error. */
    public DropReason determine(Packet packet, long now) {
        var buffer = packet.buffer();
        var layers = packet.layers();
        if (layers.isFragment()) {
            datagram.of(layers, store.hash);
        }
        if (layers.isLaterFragment()) {
            return recall(packet, now);
        }
        boolean error = layers.isIcmpError();
        if (error && packet.quoted().isLaterFragment()) {
            return BAD_QUOTED_PACKET;
        }
        var drop = read(buffer, error ? packet.quoted() : layers);
        boolean again = drop == NONE && layers.isFragment() && fragments.find(datagram, now) != FragmentTracker.NONE;
        return again ? FRAGMENT_OVERLAP : drop;
    }

    /** The packet that was determined last may pass: if it is the first fragment, so may those behind it. */
    public void accepted(Packet packet, long now) {
        var layers = packet.layers();
        if (layers.isFragment() && !layers.isLaterFragment()) {
            int place = fragments.remember(datagram, (sourcePort << 16) | destinationPort, now);
            fragments.pass(place, layers);
            if (!releasing) {
                released.copy(datagram);
                releasing = true;
            }
        }
    }

    /** Whether fragments may wait whose first has come by now. */
    public boolean isReleasing() {
        return releasing;
    }

    /** Moves the next fragment whose first has come by now into the packet, not parsed yet; false if there is none. */
    public boolean pollReleased(Packet packet, long now) {
        releasing = releasing && store.stored.poll(released, packet, now);
        return releasing;
    }

    private DropReason read(MemorySegment buffer, Layers layers) {
        tcpFlags = 0;
        switch (layers.protocol()) {
            case IpProtocol.TCP -> {
                protocol = Protocol.TCP;
                boolean whole = layers.payload() >= layers.transport() + TcpHeader.LENGTH;
                tcpFlags = whole ? TcpHeader.flags(buffer, layers.transport()) : 0;
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

    private DropReason recall(Packet packet, long now) {
        var layers = packet.layers();
        int place = fragments.find(datagram, now);
        if (place == FragmentTracker.NONE) {
            return store.stored.store(packet, datagram, now) ? FRAGMENT_STORED : FRAGMENT_LIMIT;
        }
        int ports = fragments.ports(place);
        if (!fragments.pass(place, layers)) {
            return FRAGMENT_OVERLAP;
        }
        protocol = layers.protocol() == IpProtocol.TCP ? Protocol.TCP : Protocol.UDP;
        tcpFlags = 0;
        sourcePort = ports >>> 16;
        destinationPort = ports & 0xffff;
        return NONE;
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

    /** Whether this is the first segment of a connection: SYN alone, as SYN with ACK answers one. */
    boolean opensConnection() {
        return segment() == TcpState.Segment.SYN && (tcpFlags & TcpHeader.ACK) == 0;
    }

    /** What a TCP packet is to the state machine; a later fragment or a quoted packet is nothing special. */
    TcpState.Segment segment() {
        return TcpState.Segment.of(tcpFlags);
    }
}
