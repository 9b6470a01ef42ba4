// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.ipv4;
import static nat64.translator.testing.Packets.ipv6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.Packets.unknown;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Pref64;
import nat64.translator.packet.DropReason;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.namednumber.IpNumber;

class AdmissionTest {

    private final TestTranslator nat64 = new TestTranslator(TestNat64.settings());
    private final TestTranslator wellKnown =
            new TestTranslator(TestNat64.settings(List.of(Pref64.WELL_KNOWN), PortRange.ALL, 100));

    @AfterEach
    void close() {
        nat64.close();
        wellKnown.close();
    }

    @Test
    @Tag("C-129")
    void dropsIpv6PacketsFromInsideAPref64() {
        assertThat(nat64.send(udp6("2001:db8:64::c000:201", 1, SERVER_IN_PREF64, 2, payload(1))))
                .isEmpty();
        assertThat(nat64.drops()).containsExactly(DropReason.SOURCE_IN_PREF64);
    }

    @Test
    @Tag("C-130")
    void dropsWhatIsNotItsOwn() {
        assertThat(nat64.send(udp6(CLIENT, 1, "2001:db8:99::1", 2, payload(1)))).isEmpty();
        assertThat(nat64.send(udp4(SERVER, 1, "203.0.113.4", 2, payload(1)))).isEmpty();
        assertThat(nat64.drops()).containsExactly(DropReason.NOT_IN_PREF64, DropReason.NOT_IN_POOL4);
    }

    @Test
    @Tag("C-123")
    void tellsThatAProtocolIsNotTranslated() {
        var fromIpv6 = nat64.translate(ipv6(CLIENT, SERVER_IN_PREF64, IpNumber.SCTP, 64, unknown(payload(40))));
        assertThat(fromIpv6.icmpType()).isEqualTo(1);
        assertThat(fromIpv6.icmpCode()).isEqualTo(4);
        var fromIpv4 = nat64.translate(ipv4(SERVER, "203.0.113.1", IpNumber.SCTP, 64, true, unknown(payload(40))));
        assertThat(fromIpv4.icmpType()).isEqualTo(3);
        assertThat(fromIpv4.icmpCode()).isEqualTo(2);
    }

