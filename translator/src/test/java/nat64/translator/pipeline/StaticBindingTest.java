// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.packet.DropReason;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StatePolicy.Filter;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StaticBindingTest {

    private static final String INSIDE = "2001:db8:7::5"; // not among the clients, and needs not be
    private static final byte[] NO_DATA = {};

    @Test
    @Tag("C-132")
    void letsAnIpv4ClientReachAnIpv6Server() {
        try (var nat64 = nat64(new StatePolicy(Filter.ENDPOINT_INDEPENDENT, false, 8, bindings()))) {
            var syn = nat64.translate(tcp4(SERVER, 4444, "203.0.113.1", 80, "S", NO_DATA));
            assertThat(syn.destination()).isEqualTo(Wire.address(INSIDE));
            assertThat(syn.destinationPort()).isEqualTo(8080);
            assertThat(syn.source()).isEqualTo(Wire.address(SERVER_IN_PREF64));
            var answer = nat64.translate(tcp6(INSIDE, 8080, SERVER_IN_PREF64, 4444, "SA", NO_DATA));
            assertThat(answer.source()).isEqualTo("203.0.113.1");
            assertThat(answer.sourcePort()).isEqualTo(80);
            nat64.translate(udp4(SERVER, 4444, "203.0.113.1", 53, payload(20)));
            assertThat(nat64.translate(echo4(SERVER, "203.0.113.1", true, 9, 1)).icmpIdentifier())
                    .isEqualTo(10);
        }
    }

    @Test
    @Tag("C-132")
    void neverExpires() {
        try (var nat64 = nat64(new StatePolicy(Filter.ENDPOINT_INDEPENDENT, false, 8, bindings()))) {
            nat64.translate(udp4(SERVER, 4444, "203.0.113.1", 53, payload(20)));
            nat64.pass(Duration.ofDays(20));
            assertThat(nat64.sessions(Protocol.UDP)).isZero();
            assertThat(nat64.bindings(Protocol.UDP)).isEqualTo(1);
            nat64.translate(udp4(SERVER, 4444, "203.0.113.1", 53, payload(20)));
        }
    }

    @Test
    @Tag("C-216")
    void leavesHalfOfTheSessionTableToTheIpv6Side() {
        var small = TestNat64.settings(List.of(Pref64.parse("2001:db8:64::/96")), PortRange.ALL, 10);
        var state = new StatePolicy(Filter.ENDPOINT_INDEPENDENT, false, 8, bindings());
        try (var nat64 = new TestTranslator(TestNat64.settings(small, state))) {
            for (int port = 1; port <= 20; port++) {
                nat64.send(udp4(SERVER, port, "203.0.113.1", 53, payload(20)));
            }
            assertThat(nat64.sessions(Protocol.UDP)).isEqualTo(5);
            assertThat(nat64.dropped(DropReason.EXTERNAL_SESSION_LIMIT)).isEqualTo(15);
            for (int port = 1; port <= 5; port++) {
                nat64.translate(udp6(CLIENT, port, SERVER_IN_PREF64, 53, payload(20)));
            }
            nat64.pass(Duration.ofMinutes(6));
            nat64.translate(udp4(SERVER, 30, "203.0.113.1", 53, payload(20)));
        }
    }

    @Test
    @Tag("C-132")
    void staysOpenUnderEveryFilter() {
        try (var nat64 = nat64(new StatePolicy(Filter.ADDRESS_DEPENDENT, true, 8, bindings()))) {
            nat64.translate(tcp4(SERVER, 4444, "203.0.113.1", 80, "S", NO_DATA));
            nat64.translate(udp4(SERVER, 4444, "203.0.113.1", 53, payload(20)));
        }
    }

    @Test
    @Tag("C-131")
    @Tag("C-132")
    void isTheSourceOfWhatItsServerSends() {
        try (var nat64 = nat64(new StatePolicy(
                Filter.ENDPOINT_INDEPENDENT, false, 8, List.of(binding(Protocol.UDP, CLIENT, 1053, 53))))) {
            var out = nat64.translate(udp6(CLIENT, 1053, SERVER_IN_PREF64, 9, payload(1)));
            assertThat(out.source()).isEqualTo("203.0.113.1");
            assertThat(out.sourcePort()).isEqualTo(53);
        }
    }

    @Test
    @Tag("C-131")
    @Tag("C-140")
    void isNeverHandedOutToAnotherHost() {
        var settings = TestNat64.settings(TestNat64.settings().pref64s(), new PortRange(2000, 2007), 1024);
        var state = new StatePolicy(
                Filter.ENDPOINT_INDEPENDENT,
                false,
                8,
                List.of(binding(Protocol.UDP, INSIDE, 9, 2003), binding(Protocol.UDP, INSIDE, 10, 53)));
        try (var nat64 = new TestTranslator(TestNat64.settings(settings, state))) {
            var seen = new HashSet<String>();
            for (int port = 3000; port < 3040; port++) {
                for (int host = 1; host <= 24; host++) {
                    var sent = nat64.send(udp6("2001:db8:1::" + host, port, SERVER_IN_PREF64, 53, payload(1)));
                    sent.stream()
                            .filter(out -> out.version() == 4)
                            .forEach(out -> seen.add(out.source() + ":" + out.sourcePort()));
                }
            }
            assertThat(seen).contains("203.0.113.1:2002").doesNotContain("203.0.113.1:2003");
        }
    }

    @Test
    @Tag("C-199")
    void hairpinsToAStaticBinding() {
        try (var nat64 = nat64(new StatePolicy(Filter.ENDPOINT_INDEPENDENT, false, 8, bindings()))) {
            var in = nat64.translate(tcp6(CLIENT, 50_000, "2001:db8:64::203.0.113.1", 80, "S", NO_DATA));
            assertThat(in.destination()).isEqualTo(Wire.address(INSIDE));
            assertThat(in.destinationPort()).isEqualTo(8080);
        }
    }

    @Test
    void isRefusedTwiceOrOutsidePool4() {
        var one = binding(Protocol.TCP, INSIDE, 80, 80);
        var other = binding(Protocol.TCP, CLIENT, 80, 80);
        var clashing = new StatePolicy(Filter.ENDPOINT_INDEPENDENT, false, 8, List.of(one, other));
        assertThatThrownBy(() -> nat64(clashing)).hasMessageContaining("clash");
        var outside =
                new StaticBinding(Protocol.TCP, Ipv6Address.parse(INSIDE), 80, Ipv4Address.parse("192.0.2.1"), 80);
        var state = new StatePolicy(Filter.ENDPOINT_INDEPENDENT, false, 8, List.of(outside));
        assertThatThrownBy(() -> TestNat64.settings(state)).hasMessageContaining("outside pool4");
    }

    private static TestTranslator nat64(StatePolicy state) {
        var settings = TestNat64.settings(TestNat64.settings().pref64s(), new PortRange(1024, 65_535), 1024);
        return new TestTranslator(TestNat64.settings(settings, state));
    }

    private static List<StaticBinding> bindings() {
        return List.of(
                binding(Protocol.TCP, INSIDE, 8080, 80),
                binding(Protocol.UDP, INSIDE, 53, 53),
                binding(Protocol.ICMP, INSIDE, 10, 9));
    }

    private static StaticBinding binding(Protocol protocol, String inside, int insidePort, int outsidePort) {
        return new StaticBinding(
                protocol, Ipv6Address.parse(inside), insidePort, Ipv4Address.parse("203.0.113.1"), outsidePort);
    }
}
