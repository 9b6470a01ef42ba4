// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;

/** Which build runs: always 1, the label says it. */
final class BuildCollector extends Collector implements Collector.Describable {

    private final String version;

    BuildCollector(String version) {
        this.version = version;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var build =
                new GaugeMetricFamily("nat64_build_info", "The build that runs; the value is 1.", List.of("version"));
        build.addMetric(List.of(version), 1);
        return List.of(build);
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return collect();
    }
}
