// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import static nat64.translator.device.ethernet.Frames.HOST6;
import static nat64.translator.device.ethernet.Frames.IN_POOL4;
import static nat64.translator.device.ethernet.Frames.IN_PREF64;
import static nat64.translator.device.ethernet.Frames.ROUTER;
import static nat64.translator.device.ethernet.Frames.advertisement;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.device.ethernet.NextHops.Route;
import nat64.translator.packet.Packet;
import nat64.translator.testing.Allocations;
import nat64.translator.testing.Packets;
import org.junit.jupiter.api.Test;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV4DestinationUnreachablePacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6DestinationUnreachablePacket;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.namednumber.IcmpV4Code;
import org.pcap4j.packet.namednumber.IcmpV6Code;

/** Packets that wait for their next hop, and what becomes of them. */
class EthernetLinkTest {

    private static final byte[] TO_HOST = Packets.udp6(IN_PREF64, 53, HOST6, 1000, Packets.payload(20));

    @Test
    void sendsTheNewestPacketsInOrderWhenTheNextHopAnswers() throws Exception {
        try (var link = TestLink.ipv6()) {
            for (int i = 0; i < 20; i++) {
                assertThat(link.send(Packets.udp6(IN_PREF64, 53, HOST6, i, Packets.payload(i))))
                        .isTrue();
            }
            link.frames();

            link.receive(advertisement(HOST6, Frames.HOST_MAC, true, true));

            assertThat(link.frames().stream()
                            .map(frame -> frame.get(UdpPacket.class))
                            .map(udp -> udp.getHeader().getDstPort().valueAsInt()))
                    .isEqualTo(IntStream.range(12, 20).boxed().toList());
        }
    }

    @Test
    void holdsABoundedNumberOfPacketsAndGivesTheirRoomBack() throws Exception {
        try (var link = TestLink.ipv6()) {
            for (int round = 0; round < 5; round++) {
                int held = 0;
                for (int i = 0; i < 4 * HeldPackets.SLOTS; i++) {
                    var host = "2001:db8:1::1:%x".formatted(i / 8);
                    held += link.send(Packets.udp6(IN_PREF64, 53, host, 1, Packets.payload(1))) ? 1 : 0;
                }
                assertThat(held).isEqualTo(HeldPackets.SLOTS);
                link.pass(4_000);
                assertThat(link.errors()).hasSize(HeldPackets.SLOTS);
            }
        }
    }

    @Test
    void refusesToHoldAPacketThatIsLongerThanTheLinkTakes() {
        try (var link = TestLink.ipv6()) {
            assertThat(link.send(Packets.udp6(IN_PREF64, 53, HOST6, 1, Packets.payload(1453))))
                    .isFalse();
        }
    }

    @Test
    void tellsTheIpv4SideOfAnIpv6HostThatDoesNotAnswer() throws Exception {
        try (var link = TestLink.ipv6()) {
            link.send(TO_HOST);
            link.pass(2_750);
            assertThat(link.errors()).isEmpty();
            link.pass(250);

            var error = parse6(link.errors().getFirst());
            assertThat(error.getHeader().getSrcAddr()).isEqualTo(Frames.ip6(ROUTER));
            assertThat(error.getHeader().getDstAddr()).isEqualTo(Frames.ip6(IN_PREF64));
            var icmp = error.get(IcmpV6CommonPacket.class);
            assertThat(icmp.getHeader().getCode()).isEqualTo(IcmpV6Code.ADDR_UNREACHABLE);
            assertThat(icmp.hasValidChecksum(
                            error.getHeader().getSrcAddr(), error.getHeader().getDstAddr(), false))
                    .isTrue();
            var quoted = error.get(IcmpV6DestinationUnreachablePacket.class).getPayload();
            assertThat(quoted.getRawData()).isEqualTo(TO_HOST);
        }
    }

    @Test
    void tellsTheIpv6SideOfAnIpv4HostThatDoesNotAnswer() throws Exception {
        try (var link = TestLink.ipv4()) {
            var packet = Packets.udp4(IN_POOL4, 1000, "192.0.2.200", 53, Packets.payload(1000));
            link.send(packet);
            link.pass(3_000);

            var error = parse4(link.errors().getFirst());
            assertThat(error.getHeader().getSrcAddr()).isEqualTo(Frames.ip4(Frames.HOST_IPV4));
            assertThat(error.getHeader().getDstAddr()).isEqualTo(Frames.ip4(IN_POOL4));
            assertThat(error.getHeader().hasValidChecksum(false)).isTrue();
            assertThat(error.length()).isEqualTo(576);
            var icmp = error.get(IcmpV4CommonPacket.class);
            assertThat(icmp.getHeader().getCode()).isEqualTo(IcmpV4Code.HOST_UNREACHABLE);
            assertThat(icmp.hasValidChecksum(false)).isTrue();
            var quoted = error.get(IcmpV4DestinationUnreachablePacket.class).getPayload();
            assertThat(quoted.getRawData()).isEqualTo(Arrays.copyOf(packet, 548));
        }
    }

    @Test
    void refusesAPacketWithoutRouteAndTellsItsSender() {
        try (var link = TestLink.ipv4()) {
            assertThat(link.send(Packets.udp4(IN_POOL4, 1000, "203.0.113.1", 53, Packets.payload(20))))
                    .isFalse();
            assertThat(link.errors()).hasSize(1);
        }
    }

    @Test
    void makesNoErrorAboutAnError() throws Exception {
        try (var link = TestLink.ipv4()) {
            link.send(Packets.udp4(IN_POOL4, 1000, "203.0.113.1", 53, Packets.payload(20)));
            var unreachable = link.errors().getFirst();
            System.arraycopy(Frames.ip4("203.0.113.9").getAddress(), 0, unreachable, 16, 4);

            assertThat(link.send(unreachable)).isFalse();
            assertThat(link.errors()).isEmpty();
        }
    }

    @Test
    void allocatesNothingForAPacketToAKnownNeighbor() {
        try (var arena = Arena.ofConfined()) {
            var link = new EthernetLink(
                    arena, Frames.IPV6, 1500, 7, new EthernetLink.Outlets((_, _, _) -> true, (_, _) -> {}));
            link.route(NextHops.of(List.of(new Route(Ipv6Prefix.parse("2001:db8:1::/64"), Optional.empty()))));
            var packet = new Packet(arena);
            MemorySegment.copy(TO_HOST, 0, packet.buffer(), ValueLayout.JAVA_BYTE, Packet.HEADROOM, TO_HOST.length);
            packet.received(TO_HOST.length);
            link.send(packet, 0);
            var answer = advertisement(HOST6, Frames.HOST_MAC, true, true);
            link.receive(MemorySegment.ofArray(answer), answer.length, 0);

            Allocations.assertNone(i -> link.send(packet, i & 0xfff));
        }
    }

    private static IpV6Packet parse6(byte[] packet) throws Exception {
        return IpV6Packet.newPacket(packet, 0, packet.length);
    }

    private static IpV4Packet parse4(byte[] packet) throws Exception {
        return IpV4Packet.newPacket(packet, 0, packet.length);
    }
}
