// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.packet.Step;
import nat64.translator.wire.Ipv4Header;

/**
 * Sends a packet that was translated to IPv4 back to the IPv6 side, as if it had just come from the IPv4 side (RFC
 * 6146, section 3.8; RFC 7757, section 4.2.2). The packet loses one hop in all. It cannot be hairpinned twice: its
 * destination is then an IPv6 host, and none of these is inside a Pref64. One per worker.
 */
public final class Hairpin {

    private final PacketParser parser;
    private final String reason;
    private final Ipv4Header ipv4 = new Ipv4Header();

    /** The reason goes into traces. */
    public Hairpin(PacketParser parser, String reason) {
        this.parser = parser;
        this.reason = reason;
    }

    /** Reads the packet again, for the path of packets from the IPv4 side. */
    public DropReason turnAround(Packet packet) {
        packet.enter(Step.HAIRPINNING);
        var trace = packet.trace();
        if (trace != null) {
            trace.find(Step.HAIRPINNING, reason);
        }
        ipv4.wrap(packet.buffer(), packet.start());
        ipv4.ttl(ipv4.ttl() + 1).updateChecksum();
        return parser.parse(packet);
    }
}
