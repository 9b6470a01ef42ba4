// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.packet.DropReason.NONE;

import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.session.Pool4;
import nat64.translator.wire.Ipv4Header;

/**
 * The way of a packet from the IPv6 side, and back if another IPv6 host is meant by its pool4 address: it goes on as if
 * it had come from the IPv4 side (RFC 6146, section 3.8). It loses one hop in all. No second turn can follow: what comes
 * out goes to an IPv6 host, and none of these is inside a Pref64.
 */
final class Hairpinning implements Path {

    private final PacketParser parser;
    private final Pool4 pool4;
    private final Ipv6Path ipv6Path;
    private final Ipv4Path ipv4Path;
    private final Ipv4Header ipv4 = new Ipv4Header();

    Hairpinning(PacketParser parser, Pool4 pool4, Ipv6Path ipv6Path, Ipv4Path ipv4Path) {
        this.parser = parser;
        this.pool4 = pool4;
        this.ipv6Path = ipv6Path;
        this.ipv4Path = ipv4Path;
    }

    @Override
    public DropReason translate(Packet packet, long now) {
        var drop = ipv6Path.translate(packet, now);
        return drop == NONE && pool4.contains(ipv6Path.destination()) ? turnAround(packet, now) : drop;
    }

    private DropReason turnAround(Packet packet, long now) {
        ipv4.wrap(packet.buffer(), packet.start());
        ipv4.ttl(ipv4.ttl() + 1).seal();
        var drop = parser.parse(packet);
        return drop == NONE ? ipv4Path.translate(packet, now) : drop;
    }
}
