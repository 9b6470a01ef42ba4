// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.OTHER_CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one host, or one stranger, cannot take from the others. */
class FairTablesTest {

    private static final int CAPACITY = 200;
    private static final byte[] NO_DATA = {};

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void unansweredSessionsMakeRoomInAFullTable(Protocol protocol) {
        try (var nat64 = nat64(PortRange.ALL, SubscriberLimits.NONE)) {
            for (int i = 0; i < CAPACITY + 10; i++) {
                open(nat64, protocol, "2001:db8:1::" + Integer.toHexString(0x1000 + i), 5000);
            }
            assertThat(nat64.dropped(DropReason.SESSION_TABLE_FULL)).isEqualTo(10);
            nat64.pass(Duration.ofSeconds(3));
            for (int i = 0; i < CAPACITY; i++) {
                assertThat(open(nat64, protocol, CLIENT, 6000 + i)).isEqualTo(4);
            }
            assertThat(nat64.table(protocol).pressure().endedEarly()).isGreaterThanOrEqualTo(CAPACITY);
        }
    }

    @Test
    void sessionsEndTheSoonerTheFullerTheTableIs() {
        try (var nat64 = nat64(PortRange.ALL, SubscriberLimits.NONE)) {
            for (int i = 0; i < CAPACITY * 85 / 100; i++) {
                open(nat64, Protocol.UDP, CLIENT, 1000 + i);
            }
            nat64.pass(Duration.ofSeconds(20));
            for (int i = 0; i < 5; i++) {
                open(nat64, Protocol.UDP, CLIENT, 2000 + i);
            }
            assertThat(nat64.table(Protocol.UDP).pressure().endedEarly())
                    .as("at 85 per cent, after 20 s")
                    .isZero();
            nat64.pass(Duration.ofSeconds(11));
            open(nat64, Protocol.UDP, CLIENT, 3000);
            assertThat(nat64.table(Protocol.UDP).pressure().endedEarly())
                    .as("after 31 s")
                    .isPositive();
        }
    }

