// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nat64.gateway.bindinglog.BindingLogStatus;

/** The families {@code nat64_binding_log_*}. */
final class BindingLogCollector extends Collector implements Collector.Describable {

    private final Supplier<BindingLogStatus> status;

    BindingLogCollector(Supplier<BindingLogStatus> status) {
        this.status = status;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return families(status.get());
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return families(new BindingLogStatus(Map.of(), Map.of(), 0));
    }

    private static List<MetricFamilySamples> families(BindingLogStatus now) {
        var written = new CounterMetricFamily(
                "nat64_binding_log_records_written",
                "Records of the binding log that were written.",
                List.of("format"));
        now.written().forEach((format, records) -> written.addMetric(List.of(format), records));
        var lost = new CounterMetricFamily(
                "nat64_binding_log_records_lost",
                "Records of the binding log that its file or server could not take.",
                List.of("format"));
        now.lost().forEach((format, records) -> lost.addMetric(List.of(format), records));
        return List.of(
                written,
                lost,
                new CounterMetricFamily(
                        "nat64_binding_log_events_lost",
                        "Events that are missing in the binding log, as it was too slow for all of them.",
                        now.eventsLost()));
    }
}
