// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
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
        var cache = now.cache();
        var ready = now.ready();
        return List.of(
                queries(now),
                answers(now),
                dropped(now),
                queryDurations(now),
                new GaugeMetricFamily("dns64_queries_in_flight", "Queries being answered.", now.inFlight()),
                new GaugeMetricFamily("dns64_tcp_connections", "Open TCP connections of clients.", now.connections()),
                new GaugeMetricFamily("dns64_cache_entries", "Answers of upstreams that are kept.", cache.entries()),
                new GaugeMetricFamily("dns64_cache_bytes", "Memory of these, by estimate.", cache.bytes()),
                new CounterMetricFamily("dns64_cache_hits", "Questions that the cache answered.", cache.hits()),
                new CounterMetricFamily("dns64_cache_misses", "Questions that it did not.", cache.misses()),
                new CounterMetricFamily("dns64_cache_evictions", "Answers that others pushed out.", cache.evictions()),
                new CounterMetricFamily(
                        "dns64_questions_joined",
                        "Questions that waited for the answer to the same one.",
                        now.questions().joined()),
                new CounterMetricFamily(
                        "dns64_known_failures",
                        "Questions that had failed shortly before.",
                        now.questions().failed()),
                new GaugeMetricFamily(
                        "dns64_ready_answers", "Answers that are kept ready to be sent.", ready.entries()),
                new GaugeMetricFamily("dns64_ready_answers_bytes", "Memory of these, by estimate.", ready.bytes()),
                new CounterMetricFamily("dns64_ready_answers_hits", "Queries answered by one of these.", ready.hits()),
                new CounterMetricFamily("dns64_ready_answers_misses", "UDP queries that were not.", ready.misses()),
                new CounterMetricFamily(
                        "dns64_ready_answers_evictions", "Those that others pushed out.", ready.evictions()),
                prefixes(now),
                new CounterMetricFamily(
                        "dns64_query_log_lost", "Queries that the query log did not keep up with.", now.unlogged()),
                count(now, "queries", "Questions to an upstream.", UpstreamStatistics::queries),
                count(now, "failures", "Those that ended in an error.", UpstreamStatistics::failures),
                count(now, "timeouts", "Those without an answer in time.", UpstreamStatistics::timeouts),
                count(now, "mismatches", "Messages that answer no question.", UpstreamStatistics::mismatches),
                count(now, "tcp_fallbacks", "Questions that went on over TCP.", UpstreamStatistics::overTcp),
                count(now, "connections", "Connections that were opened.", UpstreamStatistics::connections),
                upstreamDurations(now),
                state(now, "rtt_seconds", "Smoothed round-trip time.", UpstreamStatistics::roundTripSeconds),
                state(now, "up", "Whether it is relied upon.", upstream -> upstream.reliable() ? 1 : 0),
                state(now, "synthesizes", "Whether it is a DNS64.", upstream -> upstream.synthesizes() ? 1 : 0),
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
            family.addMetric(List.of("taken"), (double) used.reloads());
            family.addMetric(List.of("refused"), (double) used.failures());
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
        var family =
                new CounterMetricFamily("dns64_dropped", "Messages and connections left alone.", List.of("reason"));
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
        var name = "dns64_query_duration_seconds";
        return new MetricFamilySamples(
                name,
                Type.HISTOGRAM,
                "From a query to its answer, where that was not ready.",
                histogram(name, List.of(), List.of(), now.durations()));
    }

    private static MetricFamilySamples upstreamDurations(Dns64Statistics now) {
        var name = "dns64_upstream_duration_seconds";
        var samples = new ArrayList<MetricFamilySamples.Sample>();
        now.upstreams()
                .forEach((upstream, counts) -> samples.addAll(
                        histogram(name, List.of("upstream"), List.of(upstream.toString()), counts.durations())));
        return new MetricFamilySamples(name, Type.HISTOGRAM, "From a question to its answer.", samples);
    }

    private static List<MetricFamilySamples.Sample> histogram(
            String name, List<String> labels, List<String> values, Durations.Counts durations) {
        var samples = new ArrayList<MetricFamilySamples.Sample>();
        var upTo = durations.upTo();
        for (int i = 0; i < upTo.size(); i++) {
            double bound = i < Durations.BOUNDS.size() ? Durations.BOUNDS.get(i) : Double.POSITIVE_INFINITY;
            samples.add(new MetricFamilySamples.Sample(
                    name + "_bucket",
                    plus(labels, "le"),
                    plus(values, Collector.doubleToGoString(bound)),
                    upTo.get(i)));
        }
        samples.add(new MetricFamilySamples.Sample(name + "_count", labels, values, upTo.getLast()));
        samples.add(new MetricFamilySamples.Sample(name + "_sum", labels, values, durations.seconds()));
        return samples;
    }

    private static List<String> plus(List<String> some, String another) {
        return Stream.concat(some.stream(), Stream.of(another)).toList();
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
