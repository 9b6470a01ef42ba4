// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.packet.DropReason.NONE;

import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.wire.Ipv4Header;

/**
 * Turns a packet around that one IPv6 host sends to another by its pool4 address: it goes on as if it had come from the
 * IPv4 side (RFC 6146, section 3.8). It loses one hop in all. No second turn can follow: what comes out goes to an IPv6
 * host, and none of these is inside a Pref64.
 */
final class Hairpinning {

    private final PacketParser parser;
    private final Ipv4Path ipv4Path;
    private final Ipv4Header ipv4 = new Ipv4Header();

    Hairpinning(PacketParser parser, Ipv4Path ipv4Path) {
        this.parser = parser;
        this.ipv4Path = ipv4Path;
    }

    /** Takes a packet that has become IPv4 and makes it IPv6 again, or tells why not. */
    DropReason turnAround(Packet packet, long now) {
        ipv4.wrap(packet.buffer(), packet.start());
        ipv4.ttl(ipv4.ttl() + 1).seal();
        var drop = parser.parse(packet);
        return drop == NONE ? ipv4Path.translate(packet, now) : drop;
    }
}
