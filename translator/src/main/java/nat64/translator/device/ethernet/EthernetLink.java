// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nat64.translator.packet.Packet;
import nat64.translator.wire.Ipv4Header;
import nat64.translator.wire.Ipv6Header;

/**
 * One side of the gateway on an Ethernet: puts packets into frames for their next hop, whose MAC address it asks for,
 * and answers those who ask for its own. A packet whose next hop is not known yet waits; if nobody answers, its
 * sender gets an ICMP error. Allocates nothing per packet.
 */
public final class EthernetLink {

    /** Sends a frame; false if it was refused. */
    public interface FrameSink {
        boolean send(MemorySegment buffer, int at, int length);
    }

    /** Takes an ICMP error, an IP packet, that is to be translated as if it had come from this link. */
    public interface ErrorSink {
        void take(MemorySegment buffer, int length);
    }

    private final LinkIdentity own;
    private final FrameSink frames;
    private final ErrorSink errors;
    private final NeighborCache cache;
    private final AddressResolution resolution;
    private final HeldPackets held;
    private final UnreachableErrors unreachable;
    private final MemorySegment question;
    private final MemorySegment answer;
    private final MemorySegment error;
    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private volatile NextHops nextHops = NextHops.NONE;

    /** What a link is made of. */
    public record Outlets(FrameSink frames, ErrorSink errors) {}

    /**
     * A link that knows no routes and no neighbors yet.
     *
     * @param arena whose memory holds waiting packets
     * @param mtu of the link, in bytes
     * @param seed hosts on the link must not be able to guess it
     */
    public EthernetLink(Arena arena, LinkIdentity own, int mtu, long seed, Outlets outlets) {
        this.own = own;
        frames = outlets.frames();
        errors = outlets.errors();
        cache = new NeighborCache(seed, new Listener());
        resolution = own.version() == 6 ? new NeighborDiscovery(own, cache) : new Arp(own, cache);
        held = new HeldPackets(arena, mtu);
        unreachable = new UnreachableErrors(own.errorSource());
        question = arena.allocate(AddressResolution.LONGEST_FRAME, 8);
        answer = arena.allocate(AddressResolution.LONGEST_FRAME, 8);
        error = arena.allocate(UnreachableErrors.LONGEST, 8);
    }

    /** Uses other routes from now on. Any thread may call. */
    public void route(NextHops routes) {
        nextHops = routes;
    }

    /** Sends a packet to its next hop, or holds it until that is known; false if it can't be sent. */
    public boolean send(Packet packet, long now) {
        var buffer = packet.buffer();
        int start = packet.start();
        long high = 0;
        long low;
        if (own.version() == 6) {
            ipv6.wrap(buffer, start);
            high = ipv6.destinationHigh();
            low = ipv6.destinationLow();
        } else {
            low = ipv4.wrap(buffer, start).destination() & 0xffff_ffffL;
        }
        var routes = nextHops;
        int route = routes.route(high, low);
        if (route == NextHops.NO_ROUTE) {
            reportUnreachable(buffer, start, packet.length());
            return false;
        }
        var neighbor = cache.use(routes.high(route, high), routes.low(route, low), now);
        if (neighbor == null) {
            return false;
        }
        return neighbor.hasMac()
                ? transmit(neighbor, buffer, start, packet.length())
                : held.hold(neighbor, buffer, start, packet.length());
    }

    /** Takes an ARP message or an ICMPv6 message of neighbor discovery, and answers it if one is due. */
    public void receive(MemorySegment frame, int length, long now) {
        int answered = resolution.receive(frame, length, answer, now);
        if (answered > 0) {
            frames.send(answer, 0, answered);
        }
    }

    /** Does what has become due: solicits neighbors again, gives up. A call every quarter of a second is enough. */
    public void expire(long now) {
        cache.expire(now);
    }

    /** Writes the header in front of the packet, where at least {@link EthernetHeader#LENGTH} bytes are free. */
    private boolean transmit(Neighbor neighbor, MemorySegment buffer, int at, int length) {
        int frame = at - EthernetHeader.LENGTH;
        EthernetHeader.write(buffer, frame, neighbor.mac, own.mac(), own.etherType());
        return frames.send(buffer, frame, length + EthernetHeader.LENGTH);
    }

    private void reportUnreachable(MemorySegment packet, int at, int length) {
        int bytes = unreachable.write(error, packet, at, length);
        if (bytes > 0) {
            errors.take(error, bytes);
        }
    }

    private final class Listener implements NeighborCache.Listener {

        @Override
        public void solicit(Neighbor neighbor) {
            long mac = neighbor.hasMac() ? neighbor.mac : MacAddress.BROADCAST;
            frames.send(question, 0, resolution.solicit(question, neighbor.high, neighbor.low, mac));
        }

        @Override
        public void resolved(Neighbor neighbor) {
            held.release(neighbor, (buffer, at, length) -> transmit(neighbor, buffer, at, length));
        }

        @Override
        public void failed(Neighbor neighbor) {
            held.release(neighbor, EthernetLink.this::reportUnreachable);
        }
    }
}
