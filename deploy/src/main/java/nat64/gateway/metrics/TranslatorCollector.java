// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nat64.translator.BatchTimes;
import nat64.translator.TranslatorStatistics;
import nat64.translator.TranslatorStatistics.Traffic;
import nat64.translator.packet.Counters.Forwarded;
import nat64.translator.packet.ForwardingPath;
import nat64.translator.session.record.TableCounts;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;

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
        return Stream.of(packets(now), sessions(now), workers(now))
                .flatMap(List::stream)
                .toList();
    }

    private static List<MetricFamilySamples> packets(TranslatorStatistics now) {
        return List.of(
                traffic(now, "nat64_translated_packets", "Packets translated and handed on.", Forwarded::packets),
                traffic(
                        now,
                        "nat64_translated_bytes",
                        "Size of the translated packets as they came in.",
                        Forwarded::octets),
                dropped(now),
                new CounterMetricFamily(
                        "nat64_icmp_errors_sent", "ICMP errors that the translator sent itself.", now.icmpErrorsSent()),
                new CounterMetricFamily(
                        "nat64_icmp_errors_suppressed",
                        "ICMP errors and TCP resets that were not sent because of the limits on them.",
                        now.icmpErrorsRefused()),
                new CounterMetricFamily(
                        "nat64_probes_sent",
                        "Probes of idle TCP connections that the translator sent.",
                        now.probesSent()));
    }

    private static List<MetricFamilySamples> sessions(TranslatorStatistics now) {
        return List.of(
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
                counter(now, "nat64_sessions_expired", "Sessions that ended.", TableCounts::expired),
                ended(now),
                tcpStates(now),
                new CounterMetricFamily(
                        "nat64_session_events_lost",
                        "Changes of sessions and bindings that were not handed on because a ring was full.",
                        now.lostEvents()));
    }

    private static List<MetricFamilySamples> workers(TranslatorStatistics now) {
        var histogram = new Histogram("nat64_batch_duration_seconds", BatchTimes.BOUNDS);
        var busy = new CounterMetricFamily(
                "nat64_worker_busy_seconds", "Time that a worker spent on batches of packets.", List.of("worker"));
        for (int worker = 0; worker < now.batches().size(); worker++) {
            busy.addMetric(
                    List.of(String.valueOf(worker)), now.batches().get(worker).seconds());
        }
        if (!now.batches().isEmpty()) {
            histogram.add(
                    List.of(),
                    List.of(),
                    IntStream.rangeClosed(0, BatchTimes.BOUNDS.size())
                            .mapToObj(bucket -> now.batches().stream()
                                    .mapToLong(times -> times.upTo().get(bucket))
                                    .sum())
                            .toList(),
                    now.batches().stream()
                            .mapToDouble(BatchTimes.Counts::seconds)
                            .sum());
        }
        return List.of(histogram.family("Time from the first look for packets until all of a batch have left."), busy);
    }

    private static MetricFamilySamples ended(TranslatorStatistics now) {
        var family = new CounterMetricFamily(
                "nat64_sessions_ended", "Sessions that ended, by reason.", List.of("protocol", "reason"));
        now.tables()
                .forEach((protocol, table) -> table.ended()
                        .forEach(
                                (reason, count) -> family.addMetric(List.of(protocol.label(), reason.label()), count)));
        return family;
    }

    private static MetricFamilySamples tcpStates(TranslatorStatistics now) {
        var family = new GaugeMetricFamily("nat64_tcp_sessions", "Live TCP sessions, by state.", List.of("state"));
        var tcp = now.tables().get(Protocol.TCP);
        if (tcp != null) {
            tcp.states().forEach((state, count) -> {
                if (state != TcpState.STATELESS) {
                    family.addMetric(List.of(state.name().toLowerCase(Locale.ROOT)), count);
                }
            });
        }
        return family;
    }

    private static MetricFamilySamples traffic(
            TranslatorStatistics now, String name, String help, ToDoubleFunction<Forwarded> value) {
        var family = new CounterMetricFamily(name, help, List.of("direction", "protocol", "path"));
        add(family, FROM_IPV6, now.fromIpv6(), value);
        add(family, FROM_IPV4, now.fromIpv4(), value);
        return family;
    }

    /** Nothing from the IPv4 side is hairpinned. */
    private static void add(
            CounterMetricFamily family, String direction, Traffic traffic, ToDoubleFunction<Forwarded> value) {
        for (var forwarded : traffic.forwarded()) {
            if (direction.equals(FROM_IPV6) || forwarded.path() != ForwardingPath.HAIRPINNED) {
                family.addMetric(
                        List.of(
                                direction,
                                forwarded.protocol().label(),
                                forwarded.path().label()),
                        value.applyAsDouble(forwarded));
            }
        }
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
