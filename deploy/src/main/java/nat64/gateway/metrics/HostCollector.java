// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nat64.gateway.host.HostHealth;

/** The families {@code nat64_host_*}. */
final class HostCollector extends Collector implements Collector.Describable {

    private final Supplier<HostHealth> health;

    HostCollector(Supplier<HostHealth> health) {
        this.health = health;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return families(health.get());
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return families(new HostHealth(Map.of(), Map.of(), List.of()));
    }

    private static List<MetricFamilySamples> families(HostHealth now) {
        var state = new GaugeMetricFamily(
                "nat64_host_state",
                "Whether the host has what the translator needs: 1, or 0 if it was missing at the last look.",
                List.of("what"));
        var repairs = new CounterMetricFamily(
                "nat64_host_repairs", "What was missing on the host and was restored.", List.of("what"));
        now.isThere().forEach((what, isThere) -> {
            state.addMetric(List.of(what), isThere ? 1 : 0);
            repairs.addMetric(List.of(what), now.repairs().getOrDefault(what, 0L));
        });
        return List.of(state, repairs);
    }
}
