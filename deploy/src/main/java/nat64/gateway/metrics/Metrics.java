// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.BufferPoolsExports;
import io.prometheus.client.hotspot.GarbageCollectorExports;
import io.prometheus.client.hotspot.MemoryPoolsExports;
import io.prometheus.client.hotspot.StandardExports;
import io.prometheus.client.hotspot.ThreadExports;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import nat64.dns64.Dns64Statistics;
import nat64.gateway.admin.access.AdminStatistics;
import nat64.gateway.bindinglog.BindingLogStatus;
import nat64.gateway.health.ProbeState;
import nat64.gateway.host.HostHealth;
import nat64.gateway.restart.KeptSessions;
import nat64.translator.TranslatorStatistics;

/**
 * All that is exported. Counters live in the two halves; they are read at each scrape, so nothing is counted twice.
 * Safe for many threads if the suppliers are.
 */
public final class Metrics {

    /** The format of {@link #text()}. */
    public static final String CONTENT_TYPE = TextFormat.CONTENT_TYPE_004;

    private final CollectorRegistry registry = new CollectorRegistry(true);
    private final List<Supplier<List<ProbeState>>> probes = new CopyOnWriteArrayList<>();

    /** The build, the process and the Java runtime. */
    public Metrics(String version) {
        List.<Collector>of(
                        new BuildCollector(version),
                        new StandardExports(),
                        new MemoryPoolsExports(),
                        new BufferPoolsExports(),
                        new GarbageCollectorExports(),
                        new ThreadExports(),
                        new ProbeCollector(() -> probes.stream()
                                .flatMap(states -> states.get().stream())
                                .toList()))
                .forEach(registry::register);
    }

    /** Adds the result of the last reload. */
    public void addReload(Supplier<ReloadStatus> status) {
        registry.register(new ReloadCollector(status));
    }

    /** Adds the families {@code nat64_*} of a translator. */
    public void addTranslator(Supplier<TranslatorStatistics> statistics) {
        registry.register(new TranslatorCollector(statistics));
    }

    /** Adds what only the workers of a stateful translator can tell of its tables. */
    public void addTables(Supplier<TableSample> sample) {
        registry.register(new TableCollector(sample));
    }

    /** Adds the queues in front of the workers. */
    public void addDevices(Supplier<List<DeviceStatus>> devices) {
        registry.register(new DeviceCollector(devices));
    }

    /** Adds whether the gateway is ready to serve clients. */
    public void addReadiness(BooleanSupplier ready) {
        registry.register(new ReadinessCollector(ready));
    }

    /** Adds what became of the things that the host has to have. */
    public void addHost(Supplier<HostHealth> health) {
        registry.register(new HostCollector(health));
    }

    /** Adds what became of the sessions that are kept for a restart. */
    public void addKeptSessions(Supplier<KeptSessions> status) {
        registry.register(new KeptSessionsCollector(status));
    }

    /** Adds what the log of bindings has done. */
    public void addBindingLog(Supplier<BindingLogStatus> status) {
        registry.register(new BindingLogCollector(status));
    }

    /** Adds what the admin server has refused. */
    public void addAdmin(Supplier<AdminStatistics> statistics) {
        registry.register(new AdminCollector(statistics));
    }

    /** Adds what the probes of one half have found. */
    public void addProbes(Supplier<List<ProbeState>> states) {
        probes.add(states);
    }

    /** Adds the families {@code dns64_*} of a DNS64. */
    public void addDns64(Supplier<Dns64Statistics> statistics) {
        registry.register(new Dns64Collector(statistics));
    }

    /** One scrape. */
    public String text() {
        var text = new StringWriter();
        try {
            TextFormat.write004(text, registry.metricFamilySamples());
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter does not fail", e);
        }
        return text.toString();
    }
}
