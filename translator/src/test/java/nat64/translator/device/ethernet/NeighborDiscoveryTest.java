// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import static nat64.translator.device.ethernet.Frames.HOST6;
import static nat64.translator.device.ethernet.Frames.HOST_MAC;
import static nat64.translator.device.ethernet.Frames.IN_PREF64;
import static nat64.translator.device.ethernet.Frames.OTHER_MAC;
import static nat64.translator.device.ethernet.Frames.OWN_LINK_LOCAL;
import static nat64.translator.device.ethernet.Frames.OWN_MAC;
import static nat64.translator.device.ethernet.Frames.ROUTER;
import static nat64.translator.device.ethernet.Frames.advertisement;
import static nat64.translator.device.ethernet.Frames.solicitation;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import nat64.translator.testing.Packets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6NeighborAdvertisementPacket;
import org.pcap4j.packet.IcmpV6NeighborSolicitationPacket;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.UdpPacket;

class NeighborDiscoveryTest {

    private static final String SOLICITED_NODE = "ff02::1:ff00:201";
    private static final byte[] TO_HOST = Packets.udp6(IN_PREF64, 53, HOST6, 1000, Packets.payload(20));

    private final TestLink link = TestLink.ipv6();

    @AfterEach
    void close() {
        link.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {IN_PREF64, "64:ff9b::ffff:ffff", ROUTER, OWN_LINK_LOCAL})
    void answersForPref64AndForItself(String target) throws Exception {
        link.receive(solicitation(HOST6, SOLICITED_NODE, target, 255));

        assertThat(link.frames()).singleElement().satisfies(frame -> {
            assertThat(frame.getHeader().getDstAddr()).hasToString(HOST_MAC);
            assertThat(frame.getHeader().getSrcAddr()).hasToString(OWN_MAC);
            var ipv6 = frame.get(IpV6Packet.class).getHeader();
            assertThat(ipv6.getHopLimitAsInt()).isEqualTo(255);
            assertThat(ipv6.getSrcAddr()).isEqualTo(Frames.ip6(target));
            assertThat(ipv6.getDstAddr()).isEqualTo(Frames.ip6(HOST6));
            assertThat(hasRightChecksum(frame)).isTrue();
            var answer = frame.get(IcmpV6NeighborAdvertisementPacket.class).getHeader();
            assertThat(answer.getTargetAddress()).isEqualTo(Frames.ip6(target));
            assertThat(answer.getRouterFlag()).isTrue();
            assertThat(answer.getSolicitedFlag()).isTrue();
            assertThat(answer.getOverrideFlag()).isTrue();
            assertThat(answer.getOptions().getFirst().getRawData()).containsExactly(2, 1, 2, 0, 0, 0, 0, 1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"64:ff9b:0:0:1::1", HOST6, "fe80::1"})
    void leavesOtherAddressesToTheirOwners(String target) throws Exception {
        link.receive(solicitation(HOST6, SOLICITED_NODE, target, 255));

        assertThat(link.frames()).isEmpty();
    }

    @Test
    void answersADuplicateAddressProbeToAllNodes() throws Exception {
        link.receive(solicitation("::", SOLICITED_NODE, IN_PREF64, 255));

        assertThat(link.frames()).singleElement().satisfies(frame -> {
            assertThat(frame.getHeader().getDstAddr()).hasToString("33:33:00:00:00:01");
            assertThat(frame.get(IpV6Packet.class).getHeader().getDstAddr()).isEqualTo(Frames.ip6("ff02::1"));
            assertThat(frame.get(IcmpV6NeighborAdvertisementPacket.class)
                            .getHeader()
                            .getSolicitedFlag())
                    .isFalse();
        });
    }

    @Test
    void ignoresAProbeThatWasNotSentToTheSolicitedNode() throws Exception {
        link.receive(solicitation("::", ROUTER, IN_PREF64, 255));

        assertThat(link.frames()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 254})
    void ignoresWhatMayHaveCrossedARouter(int hopLimit) throws Exception {
        link.receive(solicitation(HOST6, SOLICITED_NODE, IN_PREF64, hopLimit));

        assertThat(link.frames()).isEmpty();
    }

    @Test
    void ignoresMessagesThatAreCutOrDamaged() throws Exception {
        var message = solicitation(HOST6, SOLICITED_NODE, IN_PREF64, 255);
        for (int length = 0; length < message.length; length++) {
            link.receive(Arrays.copyOf(message, length));
        }
        for (int at = 54; at < message.length; at++) { // every byte of the ICMPv6 message
            var damaged = message.clone();
            damaged[at] ^= 0x10;
            link.receive(damaged);
        }

        assertThat(link.frames()).isEmpty();
    }

    @Test
    void remembersWhoAsked() throws Exception {
        link.receive(solicitation(HOST6, SOLICITED_NODE, IN_PREF64, 255));
        link.frames();

        assertThat(link.send(TO_HOST)).isTrue();

        assertThat(link.frames()).singleElement().satisfies(frame -> {
            assertThat(frame.getHeader().getDstAddr()).hasToString(HOST_MAC);
            assertThat(frame.contains(UdpPacket.class)).isTrue();
        });
    }

    @Test
    void asksTheSolicitedNodeAndSendsWhenItAnswers() throws Exception {
        assertThat(link.send(TO_HOST)).isTrue();

        assertThat(link.frames()).singleElement().satisfies(frame -> {
            assertThat(frame.getHeader().getDstAddr()).hasToString("33:33:ff:00:00:02");
            var ipv6 = frame.get(IpV6Packet.class).getHeader();
            assertThat(ipv6.getSrcAddr()).isEqualTo(Frames.ip6(OWN_LINK_LOCAL));
            assertThat(ipv6.getDstAddr()).isEqualTo(Frames.ip6("ff02::1:ff00:2"));
            assertThat(ipv6.getHopLimitAsInt()).isEqualTo(255);
            assertThat(hasRightChecksum(frame)).isTrue();
            var question = frame.get(IcmpV6NeighborSolicitationPacket.class).getHeader();
            assertThat(question.getTargetAddress()).isEqualTo(Frames.ip6(HOST6));
            assertThat(question.getOptions().getFirst().getRawData()).containsExactly(1, 1, 2, 0, 0, 0, 0, 1);
        });
        link.receive(advertisement(HOST6, OTHER_MAC, true, true));

        assertThat(link.frames()).singleElement().satisfies(frame -> {
            assertThat(frame.getHeader().getDstAddr()).hasToString(OTHER_MAC);
            assertThat(frame.contains(UdpPacket.class)).isTrue();
        });
    }

    @Test
    void ignoresAdvertisementsThatWereNotAskedFor() throws Exception {
        link.receive(advertisement(HOST6, OTHER_MAC, false, true));

        link.send(TO_HOST);

        assertThat(link.frames())
                .singleElement()
                .satisfies(frame -> assertThat(frame.contains(IcmpV6NeighborSolicitationPacket.class))
                        .isTrue());
    }

    private static boolean hasRightChecksum(EthernetPacket frame) {
        var ipv6 = frame.get(IpV6Packet.class).getHeader();
        return frame.get(IcmpV6CommonPacket.class).hasValidChecksum(ipv6.getSrcAddr(), ipv6.getDstAddr(), false);
    }
}
