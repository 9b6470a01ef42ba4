// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nat64.dns64.Dns64Statistics;
import nat64.dns64.Dns64Statistics.Cache;
import nat64.dns64.Dns64Statistics.Spared;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.statistics.AnswerGroup;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.CertificateState;
import nat64.dns64.statistics.Durations;
import nat64.dns64.statistics.SecurityStatus;
import nat64.dns64.statistics.Transport;
import nat64.dns64.statistics.UpstreamStatistics;
import nat64.gateway.admin.access.AdminStatistics;
import nat64.gateway.bindinglog.BindingLogStatus;
import nat64.gateway.health.Finding;
import nat64.gateway.health.ProbeState;
import nat64.gateway.host.HostHealth;
import nat64.gateway.restart.KeptSessions;
import nat64.translator.BatchTimes;
import nat64.translator.TranslatorStatistics;
import nat64.translator.TranslatorStatistics.Traffic;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.packet.Counters.Forwarded;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.ForwardingPath;
import nat64.translator.packet.TransportClass;
import nat64.translator.session.record.Occupancy;
import nat64.translator.session.record.Pool4Record;
import nat64.translator.session.record.Pool4Record.Ports;
import nat64.translator.session.record.SubscriberRecord;
import nat64.translator.session.record.TableCounts;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionEnd;
import nat64.translator.session.table.TcpState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\S+) (.+)$");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `((?:nat64|dns64)_[a-z0-9_]+)` \\|");

    private static final Pattern REASON = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|");

    private static final Path MADE = Path.of("target/metrics.md");

    private final String text = metrics().text();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nat64_build_info{version=\"1.2.3\",} 1.0",
                "nat64_config_last_reload_successful 1.0",
                "nat64_config_last_reload_success_timestamp_seconds 90.0",
                "nat64_health_probe_up{probe=\"64:ff9b::/96\",} 1.0",
                "nat64_health_probe_round_trip_seconds{probe=\"64:ff9b::/96\",} 0.5",
                "nat64_health_probe_up{probe=\"uplink\",} 0.0",
                "nat64_translated_packets_total{direction=\"from_ipv6\",protocol=\"tcp\",path=\"hairpinned\",} 11.0",
                "nat64_translated_packets_total{direction=\"from_ipv4\",protocol=\"udp\",path=\"translated\",} 21.0",
                "nat64_translated_bytes_total{direction=\"from_ipv6\",protocol=\"tcp\",path=\"hairpinned\",} 12.0",
                "nat64_ready 1.0",
                "nat64_icmp_errors_suppressed_total 7.0",
                "nat64_session_events_lost_total 8.0",
                "nat64_sessions_ended_total{protocol=\"tcp\",reason=\"fin\",} 9.0",
                "nat64_tcp_sessions{state=\"v4_init\",} 10.0",
                "nat64_batch_duration_seconds_bucket{le=\"1.0E-5\",} 2.0",
                "nat64_batch_duration_seconds_bucket{le=\"+Inf\",} 13.0",
                "nat64_batch_duration_seconds_count 13.0",
                "nat64_batch_duration_seconds_sum 1.5",
                "nat64_worker_busy_seconds_total{worker=\"1\",} 1.0",
                "nat64_fragments_stored{direction=\"from_ipv6\",} 1.0",
                "nat64_fragments_stored{direction=\"from_ipv4\",} 2.0",
                "nat64_fragments_capacity 3.0",
                "nat64_stored_syns 4.0",
                "nat64_pool4_ports{address=\"203.0.113.1\",protocol=\"udp\",state=\"bound\",} 10.0",
                "nat64_pool4_ports{address=\"203.0.113.1\",protocol=\"udp\",state=\"quarantined\",} 20.0",
                "nat64_pool4_ports{address=\"203.0.113.1\",protocol=\"udp\",state=\"free\",} 70.0",
                "nat64_pool4_ports{address=\"other\",protocol=\"udp\",state=\"bound\",} 5.0",
                "nat64_pool4_ports{address=\"other\",protocol=\"udp\",state=\"quarantined\",} 6.0",
                "nat64_pool4_ports{address=\"other\",protocol=\"udp\",state=\"free\",} 189.0",
                "nat64_port_blocks{state=\"used\",} 8.0",
                "nat64_port_blocks{state=\"quarantined\",} 9.0",
                "nat64_port_blocks{state=\"free\",} 109.0",
                "nat64_pool4_offered_ports{address=\"203.0.113.1\",} 100.0",
                "nat64_pool4_offered_ports{address=\"other\",} 200.0",
                "nat64_top_subscriber_sessions{prefix=\"2001:db8:1::/64\",} 12.0",
                "nat64_device_lost_packets_total{device=\"nat64\",reason=\"queue_full\",} 3.0",
                "nat64_device_lost_packets_total{device=\"nat64\",reason=\"too_long\",} 4.0",
                "nat64_device_queued_packets{device=\"nat64\",} 5.0",
                "nat64_dropped_packets_total{direction=\"from_ipv6\",reason=\"truncated\",} 7.0",
                "nat64_dropped_packets_total{direction=\"from_ipv4\",reason=\"no_binding\",} 0.0",
                "nat64_icmp_errors_sent_total 5.0",
                "nat64_sessions{protocol=\"tcp\",} 1.0",
                "nat64_session_capacity{protocol=\"udp\",} 2.0",
                "nat64_bindings{protocol=\"icmp\",} 3.0",
                "nat64_sessions_created_total{protocol=\"tcp\",} 4.0",
                "nat64_sessions_expired_total{protocol=\"tcp\",} 5.0",
                "nat64_binding_log_records_written_total{format=\"json\",} 51.0",
                "nat64_binding_log_records_lost_total{format=\"syslog\",} 52.0",
                "nat64_binding_log_events_lost_total 53.0",
                "nat64_admin_wrong_tokens_total 54.0",
                "nat64_admin_limited_requests_total 55.0",
                "nat64_kept_sessions_records 31.0",
                "nat64_kept_sessions_writes_total{result=\"ok\",} 32.0",
                "nat64_kept_sessions_writes_total{result=\"failed\",} 33.0",
                "nat64_kept_sessions_age_seconds 1.5",
                "nat64_kept_sessions_found_total{result=\"adopted\",} 34.0",
                "nat64_kept_sessions_files_refused_total{reason=\"damaged\",} 35.0",
                "dns64_queries_total{transport=\"udp\",} 8.0",
                "dns64_answers_total{rcode=\"NOERROR\",reason=\"synthesized\",view=\"site\",} 6.0",
                "dns64_query_duration_seconds_bucket{le=\"0.001\",} 0.0",
                "dns64_query_duration_seconds_bucket{le=\"0.0025\",} 1.0",
                "dns64_query_duration_seconds_bucket{le=\"+Inf\",} 2.0",
                "dns64_query_duration_seconds_count 2.0",
                "dns64_query_duration_seconds_sum 3.002",
                "dns64_upstream_duration_seconds_bucket{upstream=\"[2001:db8::53]:53\",le=\"2.5\",} 1.0",
                "dns64_cache_evictions_total 45.0",
                "dns64_packet_cache_evictions_total 85.0",
                "dns64_coalesced_questions_total 91.0",
                "dns64_cached_failures_total 92.0",
                "dns64_dropped_total{reason=\"too_short\",} 2.0",
                "dns64_queries_in_flight 1.0",
                "dns64_tcp_connections 3.0",
                "dns64_cache_entries 10.0",
                "dns64_cache_bytes 20.0",
                "dns64_cache_hits_total 30.0",
                "dns64_cache_misses_total 40.0",
                "dns64_query_log_lost_total 9.0",
                "dns64_prefix_up{prefix=\"64:ff9b::/96\",} 0.0",
                "dns64_upstream_queries_total{upstream=\"[2001:db8::53]:53\",} 5.0",
                "dns64_upstream_failures_total{upstream=\"[2001:db8::53]:53\",} 6.0",
                "dns64_upstream_timeouts_total{upstream=\"[2001:db8::53]:53\",} 7.0",
                "dns64_upstream_mismatches_total{upstream=\"[2001:db8::53]:53\",} 8.0",
                "dns64_upstream_tcp_fallbacks_total{upstream=\"[2001:db8::53]:53\",} 9.0",
                "dns64_upstream_connections_total{upstream=\"[2001:db8::53]:53\",} 10.0",
                "dns64_upstream_rtt_seconds{upstream=\"[2001:db8::53]:53\",} 0.25",
                "dns64_upstream_up{upstream=\"[2001:db8::53]:53\",} 1.0",
                "dns64_upstream_synthesizes{upstream=\"[2001:db8::53]:53\",} 0.0",
            })
    void exports(String sample) {
        assertThat(text.lines()).contains(sample);
    }

    @Test
    void exportsProcessAndRuntime() {
        assertThat(text)
                .contains("process_cpu_seconds_total", "jvm_memory_pool_bytes_used", "jvm_gc_collection_seconds");
    }

    @Test
    void namesFamiliesByTheRules() {
        TYPE.matcher(text).results().filter(type -> isOurs(type.group(1))).forEach(type -> {
            assertThat(type.group(1)).matches("(nat64|dns64)_[a-z][a-z0-9_]*[a-z0-9]");
            assertThat(type.group(1).endsWith("_total"))
                    .as("%s ends in _total if it is a counter", type.group(1))
                    .isEqualTo(type.group(2).equals("counter"));
            assertThat(type.group(1)).doesNotContain("octets", "millis", "kilo");
        });
    }

    @Test
    void helpsWithEachFamilyOnce() {
        var helped = HELP.matcher(text).results().map(help -> help.group(1)).toList();

        assertThat(helped).doesNotHaveDuplicates().containsAll(families());
    }

    @Test
    void readsStatisticsAnewAtEachScrape() {
        var packets = new long[1];
        var metrics = new Metrics("x");
        metrics.addTranslator(() -> new TranslatorStatistics(
                new Traffic(packets[0], 0, Map.of(), List.of(tcp(packets[0]))),
                new Traffic(0, 0, Map.of()),
                0,
                0,
                Map.of()));

        packets[0] = 42;

        assertThat(metrics.text()).contains("protocol=\"tcp\",path=\"hairpinned\",} 42.0");
    }

    @Test
    void documentationIsWhatTheBuildMakes() throws Exception {
        var template = Files.readString(Path.of("src/test/resources/nat64/gateway/metrics/metrics.md"));
        var page = MetricsDocument.of(text).page(template, documentation());
        Files.createDirectories(MADE.toAbsolutePath().getParent());
        Files.writeString(MADE, page);

        assertThat(documentation().equals(page))
                .as("docs/metrics.md is old; take the new one: cp deploy/target/metrics.md docs/metrics.md")
                .isTrue();
    }

    @Test
    void documentationListsExactlyWhatIsExported() throws Exception {
        var documented = new TreeSet<String>();
        DOCUMENTED.matcher(documentation()).results().forEach(row -> documented.add(row.group(1)));

        assertThat(documented).isEqualTo(families());
    }

    @Test
    void documentationListsEveryReasonToDropPackets() throws Exception {
        assertThat(documentedUnder("Reasons to drop packets"))
                .containsExactlyInAnyOrderElementsOf(DropReason.ALL.stream()
                        .filter(reason -> reason != DropReason.NONE)
                        .map(DropReason::label)
                        .toList());
    }

    @Test
    void documentationListsEveryReasonOfAnswers() throws Exception {
        assertThat(documentedUnder("Reasons of answers"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(AnswerReason.values())
                        .map(AnswerReason::label)
                        .toList());
    }

    @Test
    void documentationListsEveryReasonToLeaveQueriesAlone() throws Exception {
        assertThat(documentedUnder("Reasons to drop queries"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(nat64.dns64.statistics.DropReason.values())
                        .map(nat64.dns64.statistics.DropReason::label)
                        .toList());
    }

    private static List<String> documentedUnder(String heading) throws Exception {
        var page = documentation();
        int start = page.indexOf("## " + heading);
        return REASON.matcher(page.substring(start, page.indexOf("\n## ", start)))
                .results()
                .map(row -> row.group(1))
                .toList();
    }

    private Set<String> families() {
        var families = new TreeSet<String>();
        TYPE.matcher(text)
                .results()
                .map(type -> type.group(1))
                .filter(MetricsTest::isOurs)
                .forEach(families::add);
        return families;
    }

    private static boolean isOurs(String family) {
        return family.startsWith("nat64_") || family.startsWith("dns64_");
    }

    private static String documentation() throws Exception {
        return Files.readString(Path.of("../docs/metrics.md"));
    }

    private static Metrics metrics() {
        var metrics = new Metrics("1.2.3");
        metrics.addReload(() -> new ReloadStatus(true, Instant.ofEpochSecond(90)));
        metrics.addReadiness(() -> true);
        metrics.addTranslator(MetricsTest::translator);
        metrics.addTables(MetricsTest::tables);
        metrics.addDevices(() -> List.of(new DeviceStatus("nat64", 3, 4, OptionalInt.of(5))));
        metrics.addHost(() -> new HostHealth(Map.of("route", true), Map.of("route", 2L), List.of()));
        metrics.addKeptSessions(() ->
                new KeptSessions(31, 32, 33, OptionalDouble.of(1.5), Map.of("adopted", 34L), Map.of("damaged", 35L)));
        metrics.addAdmin(() -> new AdminStatistics(54, 55));
        metrics.addBindingLog(() -> new BindingLogStatus(Map.of("json", 51L), Map.of("syslog", 52L), 53));
        metrics.addProbes(() -> List.of(
                new ProbeState("64:ff9b::/96", Optional.of(new Finding.Passed(Duration.ofMillis(500))), 0, 0, true),
                new ProbeState("uplink", Optional.of(new Finding.Failed("no uplink", false)), 0, 2, true),
                new ProbeState("dns64", Optional.empty(), 0, 0, false)));
        metrics.addDns64(() -> new Dns64Statistics(
                Map.of(Transport.UDP, 8L),
                Map.of(new AnswerGroup("NOERROR", AnswerReason.SYNTHESIZED, "site"), 6L),
                Map.of(nat64.dns64.statistics.DropReason.TOO_SHORT, 2L),
                durations(),
                new Cache(10, 20, 30, 40, 45),
                new Cache(50, 60, 70, 80, 85),
                new Spared(91, 92),
                Map.of(
                        UpstreamServer.plain(new InetSocketAddress(InetAddress.ofLiteral("2001:db8::53"), 53)),
                        new UpstreamStatistics(5, 6, 7, 8, 9, 10, durations(), 0.25, true, false)),
                Map.of(Pref64.WELL_KNOWN, false),
                9,
                1,
                3,
                Optional.of(new CertificateState(Instant.ofEpochSecond(1000), 5, 6)),
                Map.of(SecurityStatus.SECURE, 11L)));
        return metrics;
    }

    private static TranslatorStatistics translator() {
        var tables = new EnumMap<Protocol, TableCounts>(Protocol.class);
        for (var protocol : Protocol.values()) {
            tables.put(
                    protocol,
                    new TableCounts(
                            1,
                            2,
                            3,
                            4,
                            5,
                            new TableCounts.Pressure(6, 7, 8),
                            9,
                            Map.of(TcpState.V4_INIT, 10L),
                            Map.of(SessionEnd.FIN, 9L)));
        }
        return new TranslatorStatistics(
                traffic(10, tcp(11)),
                traffic(20, new Forwarded(TransportClass.UDP, ForwardingPath.TRANSLATED, 21, 22)),
                5,
                6,
                tables,
                7,
                8,
                List.of(new BatchTimes.Counts(batches(1, 3), 0.5), new BatchTimes.Counts(batches(1, 10), 1)));
    }

    private static TableSample tables() {
        var bound = new EnumMap<Protocol, Integer>(Protocol.class);
        var quarantined = new EnumMap<Protocol, Integer>(Protocol.class);
        var ports = new EnumMap<Protocol, Ports>(Protocol.class);
        for (var protocol : Protocol.values()) {
            bound.put(protocol, 15);
            quarantined.put(protocol, 26);
            ports.put(protocol, new Ports(10, 20, 70));
        }
        return new TableSample(
                Optional.of(new Occupancy(
                        1, 2, 3, 4, bound, 300, quarantined, Optional.of(new Occupancy.Blocks(8, 9, 126)))),
                List.of(new Pool4Record(Ipv4Address.parse("203.0.113.1"), 100, ports)),
                false,
                List.of(new SubscriberRecord(Ipv6Prefix.parse("2001:db8:1::/64"), 12, 7)));
    }

    /** The first ones in the first bucket, and all in the others. */
    private static List<Long> batches(long first, long all) {
        return Stream.concat(Stream.of(first), Stream.generate(() -> all).limit(BatchTimes.BOUNDS.size()))
                .toList();
    }

    private static Forwarded tcp(long packets) {
        return new Forwarded(TransportClass.TCP, ForwardingPath.HAIRPINNED, packets, packets + 1);
    }

    private static Durations.Counts durations() {
        var durations = new Durations();
        durations.add(TimeUnit.MILLISECONDS.toNanos(2));
        durations.add(TimeUnit.SECONDS.toNanos(3));
        return durations.counts();
    }

    private static Traffic traffic(long base, Forwarded forwarded) {
        var dropped = new EnumMap<DropReason, Long>(DropReason.class);
        DropReason.ALL.stream().filter(reason -> reason != DropReason.NONE).forEach(reason -> dropped.put(reason, 0L));
        dropped.put(DropReason.TRUNCATED, 7L);
        return new Traffic(base + 1, base + 2, dropped, List.of(forwarded));
    }
}
