// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import nat64.dns64.Dns64Statistics;
import nat64.dns64.Dns64Statistics.Cache;
import nat64.dns64.Dns64Statistics.Spared;
import nat64.dns64.statistics.Durations;
import nat64.dns64.statistics.UpstreamStatistics;

/** The families {@code dns64_*}. */
final class Dns64Collector extends Collector implements Collector.Describable {

    private final Supplier<Dns64Statistics> statistics;

    Dns64Collector(Supplier<Dns64Statistics> statistics) {
        this.statistics = statistics;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return families(statistics.get());
    }

    /** The names alone, so that registering reads no statistics. */
    @Override
    public List<MetricFamilySamples> describe() {
        return families(new Dns64Statistics(
                Map.of(),
                Map.of(),
                Map.of(),
                Durations.Counts.NONE,
                new Cache(0, 0, 0, 0, 0),
                new Cache(0, 0, 0, 0, 0),
                new Spared(0, 0),
                Map.of(),
                Map.of(),
                0,
                0,
                0,
                Optional.empty(),
                Map.of()));
    }

    private static List<MetricFamilySamples> families(Dns64Statistics now) {
        return Stream.of(clients(now), messageCache(now), packetCache(now), upstreams(now), state(now))
                .flatMap(List::stream)
                .toList();
    }

    private static List<MetricFamilySamples> clients(Dns64Statistics now) {
        return List.of(
                queries(now),
                answers(now),
                dropped(now),
                queryDurations(now),
                new GaugeMetricFamily("dns64_queries_in_flight", "Queries being answered.", now.inFlight()),
                new GaugeMetricFamily("dns64_tcp_connections", "Open TCP connections of clients.", now.connections()));
    }

    private static List<MetricFamilySamples> messageCache(Dns64Statistics now) {
        var cache = now.cache();
        return List.of(
                new GaugeMetricFamily("dns64_cache_entries", "Entries in the message cache.", cache.entries()),
                new GaugeMetricFamily("dns64_cache_bytes", "Estimated memory of the message cache.", cache.bytes()),
                new CounterMetricFamily("dns64_cache_hits", "Questions answered from the message cache.", cache.hits()),
                new CounterMetricFamily(
                        "dns64_cache_misses", "Questions not answered from the message cache.", cache.misses()),
                new CounterMetricFamily(
                        "dns64_cache_evictions",
                        "Entries evicted from the message cache for lack of room.",
                        cache.evictions()),
                new CounterMetricFamily(
                        "dns64_coalesced_questions",
                        "Questions that waited for the answer to an identical question.",
                        now.questions().joined()),
                new CounterMetricFamily(
                        "dns64_cached_failures",
                        "Questions answered from a cached failure (RFC 9520).",
                        now.questions().failed()));
    }

    private static List<MetricFamilySamples> packetCache(Dns64Statistics now) {
        var cache = now.ready();
        return List.of(
                new GaugeMetricFamily("dns64_packet_cache_entries", "Entries in the packet cache.", cache.entries()),
                new GaugeMetricFamily(
                        "dns64_packet_cache_bytes", "Estimated memory of the packet cache.", cache.bytes()),
                new CounterMetricFamily(
                        "dns64_packet_cache_hits", "UDP queries answered from the packet cache.", cache.hits()),
                new CounterMetricFamily(
                        "dns64_packet_cache_misses", "UDP queries not answered from the packet cache.", cache.misses()),
                new CounterMetricFamily(
                        "dns64_packet_cache_evictions",
                        "Entries evicted from the packet cache for lack of room.",
                        cache.evictions()));
    }

    private static List<MetricFamilySamples> upstreams(Dns64Statistics now) {
        return List.of(
                count(now, "queries", "Questions sent to an upstream.", UpstreamStatistics::queries),
                count(now, "failures", "Questions that ended in an error.", UpstreamStatistics::failures),
                count(now, "timeouts", "Questions that timed out.", UpstreamStatistics::timeouts),
                count(now, "mismatches", "Messages that match no question.", UpstreamStatistics::mismatches),
                count(now, "tcp_fallbacks", "Questions repeated over TCP.", UpstreamStatistics::overTcp),
                count(now, "connections", "Connections opened to an upstream.", UpstreamStatistics::connections),
                upstreamDurations(now),
                state(now, "rtt_seconds", "Smoothed round-trip time.", UpstreamStatistics::roundTripSeconds),
                state(
                        now,
                        "up",
                        "Whether the upstream is considered reliable.",
                        upstream -> upstream.reliable() ? 1 : 0),
                state(
                        now,
                        "synthesizes",
                        "Whether the upstream synthesizes AAAA records itself.",
                        upstream -> upstream.synthesizes() ? 1 : 0));
    }

