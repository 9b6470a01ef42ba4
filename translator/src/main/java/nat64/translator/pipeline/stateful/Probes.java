// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateful;

import java.util.Arrays;
import nat64.translator.address.Pref64;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.pipeline.Egress;
import nat64.translator.session.Mapping;
import nat64.translator.session.SessionTables;
import nat64.translator.session.SessionTables.IdleConnections;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IpProtocol;
import nat64.translator.wire.Ipv6Header;
import nat64.translator.wire.Ports;
import nat64.translator.wire.TcpHeader;

/**
 * Asks the IPv6 endpoint of an idle connection whether it still exists: a segment with ACK alone, no data, and numbers
 * of 0 that are outside its window, so that it answers with an ACK or a RST (RFC 6146, section 3.5.2.2, ESTABLISHED).
 * Under the lock it is only noted which connections are to be probed. One per worker.
 */
public final class Probes implements IdleConnections {

    private static final int HOP_LIMIT = 64;
    private static final int MOST = SessionTables.MOST_EXPIRED;

    private final Packet packet;
    private final Egress egress;
    private final PacketParser parser = new PacketParser();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final Mapping[] idle = new Mapping[MOST];
    private final int[] remotes = new int[MOST];
    private final int[] remotePorts = new int[MOST];
    private int noted;

    /** Probes are built in the packet, which is used for nothing else at the same time. */
    public Probes(Packet packet, Egress egress) {
        this.packet = packet;
        this.egress = egress;
        Arrays.setAll(idle, _ -> new Mapping());
    }

    @Override
    public void idle(Mapping mapping, int remote, int remotePort) {
        idle[noted].set(mapping);
        remotes[noted] = remote;
        remotePorts[noted] = remotePort;
        noted++;
    }

    /** Probes the connections that have been noted. */
    void send(StatefulRules rules) {
        for (int i = 0; i < noted; i++) {
            build(rules.session().pref64s().get(idle[i].prefix()), idle[i], remotes[i], remotePorts[i]);
            if (parser.parse(packet) == DropReason.NONE) {
                egress.sendOwn(packet, Egress.OwnPacket.PROBE, rules.translation());
            }
        }
        noted = 0;
    }

    private void build(Pref64 pref64, Mapping mapping, int remote, int remotePort) {
        packet.received(Ipv6Header.LENGTH + TcpHeader.LENGTH);
        var buffer = packet.buffer();
        ipv6.wrap(buffer, packet.start())
                .write(0, TcpHeader.LENGTH, IpProtocol.TCP, HOP_LIMIT)
                .source(pref64.embedHigh(remote), pref64.embedLow(remote))
                .destination(mapping.ipv6High(), mapping.ipv6Low());
        int tcp = packet.start() + Ipv6Header.LENGTH;
        TcpHeader.write(buffer, tcp, Ports.both(remotePort, mapping.ipv6Port()), TcpHeader.ACK);
        long sum = Checksum.sum(buffer, packet.start() + 8, Ipv6Header.LENGTH - 8 + TcpHeader.LENGTH);
        TcpHeader.checksum(buffer, tcp, Checksum.of(sum + TcpHeader.LENGTH + IpProtocol.TCP));
    }
}
