// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A histogram that was counted elsewhere, as Prometheus reads it. One thread at a time. */
final class Histogram {

    private final String name;
    private final List<Double> bounds;
    private final List<Sample> samples = new ArrayList<>();

    /** @param bounds of the buckets, from below; the last bucket has none */
    Histogram(String name, List<Double> bounds) {
        this.name = name;
        this.bounds = bounds;
    }

    /**
     * Adds what was counted with some values of labels.
     *
     * @param upTo how many lie below or at each bound, and how many there are in all
     * @param sum of all values
     */
    void add(List<String> labels, List<String> values, List<Long> upTo, double sum) {
        for (int i = 0; i < upTo.size(); i++) {
            double bound = i < bounds.size() ? bounds.get(i) : Double.POSITIVE_INFINITY;
            samples.add(new Sample(
                    name + "_bucket",
                    plus(labels, "le"),
                    plus(values, Collector.doubleToGoString(bound)),
                    upTo.get(i)));
        }
        samples.add(new Sample(name + "_count", labels, values, upTo.getLast()));
        samples.add(new Sample(name + "_sum", labels, values, sum));
    }

    MetricFamilySamples family(String help) {
        return new MetricFamilySamples(name, Collector.Type.HISTOGRAM, help, samples);
    }

    private static List<String> plus(List<String> some, String another) {
        return Stream.concat(some.stream(), Stream.of(another)).toList();
    }
}
