// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.packet.DropReason.NONE;

import java.util.function.BooleanSupplier;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.wire.Ipv4Header;

/**
 * The way of a packet from the IPv6 side, and back if its IPv4 destination stands for another IPv6 host: it goes on as if
 * it had come from the IPv4 side (RFC 6146, section 3.8; RFC 7757, section 4.2.2). It loses one hop in all. No second
 * turn can follow: what comes out goes to an IPv6 host, and none of these is inside a Pref64.
 */
final class Hairpinning implements Path {

    private final PacketParser parser;
    private final Path there;
    private final BooleanSupplier isForIpv6Host;
    private final Path back;
    private final Ipv4Header ipv4 = new Ipv4Header();

    /** Asks {@code isForIpv6Host} about the packet that has just gone {@code there}. */
    Hairpinning(PacketParser parser, Path there, BooleanSupplier isForIpv6Host, Path back) {
        this.parser = parser;
        this.there = there;
        this.isForIpv6Host = isForIpv6Host;
        this.back = back;
    }

    @Override
    public DropReason translate(Packet packet, long now) {
        var drop = there.translate(packet, now);
        return drop == NONE && isForIpv6Host.getAsBoolean() ? turnAround(packet, now) : drop;
    }

    private DropReason turnAround(Packet packet, long now) {
        ipv4.wrap(packet.buffer(), packet.start());
        ipv4.ttl(ipv4.ttl() + 1).updateChecksum();
        var drop = parser.parse(packet);
        return drop == NONE ? back.translate(packet, now) : drop;
    }
}
