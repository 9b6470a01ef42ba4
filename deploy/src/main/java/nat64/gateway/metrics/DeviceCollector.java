// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.Supplier;

/** The families {@code nat64_device_*}. */
final class DeviceCollector extends Collector implements Collector.Describable {

    private final Supplier<List<DeviceStatus>> devices;

    DeviceCollector(Supplier<List<DeviceStatus>> devices) {
        this.devices = devices;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return families(devices.get());
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return families(List.of());
    }

    private static List<MetricFamilySamples> families(List<DeviceStatus> devices) {
        var lost = new CounterMetricFamily(
                "nat64_device_lost_packets",
                "Packets that were lost on the way to the workers.",
                List.of("device", "reason"));
        var queued = new GaugeMetricFamily(
                "nat64_device_queued_packets", "Packets that wait for a worker.", List.of("device"));
        for (var device : devices) {
            lost.addMetric(List.of(device.device(), "queue_full"), (double) device.overflows());
            lost.addMetric(List.of(device.device(), "too_long"), (double) device.tooLong());
            device.queued().ifPresent(packets -> queued.addMetric(List.of(device.device()), packets));
        }
        return List.of(lost, queued);
    }
}
