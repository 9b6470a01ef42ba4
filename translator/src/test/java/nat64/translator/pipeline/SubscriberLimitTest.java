// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.OTHER_CLIENT;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.packet.DropReason;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StatePolicy.Filter;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.pool4.QuarantineSettings;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SubscriberLimitTest {

    @Test
    @Tag("C-204")
    @Tag("C-205")
    @Tag("C-214")
    void refusesMoreSessionsThanASubscriberMayHaveAndEndsNone() {
        try (var nat64 = nat64(new SubscriberLimits(64, 10, 0, 0))) {
            for (int i = 0; i < 20; i++) {
                nat64.send(udp6(i % 2 == 0 ? CLIENT : OTHER_CLIENT, 1000 + i, SERVER_IN_PREF64, 53, payload(1)));
            }
            assertThat(nat64.sessions(Protocol.UDP))
                    .as("of both hosts of the prefix")
                    .isEqualTo(10);
            assertThat(nat64.dropped(DropReason.SUBSCRIBER_SESSION_LIMIT)).isEqualTo(10);
            nat64.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
            nat64.pass(Duration.ofMinutes(6));
            nat64.translate(udp6(CLIENT, 2000, SERVER_IN_PREF64, 53, payload(1)));
        }
    }

    @Test
    @Tag("C-214")
    void tellsSubscribersApartByTheirPrefix() {
        try (var nat64 = nat64(new SubscriberLimits(128, 1, 0, 0))) {
            nat64.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
            nat64.translate(udp6(OTHER_CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
            assertUnreachable(nat64.send(udp6(CLIENT, 1001, SERVER_IN_PREF64, 53, payload(1))));
        }
    }

    @Test
    @Tag("C-203")
    void refusesMorePortsThanASubscriberMayHave() {
        try (var nat64 = nat64(new SubscriberLimits(64, 0, 2, 0))) {
            nat64.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
            nat64.translate(udp6(CLIENT, 1001, SERVER_IN_PREF64, 53, payload(1)));
            assertUnreachable(nat64.send(udp6(CLIENT, 1002, SERVER_IN_PREF64, 53, payload(1))));
            assertThat(nat64.dropped(DropReason.SUBSCRIBER_PORT_LIMIT)).isEqualTo(1);
            nat64.translate(udp6(CLIENT, 1001, SERVER_IN_PREF64, 54, payload(1)));
        }
    }

    @Test
    @Tag("C-203")
    @Tag("C-204")
    void refusesSessionsThatAreOpenedTooFast() {
        try (var nat64 = nat64(new SubscriberLimits(64, 0, 0, 5))) {
            for (int second = 0; second < 3; second++) {
                for (int i = 0; i < 10; i++) {
                    nat64.send(udp6(CLIENT, 1000 + 10 * second + i, SERVER_IN_PREF64, 53, payload(1)));
                }
                nat64.pass(Duration.ofSeconds(1));
            }
            assertThat(nat64.sessions(Protocol.UDP)).isEqualTo(15);
            assertThat(nat64.dropped(DropReason.SUBSCRIBER_RATE_LIMIT)).isEqualTo(15);
        }
    }

    @Test
    @Tag("C-147")
    void translatesNothingToDestinationsThatAreTurnedOff() {
        var state = new StatePolicy(
                Filter.ENDPOINT_INDEPENDENT,
                false,
                8,
                List.of(),
                List.of(Ipv4Prefix.parse("198.51.100.0/25")),
                QuarantineSettings.DEFAULT,
                SubscriberLimits.NONE);
        try (var nat64 = new TestTranslator(TestNat64.settings(state))) {
            var sent = nat64.send(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
            assertThat(sent.getFirst().assertSound().icmpType()).isEqualTo(1);
            assertThat(sent.getFirst().icmpCode()).isEqualTo(1);
            assertThat(nat64.drops()).containsExactly(DropReason.UNTRANSLATED_DESTINATION);
            nat64.translate(udp6(CLIENT, 1000, "2001:db8:64::198.51.100.128", 53, payload(1)));
        }
    }

    @Test
    @Tag("C-144")
    void restsUdpPortsForTwoMinutesBeforeTheyAreGivenOutAgain() {
        try (var nat64 = fourPorts(QuarantineSettings.DEFAULT)) {
            fillAndExpire(nat64);
            assertUnreachable(nat64.send(udp6(CLIENT, 3000, SERVER_IN_PREF64, 53, payload(1))));
            assertThat(nat64.drops()).containsExactly(DropReason.POOL4_EXHAUSTED);
            nat64.pass(Duration.ofSeconds(119));
            nat64.translate(udp6(CLIENT, 3000, SERVER_IN_PREF64, 53, payload(1)));
        }
    }

    @Test
    @Tag("C-144")
    void restsNoMorePortsThanAllowedAndNoneWithoutHold() {
        try (var nat64 = fourPorts(new QuarantineSettings(Duration.ofMinutes(2), 3))) {
            fillAndExpire(nat64);
            nat64.translate(udp6(CLIENT, 3000, SERVER_IN_PREF64, 53, payload(1)));
        }
        try (var nat64 = fourPorts(new QuarantineSettings(Duration.ZERO, 1))) {
            fillAndExpire(nat64);
            for (int port = 3000; port < 3004; port++) {
                nat64.translate(udp6(CLIENT, port, SERVER_IN_PREF64, 53, payload(1)));
            }
        }
    }

    private static void fillAndExpire(TestTranslator nat64) {
        for (int port = 2000; port < 2004; port++) {
            nat64.translate(udp6(CLIENT, port, SERVER_IN_PREF64, 53, payload(1)));
        }
        nat64.pass(Duration.ofSeconds(302));
        assertThat(nat64.bindings(Protocol.UDP)).isZero();
    }

    private static TestTranslator fourPorts(QuarantineSettings hold) {
        var state = new StatePolicy(
                Filter.ENDPOINT_INDEPENDENT, false, 8, List.of(), List.of(), hold, SubscriberLimits.NONE);
        var usual = TestNat64.settings(TestNat64.settings().pref64s(), new PortRange(2000, 2003), 1024);
        return new TestTranslator(TestNat64.settings(usual, state));
    }

    private static TestTranslator nat64(SubscriberLimits limits) {
        return new TestTranslator(TestNat64.settings(new StatePolicy(
                Filter.ENDPOINT_INDEPENDENT, false, 8, List.of(), List.of(), QuarantineSettings.DEFAULT, limits)));
    }

    private static void assertUnreachable(List<Wire> sent) {
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().assertSound().icmpType()).isEqualTo(1);
        assertThat(sent.getFirst().icmpCode()).isEqualTo(3);
    }
}
