// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.OTHER_CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import nat64.translator.TranslatorSettings;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.packet.DropReason;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who gets which binding, and what it is good for (RFC 6146, section 3.5). */
class BindingTest {

    private static final List<Pref64> PREF64 = List.of(Pref64.parse("2001:db8:64::/96"));

    private final TestTranslator nat64 = new TestTranslator(TestNat64.settings());

    @AfterEach
    void close() {
        nat64.close();
    }

    @Test
    @Tag("C-102")
    void refusesHostsThatAreNoClients() {
        var error = nat64.translate(udp6("2001:db8:2::2", 1025, SERVER_IN_PREF64, 53, payload(1)));
        assertThat(error.icmpType()).isEqualTo(1);
        assertThat(error.icmpCode()).isEqualTo(1);
        assertThat(nat64.drops()).containsExactly(DropReason.CLIENT_NOT_ALLOWED);
        assertThat(nat64.sessions(Protocol.UDP)).isZero();
    }

    @Test
    @Tag("C-105")
    void needsAPref64AndAPool4() {
        var settings = TestNat64.settings();
        assertThatThrownBy(() -> TestNat64.settings(List.of(), PortRange.ALL, 10))
                .hasMessageContaining("at least one Pref64");
        assertThatThrownBy(() -> withPool4(settings, List.of())).hasMessageContaining("at least one pool4 range");
    }

    @Test
    @Tag("C-136")
    void givesOneHostOneAddressForAllProtocols() {
        for (int host = 2; host < 40; host++) {
            var client = "2001:db8:1::" + host;
            var udp = nat64.translate(udp6(client, 1025, SERVER_IN_PREF64, 53, payload(1)));
            var tcp = nat64.translate(tcp6(client, 1026, SERVER_IN_PREF64, 80, "S", payload(0)));
            var echo = nat64.translate(echo6(client, SERVER_IN_PREF64, true, 7, 1));
            assertThat(tcp.source()).isEqualTo(udp.source());
            assertThat(echo.source()).isEqualTo(udp.source());
        }
    }

    @Test
    @Tag("C-137")
    @Tag("C-143")
    void refusesAHostWhoseAddressHasNoPortLeft() {
        try (var few = new TestTranslator(TestNat64.settings(PREF64, new PortRange(5000, 5003), 100))) {
            for (int port = 0; port < 4; port++) {
                assertThat(few.translate(udp6(CLIENT, 6000 + port, SERVER_IN_PREF64, 53, payload(1)))
                                .version())
                        .isEqualTo(4);
            }
            var error = few.translate(udp6(CLIENT, 6004, SERVER_IN_PREF64, 53, payload(1)));
            assertThat(error.icmpType()).isEqualTo(1);
            assertThat(error.icmpCode()).isEqualTo(3);
            assertThat(few.drops()).containsExactly(DropReason.POOL4_EXHAUSTED);
        }
    }

    @Test
    @Tag("C-140")
    void givesAPortOncePerProtocol() {
        try (var one = new TestTranslator(TestNat64.settings(PREF64, new PortRange(5000, 5000), 100))) {
            var udp = one.translate(udp6(CLIENT, 6000, SERVER_IN_PREF64, 53, payload(1)));
            var tcp = one.translate(tcp6(CLIENT, 6000, SERVER_IN_PREF64, 80, "S", payload(0)));
            assertThat(tcp.sourcePort()).isEqualTo(udp.sourcePort()).isEqualTo(5000);
            one.send(udp6(CLIENT, 6001, SERVER_IN_PREF64, 53, payload(1)));
            assertThat(one.drops()).containsExactly(DropReason.POOL4_EXHAUSTED);
        }
    }

    @Test
    @Tag("C-146")
    void usesRangesThatDoNotTouch() {
        var ranges = List.of(
                new Pool4Range(Ipv4Prefix.parse("203.0.113.8/32"), new PortRange(2000, 2999)),
                new Pool4Range(Ipv4Prefix.parse("192.0.2.64/31"), new PortRange(4000, 4999)));
        try (var two = new TestTranslator(withPool4(TestNat64.settings(), ranges))) {
            var sources = new HashSet<String>();
            for (int host = 2; host < 100; host++) {
                var out = two.translate(udp6("2001:db8:1::" + host, 1025, SERVER_IN_PREF64, 53, payload(1)));
                sources.add(out.source());
                assertThat(out.sourcePort() / 1000).isEqualTo(out.source().equals("203.0.113.8") ? 2 : 4);
            }
            assertThat(sources).containsExactlyInAnyOrder("203.0.113.8", "192.0.2.64", "192.0.2.65");
        }
    }

