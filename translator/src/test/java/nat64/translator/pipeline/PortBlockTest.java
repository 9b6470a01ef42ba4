// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo6;
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
import java.util.List;
import java.util.Map;
import nat64.translator.TranslatorSettings;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.packet.DropReason;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StatePolicy.Filter;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortBlockSettings;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.record.Adoption;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Subscribers, here single hosts, get their ports in blocks of 64. */
class PortBlockTest {

    private static final int BLOCK = 64;
    private static final PortRange TWO_BLOCKS = new PortRange(1024, 1024 + 2 * BLOCK - 1);
    private static final PortRange FOUR_BLOCKS = new PortRange(1024, 1024 + 4 * BLOCK - 1);

    @Test
    void allProtocolsShareTheBlockOfAHost() {
        try (var nat64 = new TestTranslator(settings(FOUR_BLOCKS, 1))) {
            int udp = nat64.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)))
                    .sourcePort();
            int tcp = nat64.translate(tcp6(CLIENT, 1001, SERVER_IN_PREF64, 80, "S", payload(0)))
                    .sourcePort();
            int icmp =
                    nat64.translate(echo6(CLIENT, SERVER_IN_PREF64, true, 7, 1)).icmpIdentifier();
            assertThat(List.of(tcp / BLOCK, icmp / BLOCK)).containsOnly(udp / BLOCK);
        }
    }

    @Test
    void hostsOfDifferentSubscribersHaveDifferentBlocks() {
        try (var nat64 = new TestTranslator(settings(TWO_BLOCKS, 1))) {
            int one = nat64.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)))
                    .sourcePort();
            int other = nat64.translate(udp6(OTHER_CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)))
                    .sourcePort();
            assertThat(other / BLOCK).isNotEqualTo(one / BLOCK);
        }
    }

    @Test
    @Tag("C-203")
    void aHostWithFullBlocksIsAtItsLimitAndItsSessionsContinue() {
        try (var nat64 = new TestTranslator(settings(FOUR_BLOCKS, 2))) {
            for (int i = 0; i < 2 * BLOCK; i++) {
                nat64.translate(udp6(CLIENT, 2000 + i, SERVER_IN_PREF64, 53, payload(1)));
            }
            nat64.send(udp6(CLIENT, 5000, SERVER_IN_PREF64, 53, payload(1)));
            assertThat(nat64.drops()).containsExactly(DropReason.SUBSCRIBER_PORT_LIMIT);
            nat64.translate(udp6(CLIENT, 2000, SERVER_IN_PREF64, 53, payload(1)));
            nat64.translate(udp6(OTHER_CLIENT, 5000, SERVER_IN_PREF64, 53, payload(1)));
            nat64.translate(tcp6(CLIENT, 5000, SERVER_IN_PREF64, 80, "S", payload(0)));
        }
    }

    @Test
    void aHostWithoutABlockIsRefusedWhenAllAreTaken() {
        try (var nat64 = new TestTranslator(settings(new PortRange(1024, 1024 + BLOCK - 1), 4))) {
            nat64.translate(udp6(CLIENT, 2000, SERVER_IN_PREF64, 53, payload(1)));
            nat64.send(udp6(OTHER_CLIENT, 2000, SERVER_IN_PREF64, 53, payload(1)));
            assertThat(nat64.drops()).containsExactly(DropReason.POOL4_EXHAUSTED);
        }
    }

    @Test
    @Tag("C-144")
    void aReleasedBlockRestsAlsoAfterTcpAlone() {
        try (var nat64 = new TestTranslator(settings(new PortRange(1024, 1024 + BLOCK - 1), 4))) {
            nat64.translate(tcp6(CLIENT, 2000, SERVER_IN_PREF64, 80, "S", payload(0)));
            nat64.pass(Duration.ofMinutes(5));
            assertThat(nat64.bindings(Protocol.TCP)).isZero();
            nat64.send(udp6(OTHER_CLIENT, 2000, SERVER_IN_PREF64, 53, payload(1)));
            assertThat(nat64.drops()).containsExactly(DropReason.POOL4_EXHAUSTED);
            nat64.pass(Duration.ofSeconds(121));
            nat64.translate(udp6(OTHER_CLIENT, 2000, SERVER_IN_PREF64, 53, payload(1)));
        }
    }

    @Test
    void aPortBelow1024BecomesAHigherOne() {
        try (var nat64 = new TestTranslator(settings(PortRange.ALL, 4))) {
            var sent = nat64.translate(udp6(CLIENT, 123, SERVER_IN_PREF64, 123, payload(1)));
            assertThat(sent.sourcePort()).isGreaterThanOrEqualTo(1024);
            assertThat(sent.sourcePort() % 2).isEqualTo(1);
        }
    }

    @Test
    void thePortOfAStaticBindingIsGivenToNoOtherHost() {
        var binding = new StaticBinding(
                Protocol.UDP, Ipv6Address.parse(OTHER_CLIENT), 53, Ipv4Address.parse("203.0.113.1"), 1030);
        var usual = settings(new PortRange(1024, 1024 + BLOCK - 1), 1);
        var settings = TestNat64.settings(usual, usual.state().withBindings(List.of(binding)));
        try (var nat64 = new TestTranslator(settings)) {
            for (int i = 0; i < BLOCK - 1; i++) {
                var sent = nat64.translate(udp6(CLIENT, 2000 + i, SERVER_IN_PREF64, 53, payload(1)));
                assertThat(sent.sourcePort()).isNotEqualTo(1030);
            }
            nat64.send(udp6(CLIENT, 5000, SERVER_IN_PREF64, 53, payload(1)));
            assertThat(nat64.drops()).containsExactly(DropReason.SUBSCRIBER_PORT_LIMIT);
            var in = nat64.translate(udp4(SERVER, 53, "203.0.113.1", 1030, payload(1)));
            assertThat(in.destinationPort()).isEqualTo(53);
        }
    }

    @Test
    void afterARestartEachHostHasItsBlocksAgain() {
        var settings = settings(TWO_BLOCKS, 1);
        try (var before = new TestTranslator(settings, 1);
                var after = new TestTranslator(settings, 2)) {
            int one = before.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)))
                    .sourcePort();
            int other = before.translate(tcp6(OTHER_CLIENT, 1000, SERVER_IN_PREF64, 80, "S", payload(0)))
                    .sourcePort();
            assertThat(after.adopt(before.snapshot(), Duration.ZERO)).isEqualTo(Map.of(Adoption.ADOPTED, 2));
            for (int i = 1; i < BLOCK; i++) {
                int port = after.translate(udp6(CLIENT, 2000 + i, SERVER_IN_PREF64, 53, payload(1)))
                        .sourcePort();
                assertThat(port / BLOCK).isEqualTo(one / BLOCK).isNotEqualTo(other / BLOCK);
            }
            after.send(udp6(CLIENT, 5000, SERVER_IN_PREF64, 53, payload(1)));
            assertThat(after.drops()).containsExactly(DropReason.SUBSCRIBER_PORT_LIMIT);
        }
    }

    @Test
    void blocksThatRestDoSoAfterARestart() {
        var settings = settings(new PortRange(1024, 1024 + BLOCK - 1), 1);
        try (var before = new TestTranslator(settings, 1);
                var after = new TestTranslator(settings, 2)) {
            before.translate(tcp6(CLIENT, 1000, SERVER_IN_PREF64, 80, "S", payload(0)));
            before.pass(Duration.ofMinutes(5));
            after.adopt(before.snapshot(), Duration.ofSeconds(30));
            after.send(udp6(OTHER_CLIENT, 5000, SERVER_IN_PREF64, 53, payload(1)));
            assertThat(after.drops()).containsExactly(DropReason.POOL4_EXHAUSTED);
            after.pass(Duration.ofSeconds(91));
            after.translate(udp6(OTHER_CLIENT, 5000, SERVER_IN_PREF64, 53, payload(1)));
        }
    }

    @Test
    void sessionsOfATimeWithoutBlocksGoOnInTheBlocksOfOthers() {
        var ports = new PortRange(1024, 1024 + BLOCK - 1);
        try (var before = new TestTranslator(withoutBlocks(ports), 1);
                var after = new TestTranslator(settings(ports, 1), 2)) {
            before.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
            before.translate(udp6(OTHER_CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
            assertThat(after.adopt(before.snapshot(), Duration.ZERO)).isEqualTo(Map.of(Adoption.ADOPTED, 2));
            after.translate(udp6(CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
            after.translate(udp6(OTHER_CLIENT, 1000, SERVER_IN_PREF64, 53, payload(1)));
            after.pass(Duration.ofMinutes(10));
            assertThat(after.bindings(Protocol.UDP)).isZero();
        }
    }

    @Test
    void aRangeWithoutAWholeBlockIsRefused() {
        assertThatThrownBy(() -> settings(new PortRange(1030, 1100), 1))
                .hasMessageContaining("no whole block of 64 ports");
    }

    private static TranslatorSettings settings(PortRange ports, int most) {
        var state = new StatePolicy(Filter.ENDPOINT_INDEPENDENT, false, 8, List.of());
        return TestNat64.settings(withoutBlocks(ports), state.with(new PortBlockSettings(BLOCK, most, 128)));
    }

    /** With one pool4 address. */
    private static TranslatorSettings withoutBlocks(PortRange ports) {
        var usual = TestNat64.settings();
        return new TranslatorSettings(
                usual.pref64s(),
                List.of(new Pool4Range(Ipv4Prefix.parse("203.0.113.1"), ports)),
                usual.clients(),
                usual.translateNonGlobal(),
                usual.lifetimes(),
                usual.maxSessions(),
                usual.ownAddress(),
                usual.icmpErrorsPerSecond(),
                usual.translation(),
                usual.state(),
                usual.fragments());
    }
}
