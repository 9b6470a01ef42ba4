// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import nat64.dns64.Dns64Statistics;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.statistics.AnswerGroup;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.CertificateState;
import nat64.dns64.statistics.Durations;
import nat64.dns64.statistics.SecurityStatus;
import nat64.dns64.statistics.Transport;
import nat64.dns64.statistics.UpstreamStatistics;
import nat64.gateway.json.Json;
import nat64.translator.TranslatorStatistics;
import nat64.translator.address.Pref64;
import nat64.translator.packet.DropReason;
import nat64.translator.session.record.TableCounts;
import nat64.translator.session.table.Protocol;
import org.junit.jupiter.api.Test;

class StatisticsReportTest {

    @Test
    void leavesOutTheHalfThatDoesNotRun() {
        assertThat(StatisticsReport.of(Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void becomesJsonWithTheNamesOfTheMetrics() {
        var report = StatisticsReport.of(
                Optional.of(new TranslatorStatistics(
                        new TranslatorStatistics.Traffic(1, 2, Map.of(DropReason.TRUNCATED, 3L)),
                        new TranslatorStatistics.Traffic(4, 5, Map.of()),
                        6,
                        7,
                        Map.of(Protocol.TCP, new TableCounts(1, 2, 3, 4, 5)))),
                Optional.of(new Dns64Statistics(
                        Map.of(Transport.TCP, 1L),
                        Map.of(new AnswerGroup("NOERROR", AnswerReason.NATIVE, "default"), 2L),
                        Map.of(),
                        Durations.Counts.NONE,
                        new Dns64Statistics.Cache(1, 2, 3, 4, 5),
                        new Dns64Statistics.Cache(5, 6, 7, 8, 9),
                        new Dns64Statistics.Spared(10, 11),
                        Map.of(
                                UpstreamServer.plain(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.53"), 53)),
                                new UpstreamStatistics(1, 2, 3, 4, 5, 6, Durations.Counts.NONE, 0.5, true, false)),
                        Map.of(Pref64.WELL_KNOWN, true),
                        0,
                        0,
                        0,
                        Optional.of(new CertificateState(Instant.EPOCH, 5, 6)),
                        Map.of(SecurityStatus.BOGUS, 7L))));

        assertThat(Json.of(report).replaceAll("\\s", ""))
                .contains("\"from_ipv6\":{\"packets\":1,\"octets\":2,\"dropped\":{\"truncated\":3},")
                .contains("\"tables\":{\"tcp\":{\"sessions\":1,")
                .contains("\"dnssec\":{\"bogus\":7}")
                .contains("\"certificate\":{\"expires\":\"1970-01-01T00:00:00Z\",\"reloads\":5,\"failures\":6}")
                .contains("\"answers\":{\"NOERROR\":{\"native\":2}}")
                .contains("\"prefixes_up\":{\"64:ff9b::/96\":true}")
                .contains("\"upstreams\":{\"192.0.2.53:53\":{\"queries\":1,");
    }
}
