// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nat64.translator.address.Ipv6Address;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.session.fragment.FragmentLimits;
import nat64.translator.session.fragment.FragmentStore;
import nat64.translator.session.fragment.Fragments;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.Packets;

/** The tuple of a packet from an IPv6 host to the server, read from the packet itself. */
final class TestTuple {

    private final IncomingTuple tuple;

    TestTuple(Protocol protocol, Ipv6Address client, int port) {
        var octets = switch (protocol) {
            case TCP -> Packets.tcp6(client.toString(), port, "2001:db8:64::c633:6402", 80, "S", Packets.payload(0));
            case UDP -> Packets.udp6(client.toString(), port, "2001:db8:64::c633:6402", 53, Packets.payload(1));
            case ICMP -> Packets.echo6(client.toString(), "2001:db8:64::c633:6402", true, port, 1);
        };
        try (var arena = Arena.ofConfined()) {
            tuple = new IncomingTuple(new Fragments(new FragmentStore(arena, FragmentLimits.DEFAULT, 1)));
            var packet = new Packet(arena);
            MemorySegment.copy(MemorySegment.ofArray(octets), 0, packet.buffer(), Packet.HEADROOM, octets.length);
            assertThat(new PacketParser().parse(packet.received(octets.length))).isEqualTo(DropReason.NONE);
            var pref64s = TestTables.rules().pref64s();
            assertThat(tuple.determine(pref64s, pref64s.first(), packet, 0)).isEqualTo(DropReason.NONE);
        }
    }

    IncomingTuple tuple() {
        return tuple;
    }
}
