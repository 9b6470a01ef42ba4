// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import nat64.translator.address.Ipv4Address;
import nat64.translator.session.record.Occupancy;
import nat64.translator.session.record.Pool4Record.Ports;
import nat64.translator.session.table.Protocol;

/** The families of a {@link TableSample}: ports of pool4, what waits in stores, the largest subscribers. */
final class TableCollector extends Collector implements Collector.Describable {

    /** The value of {@code address} for all addresses that have no series of their own. */
    private static final String OTHER = "other";

    private final Supplier<TableSample> sample;

    TableCollector(Supplier<TableSample> sample) {
        this.sample = sample;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return families(sample.get());
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return families(TableSample.NONE);
    }

    private static List<MetricFamilySamples> families(TableSample now) {
        var stored = new GaugeMetricFamily(
                "nat64_fragments_stored",
                "Fragments that wait for the first one of their datagram.",
                List.of("direction"));
        var capacity = new GaugeMetricFamily("nat64_fragments_capacity", "Fragments that can wait.", List.of());
        var syns = new GaugeMetricFamily(
                "nat64_stored_syns", "SYNs from the IPv4 side that wait for one from the IPv6 side.", List.of());
        now.occupancy().ifPresent(held -> {
            stored.addMetric(List.of("from_ipv6"), held.fragmentsFromIpv6());
            stored.addMetric(List.of("from_ipv4"), held.fragmentsFromIpv4());
            capacity.addMetric(List.of(), held.fragmentCapacity());
            syns.addMetric(List.of(), held.storedSyns());
        });
        return List.of(stored, capacity, syns, ports(now), offered(now), blocks(now), subscribers(now));
    }

    private static MetricFamilySamples ports(TableSample now) {
        var family = new GaugeMetricFamily(
                "nat64_pool4_ports",
                "Ports of a pool4 address, by what they are used for.",
                List.of("address", "protocol", "state"));
        for (var address : now.addresses()) {
            address.ports()
                    .forEach((protocol, ports) ->
                            add(family, Ipv4Address.format(address.address()), protocol, Totals.of(ports)));
        }
        if (!now.isComplete()) {
            now.occupancy().ifPresent(held -> {
                for (var protocol : Protocol.values()) {
                    add(family, OTHER, protocol, others(now, held, protocol));
                }
            });
        }
        return family;
    }

    private static MetricFamilySamples blocks(TableSample now) {
        var family = new GaugeMetricFamily(
                "nat64_port_blocks",
                "Blocks of ports, of all pool4 addresses, by what they are used for.",
                List.of("state"));
        now.occupancy().flatMap(Occupancy::blocks).ifPresent(blocks -> {
            family.addMetric(List.of("used"), blocks.used());
            family.addMetric(List.of("quarantined"), blocks.held());
            family.addMetric(List.of("free"), (double) Math.max(0, blocks.offered() - blocks.used() - blocks.held()));
        });
        return family;
    }

    /** Ports of one protocol. */
    private record Totals(long bound, long held, long free) {

        static Totals of(Ports ports) {
            return new Totals(ports.bound(), ports.held(), ports.free());
        }
    }

    private static void add(GaugeMetricFamily family, String address, Protocol protocol, Totals ports) {
        family.addMetric(List.of(address, protocol.label(), "bound"), (double) ports.bound());
        family.addMetric(List.of(address, protocol.label(), "quarantined"), (double) ports.held());
        family.addMetric(List.of(address, protocol.label(), "free"), (double) ports.free());
    }

    /** All addresses without those that are listed; a moment may lie between the two. */
    private static Totals others(TableSample now, Occupancy held, Protocol protocol) {
        long bound = held.boundPorts().getOrDefault(protocol, 0) - sum(now, protocol, Ports::bound);
        long quarantined = held.quarantinedPorts().getOrDefault(protocol, 0) - sum(now, protocol, Ports::held);
        long offered = offeredByOthers(now, held);
        return new Totals(
                Math.max(0, bound), Math.max(0, quarantined), Math.max(0, offered - Math.max(0, bound + quarantined)));
    }

    private static long sum(TableSample now, Protocol protocol, ToLongFunction<Ports> value) {
        return now.addresses().stream()
                .mapToLong(address -> value.applyAsLong(address.of(protocol)))
                .sum();
    }

    private static long offeredByOthers(TableSample now, Occupancy held) {
        return held.offeredPorts()
                - now.addresses().stream()
                        .mapToLong(address -> address.offered())
                        .sum();
    }

    private static MetricFamilySamples offered(TableSample now) {
        var family = new GaugeMetricFamily(
                "nat64_pool4_offered_ports",
                "Ports of a pool4 address that bindings of each protocol may have; 0 of one that drains.",
                List.of("address"));
        for (var address : now.addresses()) {
            family.addMetric(List.of(Ipv4Address.format(address.address())), address.offered());
        }
        if (!now.isComplete()) {
            now.occupancy().ifPresent(held -> family.addMetric(List.of(OTHER), (double) offeredByOthers(now, held)));
        }
        return family;
    }

    private static MetricFamilySamples subscribers(TableSample now) {
        var family = new GaugeMetricFamily(
                "nat64_top_subscriber_sessions",
                "Live sessions of the subscribers that have the most.",
                List.of("prefix"));
        now.topSubscribers()
                .forEach(subscriber ->
                        family.addMetric(List.of(subscriber.prefix().toString()), subscriber.sessions()));
        return family;
    }
}