    @Test
    @Tag("C-148")
    void mapsAndFiltersInTheSameWayWhenFull() {
        try (var full = new TestTranslator(TestNat64.settings(PREF64, PortRange.ALL, 10))) {
            var out = full.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
            for (int port = 2000; port < 2100; port++) {
                full.send(udp6(OTHER_CLIENT, port, SERVER_IN_PREF64, 53, payload(1)));
            }
            var again = full.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
            assertThat(again.sourcePort()).isEqualTo(out.sourcePort());
            assertThat(full.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(1)))
                            .destination())
                    .isEqualTo(Wire.address(CLIENT));
        }
    }

    @Test
    @Tag("C-150")
    @Tag("C-154")
    void opensASessionForEachRemotePortAndRenewsItFromBothSides() {
        var out = nat64.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(1)));
        nat64.translate(udp4(SERVER, 54, out.source(), out.sourcePort(), payload(1)));
        assertThat(nat64.sessions(Protocol.UDP)).isEqualTo(2);
        assertThat(nat64.bindings(Protocol.UDP)).isEqualTo(1);
        for (int minutes = 0; minutes < 20; minutes += 4) {
            nat64.pass(Duration.ofMinutes(4));
            nat64.translate(udp4(SERVER, 54, out.source(), out.sourcePort(), payload(1)));
        }
        assertThat(nat64.sessions(Protocol.UDP)).isEqualTo(1);
        assertThat(nat64.table(Protocol.UDP).created()).isEqualTo(2);
    }

    @Test
    @Tag("C-119")
    @Tag("C-196")
    void bindsAnIdentifierForAllHosts() {
        var one = nat64.translate(echo6(CLIENT, SERVER_IN_PREF64, true, 7, 1));
        var other = nat64.translate(echo6(CLIENT, "2001:db8:64::c633:6403", true, 7, 1));
        assertThat(other.icmpIdentifier()).isEqualTo(one.icmpIdentifier());
        assertThat(nat64.bindings(Protocol.ICMP)).isEqualTo(1);
        assertThat(nat64.sessions(Protocol.ICMP)).isEqualTo(2);
    }

    @Test
    @Tag("C-189")
    void letsPingsFromOutsideUseABinding() {
        var out = nat64.translate(echo6(CLIENT, SERVER_IN_PREF64, true, 7, 1));
        var ping = nat64.translate(echo4("198.51.100.77", out.source(), true, out.icmpIdentifier(), 9));
        assertThat(ping.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(ping.icmpType()).isEqualTo(128);
        assertThat(ping.icmpIdentifier()).isEqualTo(7);
        assertThat(nat64.sessions(Protocol.ICMP)).isEqualTo(2);
    }

    @Test
    @Tag("C-120")
    @Tag("C-183")
    @Tag("C-156")
    void translatesErrorsAboutTcpAndEndsNoSessionForThem() {
        var out = nat64.translate(tcp6(CLIENT, 1025, SERVER_IN_PREF64, 80, "S", payload(0)));
        for (int i = 0; i < 8; i++) {
            var error = nat64.translate(error4(SERVER, out.source(), 3, 1, 0, out.octets()));
            assertThat(error.quoted().sourcePort()).isEqualTo(1025);
            nat64.pass(Duration.ofSeconds(29));
            assertThat(nat64.sessions(Protocol.TCP)).isEqualTo(1);
        }
        nat64.pass(Duration.ofSeconds(10));
        assertThat(nat64.sessions(Protocol.TCP)).as("no error has renewed it").isZero();
    }

    @Test
    @Tag("C-197")
    @Tag("C-202")
    void bringsErrorsAboutHairpinsBack() {
        var inside = nat64.translate(udp6(OTHER_CLIENT, 5000, SERVER_IN_PREF64, 53, payload(1)));
        var outside =
                PREF64.getFirst().embed(Ipv4Address.parse(inside.source())).toString();
        var packet = nat64.translate(udp6(CLIENT, 6000, outside, inside.sourcePort(), payload(77)));

        var error = nat64.translate(error6(OTHER_CLIENT, packet.source(), 1, 4, 0, packet.octets()));

        assertThat(error.version()).isEqualTo(6);
        assertThat(error.destination()).isEqualTo(Wire.address(CLIENT));
        assertThat(error.source()).isEqualTo(Wire.address(outside));
        var quoted = error.quoted().assertSound();
        assertThat(quoted.source()).isEqualTo(Wire.address(CLIENT));
        assertThat(quoted.sourcePort()).isEqualTo(6000);
        assertThat(quoted.destination()).isEqualTo(Wire.address(outside));
        assertThat(quoted.destinationPort()).isEqualTo(inside.sourcePort());
    }

    @Test
    @Tag("C-200")
    @Tag("C-217")
    void translatesAnIpv4LiteralByThePrefixEvenIfItIsBound() {
        var bound = nat64.translate(udp6(OTHER_CLIENT, 5000, SERVER_IN_PREF64, 53, payload(1)));
        var literal = PREF64.getFirst().embed(Ipv4Address.parse(bound.source())).toString();
        var hairpin = nat64.translate(udp6(CLIENT, 6000, literal, bound.sourcePort(), payload(1)));
        assertThat(hairpin.source()).startsWith("2001:db8:64:0:0:0:cb00:71");
    }

    private static TranslatorSettings withPool4(TranslatorSettings settings, List<Pool4Range> pool4) {
        return new TranslatorSettings(
                settings.pref64s(),
                pool4,
                settings.clients(),
                settings.translateNonGlobal(),
                settings.lifetimes(),
                settings.maxSessions(),
                settings.ownAddress(),
                settings.icmpErrorsPerSecond(),
                settings.translation(),
                settings.state(),
                settings.fragments());
    }
}