    @Test
    @Tag("C-054")
    void makesNoSessionForAPacketThatHasNoHopLeft() {
        var datagram = udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1));
        datagram[7] = 1;
        nat64.translate(datagram);
        assertThat(nat64.drops()).containsExactly(DropReason.HOP_LIMIT_EXCEEDED);
        assertThat(nat64.sessions(Protocol.UDP)).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"0.1.2.3", "127.0.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"})
    @Tag("C-007")
    void dropsIpv4SourcesThatNoHostMayHave(String source) {
        assertThat(nat64.send(udp4(source, 1, "203.0.113.1", 2, payload(1)))).isEmpty();
        assertThat(nat64.drops()).containsExactly(DropReason.ILLEGAL_SOURCE);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"64:ff9b::127.0.0.1", "64:ff9b::0.0.0.0", "64:ff9b::224.0.0.1", "64:ff9b::169.254.1.1"})
    @Tag("C-090")
    void refusesIpv4DestinationsThatNoRouterKnows(String destination) {
        var error = wellKnown.translate(udp6(CLIENT, 1, destination, 2, payload(1)));
        assertThat(error.icmpType()).isEqualTo(1);
        assertThat(error.icmpCode()).isEqualTo(1);
        assertThat(wellKnown.drops()).containsExactly(DropReason.UNROUTABLE_IPV4);
        assertThat(wellKnown.sessions(Protocol.UDP)).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"64:ff9b::10.0.0.1", "64:ff9b::192.168.1.1", "64:ff9b::198.51.100.2", "64:ff9b::100.64.0.1"})
    @Tag("C-100")
    void keepsNonGlobalIpv4OutOfTheWellKnownPrefix(String destination) {
        var error = wellKnown.translate(udp6(CLIENT, 1, destination, 2, payload(1)));
        assertThat(error.icmpType()).isEqualTo(1);
        assertThat(error.icmpCode()).isEqualTo(1);
        assertThat(wellKnown.drops()).containsExactly(DropReason.NON_GLOBAL_IPV4);
    }

    @Test
    void letsGlobalIpv4IntoTheWellKnownPrefix() {
        assertThat(wellKnown
                        .translate(udp6(CLIENT, 1, "64:ff9b::192.52.193.2", 2, payload(1)))
                        .destination())
                .isEqualTo("192.52.193.2");
    }

    @Test
    @Tag("C-100")
    void keepsNonGlobalIpv4SourcesOutOfTheWellKnownPrefix() {
        var out = wellKnown.translate(udp6(CLIENT, 1, "64:ff9b::192.52.193.2", 2, payload(1)));
        wellKnown.send(udp4("10.0.0.1", 7, out.source(), out.sourcePort(), payload(1)));
        assertThat(wellKnown.drops()).containsExactly(DropReason.NON_GLOBAL_IPV4);
    }

    @Test
    @Tag("C-100")
    void keepsAKnownSessionFromMovingIntoTheWellKnownPrefix() {
        var two = new TestTranslator(
                TestNat64.settings(List.of(Pref64.parse("2001:db8:64::/96"), Pref64.WELL_KNOWN), PortRange.ALL, 100));
        two.translate(udp6(CLIENT, 1, "2001:db8:64::10.0.0.1", 2, payload(1)));
        two.send(udp6(CLIENT, 1, "64:ff9b::10.0.0.1", 2, payload(1)));
        assertThat(two.drops()).containsExactly(DropReason.NON_GLOBAL_IPV4);
        two.close();
    }

    @Test
    void dropsErrorsThatGoElsewhereThanTheQuotedPacketCameFrom() {
        var out = nat64.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        var in = nat64.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(30)));
        assertThat(nat64.send(error6(CLIENT, "2001:db8:64::10.0.0.1", 1, 4, 0, in.octets())))
                .isEmpty();
        assertThat(nat64.drops()).containsExactly(DropReason.BAD_QUOTED_PACKET);
    }

    @Test
    void dropsErrorsAboutPacketsOfNoSession() {
        var out = nat64.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        assertThat(out.version()).isEqualTo(4);
        var forged = udp6("2001:db8:64::10.0.0.1", 53, CLIENT, 1025, payload(30));
        assertThat(nat64.send(error6(CLIENT, "2001:db8:64::10.0.0.1", 1, 4, 0, forged)))
                .isEmpty();
        assertThat(nat64.drops()).containsExactly(DropReason.NO_SESSION);
    }

    @Test
    void answersUnderThePref64ThatTheClientUsed() {
        var two = new TestTranslator(TestNat64.settings(
                List.of(Pref64.parse("2001:db8:64::/96"), Pref64.parse("2001:db8:6400::/40")), PortRange.ALL, 100));
        var destination = Pref64.parse("2001:db8:6400::/40")
                .embed(Ipv4Address.parse(SERVER))
                .toString();
        var out = two.translate(udp6(CLIENT, 1, destination, 2, payload(1)));
        assertThat(out.destination()).isEqualTo(SERVER);
        assertThat(two.translate(udp4(SERVER, 2, out.source(), out.sourcePort(), payload(1)))
                        .source())
                .isEqualTo(Wire.address(destination));
        two.close();
    }

    @Test
    @Tag("C-199")
    @Tag("C-201")
    void turnsHairpinsAround() {
        var inside = nat64.translate(udp6(TestNat64.OTHER_CLIENT, 5000, SERVER_IN_PREF64, 53, payload(1)));
        int pool4 = Ipv4Address.parse(inside.source());
        var outside = Pref64.parse("2001:db8:64::/96").embed(pool4).toString();

        var packet = nat64.translate(udp6(CLIENT, 6000, outside, inside.sourcePort(), payload(77)));

        assertThat(packet.version()).isEqualTo(6);
        assertThat(packet.destination()).isEqualTo(Wire.address(TestNat64.OTHER_CLIENT));
        assertThat(packet.destinationPort()).isEqualTo(5000);
        assertThat(packet.source()).as("the external address").startsWith("2001:db8:64:0:0:0:cb00:71");
        assertThat(packet.ipv6().getHopLimitAsInt()).isEqualTo(63);
        assertThat(packet.from(48)).isEqualTo(payload(77));

        var back =
                nat64.translate(udp6(TestNat64.OTHER_CLIENT, 5000, packet.source(), packet.sourcePort(), payload(3)));
        assertThat(back.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(back.destinationPort()).isEqualTo(6000);
        assertThat(back.source()).isEqualTo(Wire.address(outside));
    }
}
