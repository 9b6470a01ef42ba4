// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.OTHER_CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nat64.translator.TranslatorStatistics.Traffic;
import nat64.translator.packet.Counters.Forwarded;
import nat64.translator.packet.ForwardingPath;
import nat64.translator.packet.TransportClass;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionEnd;
import nat64.translator.session.table.TcpState;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is counted while packets flow, by protocol, path, state and reason. */
class StatisticsTest {

    private static final byte[] NO_DATA = {};

    private final TestTranslator nat64 = new TestTranslator(TestNat64.settings());

    @AfterEach
    void close() {
        nat64.close();
    }

    @Test
    void countsPacketsOfEachProtocolApart() {
        nat64.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(10)));
        nat64.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(10)));
        var echo = echo6(CLIENT, SERVER_IN_PREF64, true, 7, 1);
        nat64.translate(echo);
        var syn = connect(1000);
        nat64.translate(tcp4(SERVER, 80, syn.source(), syn.sourcePort(), "SA", NO_DATA));

        assertThat(counted(nat64.statistics().fromIpv6()))
                .containsExactlyInAnyOrder(
                        new Forwarded(TransportClass.UDP, ForwardingPath.TRANSLATED, 2, 2 * (40 + 8 + 10)),
                        new Forwarded(TransportClass.ICMP, ForwardingPath.TRANSLATED, 1, echo.length),
                        new Forwarded(TransportClass.TCP, ForwardingPath.TRANSLATED, 1, 40 + 20));
        assertThat(counted(nat64.statistics().fromIpv4()))
                .containsExactly(new Forwarded(TransportClass.TCP, ForwardingPath.TRANSLATED, 1, 20 + 20));
        assertThat(nat64.statistics().fromIpv6().packets()).isEqualTo(4);
    }

    @Test
    void countsHairpinnedPacketsApart() {
        var other = nat64.translate(udp6(OTHER_CLIENT, 2000, SERVER_IN_PREF64, 53, payload(10)));
        nat64.translate(udp6(CLIENT, 1000, "2001:db8:64::" + other.source(), other.sourcePort(), payload(10)));

        assertThat(counted(nat64.statistics().fromIpv6()))
                .extracting(Forwarded::path, Forwarded::packets)
                .containsExactlyInAnyOrder(tuple(ForwardingPath.TRANSLATED, 1L), tuple(ForwardingPath.HAIRPINNED, 1L));
    }

    @Test
    void countsTcpSessionsByState() {
        connect(1000);
        establish(1001);
        var closing = establish(1002);
        nat64.translate(tcp4(SERVER, 80, closing.source(), closing.sourcePort(), "FA", NO_DATA));

        assertThat(states()).isEqualTo(Map.of(TcpState.V6_INIT, 1L, TcpState.ESTABLISHED, 1L, TcpState.V4_FIN_RCV, 1L));

        nat64.pass(Duration.ofHours(3));
        assertThat(states()).isEmpty();
    }

    @Test
    void tellsWhySessionsEnded() {
        nat64.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(10)));
        connect(1000);
        establish(1001);
        var closing = establish(1002);
        nat64.translate(tcp4(SERVER, 80, closing.source(), closing.sourcePort(), "FA", NO_DATA));
        nat64.translate(tcp6(CLIENT, 1002, SERVER_IN_PREF64, 80, "FA", NO_DATA));

        nat64.pass(Duration.ofHours(3));

        assertThat(ended(Protocol.UDP)).isEqualTo(Map.of(SessionEnd.IDLE, 1L));
        assertThat(ended(Protocol.TCP))
                .as("half open, idle without an answer to the probe, closed by both")
                .isEqualTo(Map.of(SessionEnd.OPENING, 1L, SessionEnd.TRANS, 1L, SessionEnd.FIN, 1L));
        assertThat(nat64.table(Protocol.TCP).expired()).isEqualTo(3);
    }

    @Test
    void countsErrorsThatTheLimitHeldBack() {
        var expired = udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(10));
        expired[7] = 1;
        for (int i = 0; i < 300; i++) {
            nat64.send(expired);
        }
        var statistics = nat64.statistics();
        assertThat(statistics.icmpErrorsSent()).isPositive();
        assertThat(statistics.icmpErrorsRefused()).isEqualTo(300 - statistics.icmpErrorsSent());
    }

    private Wire connect(int port) {
        return nat64.translate(tcp6(CLIENT, port, SERVER_IN_PREF64, 80, "S", NO_DATA));
    }

    private Wire establish(int port) {
        var syn = connect(port);
        nat64.translate(tcp4(SERVER, 80, syn.source(), syn.sourcePort(), "SA", NO_DATA));
        nat64.translate(tcp6(CLIENT, port, SERVER_IN_PREF64, 80, "A", NO_DATA));
        return syn;
    }

    private Map<TcpState, Long> states() {
        return withoutZeros(nat64.table(Protocol.TCP).states());
    }

    private Map<SessionEnd, Long> ended(Protocol protocol) {
        return withoutZeros(nat64.table(protocol).ended());
    }

    private static <K> Map<K, Long> withoutZeros(Map<K, Long> counts) {
        return counts.entrySet().stream()
                .filter(count -> count.getValue() != 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<Forwarded> counted(Traffic traffic) {
        return traffic.forwarded().stream()
                .filter(forwarded -> forwarded.packets() > 0)
                .toList();
    }
}
