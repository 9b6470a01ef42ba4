// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import nat64.gateway.health.Finding;
import nat64.gateway.health.ProbeState;

/** The families {@code nat64_health_probe_*}. */
final class ProbeCollector extends Collector implements Collector.Describable {

    private final Supplier<List<ProbeState>> states;

    ProbeCollector(Supplier<List<ProbeState>> states) {
        this.states = states;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return families(states.get(), System.nanoTime());
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return families(List.of(), 0);
    }

    private static List<MetricFamilySamples> families(List<ProbeState> states, long now) {
        var label = List.of("probe");
        var up = new GaugeMetricFamily(
                "nat64_health_probe_up", "Whether the last try of a probe passed: 1, or 0 if it failed.", label);
        var age = new GaugeMetricFamily("nat64_health_probe_age_seconds", "Time since the last try of a probe.", label);
        var roundTrip = new GaugeMetricFamily(
                "nat64_health_probe_round_trip_seconds",
                "Time from the question of a probe to its answer, if the last try passed.",
                label);
        for (var state : states) {
            var name = List.of(state.name());
            state.last().ifPresent(finding -> {
                up.addMetric(name, finding instanceof Finding.Passed ? 1 : 0);
                age.addMetric(name, seconds(now - state.nanoTime()));
            });
            state.roundTrip().ifPresent(time -> roundTrip.addMetric(name, seconds(time.toNanos())));
        }
        return List.of(up, age, roundTrip);
    }

    private static double seconds(long nanos) {
        return (double) nanos / TimeUnit.SECONDS.toNanos(1);
    }
}
