// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.packet.DropReason;
import nat64.translator.session.policy.DestinationPolicy;
import nat64.translator.session.policy.ProbeFlow;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that trust whoever is inside are not reached through the translator. */
class DestinationTest {

    private static final List<Ipv4Prefix> OWN =
            List.of(Ipv4Prefix.parse("198.51.100.1/32"), Ipv4Prefix.parse("192.168.7.1/32"));
    private static final String PROBE = "fdb1:d8ae:2265::1"; // no client
    private static final String PROBED = "2001:db8:64::192.0.0.64"; // a private destination
    private static final String PROBED_IN_ANOTHER_PREF64 = "64:ff9b::192.0.0.64"; // and not global
    private static final String OWN_IN_PREF64 = "2001:db8:64::198.51.100.1";

    @Test
    void theGatewaysOwnAddressesAreRefused() {
        try (var nat64 = nat64(new DestinationPolicy(OWN, false, true))) {
            var error = nat64.translate(tcp6(CLIENT, 1, OWN_IN_PREF64, 22, "S", payload(0)));
            assertThat(error.icmpType()).isEqualTo(1);
            assertThat(error.icmpCode()).isEqualTo(1);
            nat64.send(udp6(CLIENT, 1, "2001:db8:64::192.168.7.1", 53, payload(1)));
            assertThat(nat64.drops()).containsExactly(DropReason.OWN_DESTINATION);
            assertThat(nat64.sessions(Protocol.TCP)).isZero();
            nat64.translate(udp6(CLIENT, 1, SERVER_IN_PREF64, 53, payload(1)));
            nat64.translate(udp6(CLIENT, 1, "2001:db8:64::192.168.7.2", 53, payload(1)));
        }
    }

    @Test
    void theGatewaysOwnAddressesAreReachedIfTheOperatorWantsThat() {
        try (var nat64 = nat64(new DestinationPolicy(OWN, true, true))) {
            nat64.translate(udp6(CLIENT, 1, OWN_IN_PREF64, 53, payload(1)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "198.18.0.1"})
    void privateAddressesAreRefusedByChoice(String address) {
        try (var nat64 = nat64(new DestinationPolicy(List.of(), false, false))) {
            nat64.send(udp6(CLIENT, 1, "2001:db8:64::" + address, 53, payload(1)));
            assertThat(nat64.drops()).containsExactly(DropReason.PRIVATE_DESTINATION);
            nat64.translate(udp6(CLIENT, 1, "2001:db8:64::8.8.8.8", 53, payload(1)));
        }
        try (var nat64 = nat64(DestinationPolicy.DEFAULT)) {
            nat64.translate(udp6(CLIENT, 1, "2001:db8:64::" + address, 53, payload(1)));
        }
    }

    @Test
    void theProbeOfTheGatewayIsTranslatedWhateverTheRulesSay() {
        try (var nat64 = probed()) {
            nat64.translate(udp6(PROBE, 6464, PROBED, 6464, payload(1)));
            assertThat(nat64.sessions(Protocol.UDP)).isOne();
            nat64.translate(udp6(PROBE, 6464, PROBED_IN_ANOTHER_PREF64, 6464, payload(1)));
            assertThat(nat64.sessions(Protocol.UDP)).isOne();
            nat64.translate(udp6(PROBE, 6464, PROBED, 6465, payload(1)));
            assertThat(nat64.sessions(Protocol.UDP)).isEqualTo(2);
            assertThat(nat64.bindings(Protocol.UDP)).isOne();
        }
    }

    @Test
    void theProbeLeavesNoSessionBehind() {
        try (var nat64 = probed()) {
            nat64.translate(udp6(PROBE, 6464, PROBED, 6464, payload(1)));
            nat64.pass(Duration.ofSeconds(12));
            assertThat(nat64.sessions(Protocol.UDP)).isZero();
            assertThat(nat64.bindings(Protocol.UDP)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1::7,      6464, 2001:db8:64::192.0.0.64, 6464", // another host
        "fdb1:d8ae:2265::1,  6464, 2001:db8:64::192.0.0.64, 7", // another port
        "fdb1:d8ae:2265::1,  6464, 2001:db8:64::192.0.0.64, 7488",
        "fdb1:d8ae:2265::1,  7,    2001:db8:64::192.0.0.64, 6464",
        "fdb1:d8ae:2265::1,  6464, 2001:db8:64::192.0.0.65, 6464", // another destination
    })
    void nothingElseIsTakenForTheProbe(String from, int fromPort, String to, int toPort) {
        try (var nat64 = probed()) {
            nat64.send(udp6(from, fromPort, to, toPort, payload(1)));
            nat64.send(tcp6(PROBE, 6464, PROBED, 6464, "S", payload(0)));
            assertThat(nat64.sessions(Protocol.UDP)).isZero();
            assertThat(nat64.sessions(Protocol.TCP)).isZero();
            assertThat(nat64.drops()).isNotEmpty();
        }
    }

    private static TestTranslator probed() {
        var probe = Ipv6Address.parse(PROBE);
        var flow = new ProbeFlow(probe.high(), probe.low(), 6464, Ipv4Address.parse("192.0.0.64"), 6464);
        var usual = TestNat64.settings(List.of(Pref64.parse("2001:db8:64::/96"), Pref64.WELL_KNOWN), PortRange.ALL, 16);
        var policy = StatePolicy.DEFAULT
                .with(new DestinationPolicy(OWN, false, false))
                .with(flow);
        return new TestTranslator(TestNat64.settings(usual, policy));
    }

    private static TestTranslator nat64(DestinationPolicy destinations) {
        return new TestTranslator(TestNat64.settings(StatePolicy.DEFAULT.with(destinations)));
    }
}
