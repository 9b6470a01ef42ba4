// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.Supplier;

/** Whether the configuration that runs is the one that the operator wrote last. */
final class ReloadCollector extends Collector implements Collector.Describable {

    private static final double MILLIS_PER_SECOND = 1000;

    private final Supplier<ReloadStatus> status;

    ReloadCollector(Supplier<ReloadStatus> status) {
        this.status = status;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var now = status.get();
        return List.of(
                new GaugeMetricFamily(
                        "nat64_config_last_reload_successful",
                        "Whether the last reload of the configuration succeeded.",
                        now.successful() ? 1 : 0),
                new GaugeMetricFamily(
                        "nat64_config_last_reload_success_timestamp_seconds",
                        "When the configuration that runs was taken.",
                        now.lastTaken().toEpochMilli() / MILLIS_PER_SECOND));
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return collect();
    }
}
