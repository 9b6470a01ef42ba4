// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Whether the gateway is ready, as {@code /readyz} says. */
final class ReadinessCollector extends Collector implements Collector.Describable {

    private final BooleanSupplier ready;

    ReadinessCollector(BooleanSupplier ready) {
        this.ready = ready;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return family(ready.getAsBoolean());
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return family(false);
    }

    private static List<MetricFamilySamples> family(boolean isReady) {
        return List.of(new GaugeMetricFamily(
                "nat64_ready", "Whether the gateway is ready: 1 if /readyz answers 200, else 0.", isReady ? 1 : 0));
    }
}
