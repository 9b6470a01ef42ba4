// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateful;

import nat64.translator.packet.DropReason;
import nat64.translator.packet.IcmpError;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.pipeline.Egress;
import nat64.translator.pipeline.IcmpErrorBudget;
import nat64.translator.pipeline.IcmpErrors;
import nat64.translator.session.policy.StatePolicy.UnknownTcp;
import nat64.translator.session.table.TcpSegment;
import nat64.translator.session.table.TcpState.Segment;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Ports;
import nat64.translator.wire.TcpHeader;

/**
 * Tells an IPv6 host that the translator does not know its TCP connection, if the operator wants that: after a restart
 * or an expiry, the connection then ends at once and not after minutes of retransmissions (RFC 5382, section 5). A RST
 * takes its numbers from the segment, as a host without the connection would (RFC 9293, section 3.10.7.1), and counts
 * as one of the ICMP errors that may be sent per second. One per worker.
 */
public final class UnknownTcpReply {

    private static final int HOP_LIMIT = 64;

    private final Packet packet;
    private final Egress egress;
    private final IcmpErrors icmpErrors;
    private final IcmpErrorBudget budget;
    private final PacketParser parser = new PacketParser();
    private final TcpSegment segment = new TcpSegment();
    private final Ipv6Header ipv6 = new Ipv6Header();

    /** Resets are built in the packet, which is used for nothing else at the same time. */
    public UnknownTcpReply(Packet packet, Egress egress, IcmpErrors icmpErrors, IcmpErrorBudget budget) {
        this.packet = packet;
        this.egress = egress;
        this.icmpErrors = icmpErrors;
        this.budget = budget;
    }

    /** Answers a packet from the IPv6 side that was dropped because it has no session, and not changed since. */
    void answer(Packet dropped, StatefulRules rules, long now) {
        var layers = dropped.layers();
        if (rules.unknownTcp() == UnknownTcp.DROP || layers.protocol() != IpProtocol.TCP || layers.isLaterFragment()) {
            return;
        }
        segment.read(dropped.buffer(), layers, dropped.end());
        if (!segment.hasNumbers() || segment.kind() == Segment.RST) {
            return;
        }
        if (rules.unknownTcp() == UnknownTcp.ICMP_ERROR) {
            icmpErrors.reply(dropped, IcmpError.ADMINISTRATIVELY_PROHIBITED, rules, now);
        } else if (budget.take(layers, false, rules.icmpErrors(), now)) {
            build(layers, layers.sourcePort(dropped.buffer()), layers.destinationPort(dropped.buffer()));
            if (parser.parse(packet) == DropReason.NONE) {
                egress.sendOwn(packet, Egress.OwnPacket.RESET, rules.translation());
            }
        }
    }

    private void build(Layers layers, int hostPort, int remotePort) {
        packet.received(Ipv6Header.LENGTH + TcpHeader.LENGTH);
        var buffer = packet.buffer();
        ipv6.wrap(buffer, packet.start())
                .write(0, TcpHeader.LENGTH, IpProtocol.TCP, HOP_LIMIT)
                .source(layers.destinationHigh(), layers.destinationLow())
                .destination(layers.sourceHigh(), layers.sourceLow());
        int tcp = packet.start() + Ipv6Header.LENGTH;
        int flags = segment.isAck() ? TcpHeader.RST : TcpHeader.RST | TcpHeader.ACK;
        TcpHeader.write(buffer, tcp, Ports.both(remotePort, hostPort), flags);
        if (segment.isAck()) {
            TcpHeader.sequence(buffer, tcp, segment.acknowledgment());
        } else {
            TcpHeader.acknowledgment(buffer, tcp, segment.end());
        }
        long sum = Checksum.sum(buffer, packet.start() + 8, Ipv6Header.LENGTH - 8 + TcpHeader.LENGTH);
        TcpHeader.checksum(buffer, tcp, Checksum.of(sum + TcpHeader.LENGTH + IpProtocol.TCP));
    }
}