    private static List<MetricFamilySamples> state(Dns64Statistics now) {
        return List.of(
                prefixes(now),
                new CounterMetricFamily(
                        "dns64_query_log_lost",
                        "Queries missing in the query log because it was too slow.",
                        now.unlogged()),
                verdicts(now),
                certificateExpiry(now),
                certificateReloads(now));
    }

    /** No sample where there is no certificate, so that an alert on its age stays silent. */
    private static MetricFamilySamples certificateExpiry(Dns64Statistics now) {
        var family = new GaugeMetricFamily(
                "dns64_certificate_expiry_timestamp_seconds", "When the TLS certificate expires.", List.of());
        now.certificate()
                .ifPresent(used ->
                        family.addMetric(List.of(), (double) used.expires().getEpochSecond()));
        return family;
    }

    private static MetricFamilySamples certificateReloads(Dns64Statistics now) {
        var family = new CounterMetricFamily(
                "dns64_certificate_reloads", "Changes of the files of the TLS certificate.", List.of("result"));
        now.certificate().ifPresent(used -> {
            family.addMetric(List.of("success"), (double) used.reloads());
            family.addMetric(List.of("failure"), (double) used.failures());
        });
        return family;
    }

    private static MetricFamilySamples queries(Dns64Statistics now) {
        var family = new CounterMetricFamily("dns64_queries", "Queries of clients.", List.of("transport"));
        now.queries().forEach((transport, count) -> family.addMetric(List.of(transport.label()), count));
        return family;
    }

    private static MetricFamilySamples answers(Dns64Statistics now) {
        var family =
                new CounterMetricFamily("dns64_answers", "Answers to clients.", List.of("rcode", "reason", "view"));
        now.answers()
                .forEach((answer, count) ->
                        family.addMetric(List.of(answer.rcode(), answer.reason().label(), answer.view()), count));
        return family;
    }

    private static MetricFamilySamples dropped(Dns64Statistics now) {
        var family = new CounterMetricFamily(
                "dns64_dropped", "Messages and connections that got no answer.", List.of("reason"));
        now.dropped().forEach((reason, count) -> family.addMetric(List.of(reason.label()), count));
        return family;
    }

    private static MetricFamilySamples verdicts(Dns64Statistics now) {
        var family = new CounterMetricFamily(
                "dns64_dnssec", "Answers of upstreams whose signatures were checked.", List.of("status"));
        now.statuses().forEach((verdict, count) -> family.addMetric(List.of(verdict.label()), count));
        return family;
    }

    private static MetricFamilySamples queryDurations(Dns64Statistics now) {
        var histogram = new Histogram("dns64_query_duration_seconds", Durations.BOUNDS);
        histogram.add(
                List.of(), List.of(), now.durations().upTo(), now.durations().seconds());
        return histogram.family("Time from a query to its answer, without answers from the packet cache.");
    }

    private static MetricFamilySamples upstreamDurations(Dns64Statistics now) {
        var histogram = new Histogram("dns64_upstream_duration_seconds", Durations.BOUNDS);
        now.upstreams().forEach((upstream, counts) -> {
            var durations = counts.durations();
            histogram.add(List.of("upstream"), List.of(upstream.toString()), durations.upTo(), durations.seconds());
        });
        return histogram.family("Time from a question to the answer of the upstream.");
    }

    private static MetricFamilySamples prefixes(Dns64Statistics now) {
        var family = new GaugeMetricFamily("dns64_prefix_up", "Whether a Pref64 works.", List.of("prefix"));
        now.prefixes().forEach((prefix, up) -> family.addMetric(List.of(prefix.toString()), up ? 1 : 0));
        return family;
    }

    private static MetricFamilySamples count(
            Dns64Statistics now, String name, String help, ToDoubleFunction<UpstreamStatistics> value) {
        var family = new CounterMetricFamily("dns64_upstream_" + name, help, List.of("upstream"));
        now.upstreams()
                .forEach((upstream, counts) ->
                        family.addMetric(List.of(upstream.toString()), value.applyAsDouble(counts)));
        return family;
    }

    private static MetricFamilySamples state(
            Dns64Statistics now, String name, String help, ToDoubleFunction<UpstreamStatistics> value) {
        var family = new GaugeMetricFamily("dns64_upstream_" + name, help, List.of("upstream"));
        now.upstreams()
                .forEach((upstream, counts) ->
                        family.addMetric(List.of(upstream.toString()), value.applyAsDouble(counts)));
        return family;
    }
}