    @Test
    void answeredSessionsAreNeverEnded() {
        try (var nat64 = nat64(PortRange.ALL, SubscriberLimits.NONE)) {
            for (int i = 0; i < CAPACITY; i++) {
                var out = nat64.translate(udp6(CLIENT, 1000 + i, SERVER_IN_PREF64, 53, payload(1)));
                nat64.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(1)));
                var syn = nat64.translate(tcp6(CLIENT, 1000 + i, SERVER_IN_PREF64, 80, "S", NO_DATA));
                nat64.translate(tcp4(SERVER, 80, syn.source(), syn.sourcePort(), "SA", NO_DATA));
            }
            nat64.pass(Duration.ofSeconds(100));
            for (int i = 0; i < 1000; i++) {
                open(nat64, Protocol.UDP, OTHER_CLIENT, 1000 + i);
                open(nat64, Protocol.TCP, OTHER_CLIENT, 1000 + i);
            }
            assertThat(nat64.sessions(Protocol.UDP)).isEqualTo(CAPACITY);
            assertThat(nat64.sessions(Protocol.TCP)).isEqualTo(CAPACITY);
            assertThat(nat64.table(Protocol.UDP).pressure().unanswered()).isZero();
            assertThat(nat64.table(Protocol.UDP).pressure().endedEarly()).isZero();
            assertThat(nat64.table(Protocol.TCP).pressure().endedEarly()).isZero();
            assertThat(nat64.dropped(DropReason.SESSION_TABLE_FULL)).isEqualTo(2000);
        }
    }

    @Test
    void unansweredSessionsMakeRoomWherePortsAreFewerThanRows() {
        try (var nat64 = nat64(new PortRange(2000, 2009), SubscriberLimits.NONE)) { // 40 ports
            for (int i = 0; i < 1000; i++) {
                open(nat64, Protocol.UDP, "2001:db8:1::" + Integer.toHexString(0x1000 + i), 5001);
                nat64.pass(Duration.ofMillis(100));
            }
            int opened = 0;
            for (int i = 0; i < 100; i++) {
                nat64.pass(Duration.ofSeconds(1));
                opened +=
                        open(nat64, Protocol.UDP, "2001:db8:1::" + Integer.toHexString(0x3000 + i), 5001) == 4 ? 1 : 0;
            }
            assertThat(opened).isGreaterThan(90);
        }
    }

    @Test
    void oneSubscriberTakesAQuarterOfThePortsOfEachAddress() {
        try (var nat64 = nat64(new PortRange(2000, 2039), new SubscriberLimits(64, 0, 0, 0, 4))) {
            int opened = 0;
            for (int i = 0; i < 100; i++) {
                opened += open(nat64, Protocol.UDP, CLIENT, 2 * i + 1) == 4 ? 1 : 0;
            }
            assertThat(opened).isEqualTo(10);
            assertThat(nat64.dropped(DropReason.SUBSCRIBER_PORT_LIMIT)).isEqualTo(90);
            assertThat(open(nat64, Protocol.TCP, CLIENT, 1))
                    .as("the ports of another protocol")
                    .isEqualTo(4);
            nat64.pass(Duration.ofMinutes(6));
            assertThat(open(nat64, Protocol.UDP, CLIENT, 1)).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"TCP", "UDP"})
    void strangersUseUpNothingThatTheSubscriberMayOpen(Protocol protocol) {
        try (var nat64 = nat64(PortRange.ALL, new SubscriberLimits(64, 20, 20, 20))) {
            var out = nat64.translate(packet(protocol, CLIENT, 4000));
            var random = new Random(6888);
            for (int i = 0; i < 300; i++) {
                nat64.send(fromStranger(protocol, random, out));
            }
            assertThat(nat64.dropped(DropReason.SUBSCRIBER_INBOUND_LIMIT)).isEqualTo(280);
            for (int i = 1; i < 20; i++) {
                assertThat(open(nat64, protocol, CLIENT, 5000 + i)).isEqualTo(4);
            }
            assertThat(nat64.dropped(DropReason.SUBSCRIBER_SESSION_LIMIT)).isZero();
            assertThat(nat64.dropped(DropReason.SUBSCRIBER_RATE_LIMIT)).isZero();
        }
    }

    @Test
    void whatTheSubscriberOpensUsesUpNothingOfItsVisitors() {
        try (var nat64 = nat64(PortRange.ALL, new SubscriberLimits(64, 20, 0, 20))) {
            var out = nat64.translate(packet(Protocol.UDP, CLIENT, 4000));
            for (int i = 0; i < 100; i++) {
                open(nat64, Protocol.UDP, CLIENT, 5000 + i);
            }
            assertThat(nat64.dropped(DropReason.SUBSCRIBER_SESSION_LIMIT)).isEqualTo(81);
            assertThat(nat64.send(udp4("198.51.100.77", 9, out.source(), out.sourcePort(), payload(1))))
                    .hasSize(1);
        }
    }

    /** The version of the first packet that comes out: 4 if the session is open, 6 for an ICMP error. */
    private static int open(TestTranslator nat64, Protocol protocol, String client, int port) {
        var sent = nat64.send(packet(protocol, client, port));
        return sent.isEmpty() ? 0 : sent.getFirst().version();
    }

    private static byte[] packet(Protocol protocol, String client, int port) {
        return switch (protocol) {
            case TCP -> tcp6(client, port, SERVER_IN_PREF64, 80, "S", NO_DATA);
            case UDP -> udp6(client, port, SERVER_IN_PREF64, 53, payload(1));
            case ICMP -> echo6(client, SERVER_IN_PREF64, true, port, 1);
        };
    }

    private static byte[] fromStranger(Protocol protocol, Random random, Wire out) {
        var source = "198.51.100." + (3 + random.nextInt(250));
        int port = 1024 + random.nextInt(60_000);
        return protocol == Protocol.TCP
                ? tcp4(source, port, out.source(), out.sourcePort(), "S", NO_DATA)
                : udp4(source, port, out.source(), out.sourcePort(), payload(1));
    }

    private static TestTranslator nat64(PortRange ports, SubscriberLimits limits) {
        var usual = TestNat64.settings(TestNat64.settings().pref64s(), ports, CAPACITY);
        var state = new StatePolicy(
                Filter.ENDPOINT_INDEPENDENT, false, 8, List.of(), List.of(), QuarantineSettings.DEFAULT, limits);
        return new TestTranslator(TestNat64.settings(usual, state));
    }
}
