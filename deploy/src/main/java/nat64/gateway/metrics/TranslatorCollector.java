// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import nat64.translator.TranslatorStatistics;
import nat64.translator.TranslatorStatistics.Traffic;
import nat64.translator.session.record.TableCounts;
import nat64.translator.session.table.Protocol;

/** The families {@code nat64_*}. */
final class TranslatorCollector extends Collector implements Collector.Describable {

    private static final String FROM_IPV6 = "from_ipv6";
    private static final String FROM_IPV4 = "from_ipv4";

    private final Supplier<TranslatorStatistics> statistics;

    TranslatorCollector(Supplier<TranslatorStatistics> statistics) {
        this.statistics = statistics;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return families(statistics.get());
    }

    /** The names alone, so that registering reads no statistics. */
    @Override
    public List<MetricFamilySamples> describe() {
        var nothing = new Traffic(0, 0, Map.of());
        return families(new TranslatorStatistics(nothing, nothing, 0, 0, Map.of()));
    }

    private static List<MetricFamilySamples> families(TranslatorStatistics now) {
        return List.of(
                traffic(now, "nat64_translated_packets", "Packets translated and handed on.", Traffic::packets),
                traffic(
                        now,
                        "nat64_translated_bytes",
                        "Size of the translated packets as they came in.",
                        Traffic::octets),
                dropped(now),
                new CounterMetricFamily(
                        "nat64_icmp_errors_sent", "ICMP errors that the translator sent itself.", now.icmpErrorsSent()),
                new CounterMetricFamily(
                        "nat64_probes_sent",
                        "Probes of idle TCP connections that the translator sent.",
                        now.probesSent()),
                gauge(now, "nat64_sessions", "Live sessions.", TableCounts::sessions),
                gauge(now, "nat64_session_capacity", "Sessions that the table can hold.", TableCounts::capacity),
                gauge(now, "nat64_bindings", "Live bindings in the BIB.", TableCounts::bindings),
                gauge(
                        now,
                        "nat64_unanswered_sessions",
                        "Live sessions in which only one side has sent.",
                        table -> table.pressure().unanswered()),
                gauge(
                        now,
                        "nat64_inbound_sessions",
                        "Live sessions that the IPv4 side opened.",
                        table -> table.pressure().inbound()),
                counter(
                        now,
                        "nat64_sessions_ended_early",
                        "Unanswered sessions that ended before their time, as there was little room.",
                        table -> table.pressure().endedEarly()),
                counter(now, "nat64_sessions_lost", "Sessions that ended with their IPv4 address.", TableCounts::lost),
                counter(now, "nat64_sessions_created", "Sessions created.", TableCounts::created),
                counter(now, "nat64_sessions_expired", "Sessions that ended.", TableCounts::expired));
    }

    private static MetricFamilySamples traffic(
            TranslatorStatistics now, String name, String help, ToDoubleFunction<Traffic> value) {
        var family = new CounterMetricFamily(name, help, List.of("direction"));
        family.addMetric(List.of(FROM_IPV6), value.applyAsDouble(now.fromIpv6()));
        family.addMetric(List.of(FROM_IPV4), value.applyAsDouble(now.fromIpv4()));
        return family;
    }

    private static MetricFamilySamples dropped(TranslatorStatistics now) {
        var family = new CounterMetricFamily(
                "nat64_dropped_packets", "Packets that went no further.", List.of("direction", "reason"));
        now.fromIpv6()
                .dropped()
                .forEach((reason, count) -> family.addMetric(List.of(FROM_IPV6, reason.label()), count));
        now.fromIpv4()
                .dropped()
                .forEach((reason, count) -> family.addMetric(List.of(FROM_IPV4, reason.label()), count));
        return family;
    }

    private static MetricFamilySamples gauge(
            TranslatorStatistics now, String name, String help, ToDoubleFunction<TableCounts> value) {
        var family = new GaugeMetricFamily(name, help, List.of("protocol"));
        now.tables().forEach((protocol, table) -> family.addMetric(label(protocol), value.applyAsDouble(table)));
        return family;
    }

    private static MetricFamilySamples counter(
            TranslatorStatistics now, String name, String help, ToDoubleFunction<TableCounts> value) {
        var family = new CounterMetricFamily(name, help, List.of("protocol"));
        now.tables().forEach((protocol, table) -> family.addMetric(label(protocol), value.applyAsDouble(table)));
        return family;
    }

    private static List<String> label(Protocol protocol) {
        return List.of(protocol.label());
    }
}
