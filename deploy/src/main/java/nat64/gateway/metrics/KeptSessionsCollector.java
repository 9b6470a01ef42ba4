// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.Supplier;
import nat64.gateway.restart.KeptSessions;

/** The families {@code nat64_kept_sessions_*}. */
final class KeptSessionsCollector extends Collector implements Collector.Describable {

    private final Supplier<KeptSessions> status;

    KeptSessionsCollector(Supplier<KeptSessions> status) {
        this.status = status;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return families(status.get());
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return families(KeptSessions.NONE);
    }

    private static List<MetricFamilySamples> families(KeptSessions now) {
        var age = new GaugeMetricFamily(
                "nat64_kept_sessions_age_seconds",
                "How long ago the file of kept sessions was complete; missing before it is written.",
                List.of());
        now.age().ifPresent(seconds -> age.addMetric(List.of(), seconds));
        var writes = new CounterMetricFamily(
                "nat64_kept_sessions_writes", "Attempts to write the file of kept sessions.", List.of("result"));
        writes.addMetric(List.of("ok"), (double) now.writes());
        writes.addMetric(List.of("failed"), (double) now.failures());
        var adopted = new CounterMetricFamily(
                "nat64_kept_sessions_found", "Kept sessions that were found at the start.", List.of("result"));
        now.adopted().forEach((result, sessions) -> adopted.addMetric(List.of(result), sessions));
        var refused = new CounterMetricFamily(
                "nat64_kept_sessions_files_refused",
                "Files of kept sessions that were found at the start and not used.",
                List.of("reason"));
        now.refused().forEach((reason, files) -> refused.addMetric(List.of(reason), files));
        return List.of(
                new GaugeMetricFamily(
                        "nat64_kept_sessions_records",
                        "Sessions and resting ports in the file of kept sessions.",
                        now.records()),
                age,
                writes,
                adopted,
                refused);
    }
}
