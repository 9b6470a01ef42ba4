// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nat64.gateway.admin.AdminActions;
import nat64.gateway.admin.AdminPages;
import nat64.gateway.admin.Query;
import nat64.gateway.admin.Readiness;
import nat64.gateway.admin.StatisticsReport;
import nat64.gateway.auto.HostDefaults;
import nat64.gateway.auto.HostFollower;
import nat64.gateway.auto.Resolved;
import nat64.gateway.config.ConfigSummary;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.inspect.CacheQuery;
import nat64.gateway.inspect.ExplainQuery;
import nat64.gateway.inspect.TableQueries;
import nat64.gateway.metrics.Metrics;
import nat64.gateway.system.HostException;
import nat64.gateway.systemd.ServiceManager;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.PacketPort;
import nat64.translator.translate.NextHopMtus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life cycle of the running gateway: starts the parts that the configuration asks for (admin server, translator,
 * DNS64), reconfigures them on a reload, and closes them in reverse order.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");
    private static final String KUBERNETES = "KUBERNETES_SERVICE_HOST"; // set in every container of a pod
    private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(20);

    /** The kernel tells of changes, but not of ports that programs use beside the translator. */
    private static final Duration BETWEEN_LOOKS_AT_HOST = Duration.ofSeconds(15);

    private static final Duration BETWEEN_LOOKS_AT_PORTS = Duration.ofSeconds(3);

    private enum Phase {
        STARTING,
        RUNNING,
        SHUTTING_DOWN
    }

    private final Instant began = Instant.now();
    private final Reload reload;
    private final BindingActions bindings;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Optional<AdminPart> admin;
    private final Optional<TranslatorPart> translator;
    private final Optional<Dns64Part> dns64;
    private final ClosingStack started = new ClosingStack();
    private volatile GatewayConfig config;
    private volatile boolean handingOver;
    private volatile Phase phase = Phase.STARTING;
    private final ServiceManager manager =
            ServiceManager.of(System.getenv(), ProcessHandle.current().pid());
    private volatile @Nullable ReadyWatch watch;

    /** @param port takes the place of the translator's device */
    private Gateway(Resolved resolved, Supplier<LoadedConfig> source, LoadedConfig written, Optional<PacketPort> port) {
        this.config = resolved.config();
        this.reload = new Reload(source, written, resolved, HostDefaults::resolve, InstantSource.system());
        this.bindings = new BindingActions(reload, this::reconfigure);
        var metrics = new Metrics(Version.text());
        metrics.addReload(reload::status);
        metrics.addReadiness(() -> readiness().isReady());
        translator = config.role().translates()
                ? Optional.of(new TranslatorPart(config, port, metrics, this::deviceGone))
                : Optional.empty();
        Optional<Dns64Part.Translated> here = translator.map(part -> part::isServing);
        dns64 = config.role().answersDns() ? Optional.of(new Dns64Part(config, here, metrics)) : Optional.empty();
        admin = config.admin().enabled() || config.admin().probes().isPresent()
                ? Optional.of(new AdminPart(config.admin(), pages(metrics), metrics))
                : Optional.empty();
    }

    /**
     * Runs until the process gets SIGTERM or SIGINT, and ends the process then; at SIGUSR1 too, but then the host stays
     * as it is.
     *
     * @param source reads the configuration at each reload
     * @param loaded what it read first
     * @param resolved the same without any {@code auto}
     * @throws Exception if the gateway can't start or go on; the host is as it was, and the message says what helps
     */
    public static void run(Supplier<LoadedConfig> source, LoadedConfig loaded, Resolved resolved) throws Exception {
        var gateway = new Gateway(resolved, source, loaded, Optional.empty());
        var endedWell = new CompletableFuture<Boolean>();
        Runnable ending = () -> gateway.endOnSignal(endedWell);
        Runtime.getRuntime().addShutdownHook(new Thread(ending, "nat64-shutdown"));
        try (gateway) {
            gateway.started.push("the handler of SIGUSR1", SignalAction.on(SignalAction.HAND_OVER, gateway::handOver));
            gateway.start();
            if (gateway.phase == Phase.RUNNING) {
                gateway.followConfiguration(loaded);
                gateway.followHost();
                gateway.serve();
                gateway.phase = Phase.SHUTTING_DOWN;
                gateway.serveWhileNotReady();
            }
            LOG.info("shutting down");
        } catch (Throwable e) {
            endedWell.complete(false);
            throw e;
        }
        endedWell.complete(true);
    }

    /**
     * Starts a gateway that leaves its host alone: its packets come from a port in memory. It runs until it is closed.
     *
     * @param config without any {@code auto}
     * @throws Exception if it can't start
     */
    public static Gateway startInMemory(LoadedConfig loaded, GatewayConfig config, PacketPort port) throws Exception {
        var gateway = new Gateway(Resolved.fixed(config), () -> loaded, loaded, Optional.of(port));
        try {
            gateway.start();
            return gateway;
        } catch (Throwable e) { // an Error too
            gateway.close();
            throw e;
        }
    }

    /** What started before a failure, or before the signal to stop, is closed by the caller. */
    private void start() throws Exception {
        for (var part : parts()) {
            if (end.isDone()) {
                return;
            }
            started.push(part.getClass().getSimpleName(), part);
            try {
                part.start();
            } catch (HostException | IOException e) {
                if (end.isDone()) { // it was told to stop
                    return;
                }
                throw e;
            }
        }
        phase = Phase.RUNNING;
    }

    /** The next gateway on this host is about to start: it finds sessions and host as they are. */
    private void handOver() {
        LOG.info("handing over to the next gateway on this host");
        handingOver = true;
        translator.ifPresent(TranslatorPart::handOver);
        end.complete(null);
    }

    /** Until the end. The watchdog is fed for longer: until all parts have been told to stop. */
    private void serve() throws Exception {
        var ready = started.push("the watch of readiness", ReadyWatch.start(this::readiness, this::liveness, manager));
        watch = ready;
        try {
            end.get();
        } finally {
            watch = null;
            ready.stop();
        }
    }

    /** The service manager learns how long a reload takes. */
    private AdminActions.Result reload() {
        var known = watch;
        if (known == null || !known.wasReady()) {
            return reload.take(this::reconfigure);
        }
        manager.reloading();
        try {
            return reload.take(this::reconfigure);
        } finally {
            manager.reloaded();
        }
    }

    /** Reloads at SIGHUP, and when the file changes if it is watched. */
    private void followConfiguration(LoadedConfig loaded) {
        Runnable reloading = this::reload;
        started.push("the handler of SIGHUP", SignalAction.on(SignalAction.RELOAD, reloading));
        boolean watch = config.operation().watch().resolve(() -> System.getenv(KUBERNETES) != null);
        if (watch && loaded.file().isPresent()) {
            started.push(
                    "the watch of the file", ConfigWatch.start(loaded.file().get(), loaded.files(), reloading));
        }
    }

    /** What {@code auto} stands for changes with the host. */
    private void followHost() {
        var period = translator.isPresent() ? BETWEEN_LOOKS_AT_PORTS : BETWEEN_LOOKS_AT_HOST;
        started.push("the follower of the host", HostFollower.start(() -> reload.follow(this::reconfigure), period));
    }

    /** In the order in which they start. */
    private List<Part> parts() {
        return Stream.<Optional<? extends Part>>of(admin, translator, dns64)
                .<Part>flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void close() {
        started.close();
    }

    /** The first address where the DNS64 listens, with the port that the kernel chose for 0. */
    public InetSocketAddress dnsAddress() {
        return dns64.orElseThrow().address();
    }

    /** Where the admin server listens, likewise. */
    public InetSocketAddress adminAddress() {
        return admin.orElseThrow().address();
    }

    /** Every path that the admin server answers. */
    Set<String> adminPaths() {
        return admin.orElseThrow().paths();
    }

    /** All parts apply the new configuration, or none does. */
    private void reconfigure(GatewayConfig next) {
        var parts = parts();
        for (int i = 0; i < parts.size(); i++) {
            try {
                parts.get(i).reconfigure(next);
            } catch (IllegalArgumentException e) {
                parts.subList(0, i).reversed().forEach(part -> part.reconfigure(config));
                throw e;
            }
        }
        config = next;
    }

    private AdminPages pages(Metrics metrics) {
        return new AdminPages(
                () -> new AdminPages.Exposition(Metrics.CONTENT_TYPE, metrics.text()),
                this::liveness,
                this::readiness,
                this::statistics,
                () -> ConfigSummary.of(config),
                () -> reload.running().text(),
                queries(),
                actions());
    }

    private Map<String, Query> queries() {
        var tables = new TableQueries(() -> translator.flatMap(TranslatorPart::threads));
        CacheQuery.Source cached =
                (name, skip, most) -> dns64.orElseThrow(() -> new IllegalStateException("this gateway runs no DNS64"))
                        .cached(name, skip, most);
        var cache = new CacheQuery(cached);
        var explain = new ExplainQuery(
                new ExplainQuery.Running(
                        () -> config,
                        () -> translator.map(TranslatorPart::mtus).orElse(NextHopMtus.UNLIMITED),
                        () -> translator.flatMap(TranslatorPart::threads),
                        cached),
                System::nanoTime);
        return Map.of(
                "/api/v1/status", this::status,
                "/api/v1/explain", explain::explain,
                "/api/v1/cache", cache::entries,
                "/api/v1/drop-reasons", Gateway::dropReasons,
                "/api/v1/sessions", tables::sessions,
                "/api/v1/bindings", tables::bindings,
                "/api/v1/bindings/changes", bindings::changes,
                "/api/v1/blocks", tables::blocks,
                "/api/v1/pool4", tables::pool4,
                "/api/v1/subscribers", tables::subscribers);
    }

    private static Map<String, Object> dropReasons(Map<String, String> parameters) {
        if (!parameters.isEmpty()) {
            throw new IllegalArgumentException("the reasons have no parameters");
        }
        var reasons = new LinkedHashMap<String, Object>();
        DropReason.ALL.stream()
                .filter(reason -> reason != DropReason.NONE)
                .forEach(reason -> reasons.put(reason.label(), reason.sentence() + " " + reason.citation() + "."));
        return reasons;
    }

    private AdminActions actions() {
        var pool4 = new Pool4Actions(reload, this::reconfigure);
        return new AdminActions(Map.of(
                "/api/v1/reload", _ -> reload(),
                "/api/v1/flush", this::flush,
                "/api/v1/bindings/add", bindings::add,
                "/api/v1/bindings/remove", bindings::remove,
                "/api/v1/pool4/drain", pool4::drain,
                "/api/v1/pool4/undrain", pool4::undrain));
    }

    private Map<String, Object> status(Map<String, String> parameters) {
        if (!parameters.isEmpty()) {
            throw new IllegalArgumentException("the status has no parameters");
        }
        var readiness = readiness();
        var status = new LinkedHashMap<String, Object>();
        status.put("version", Version.text());
        status.put("role", config.role().name().toLowerCase(Locale.ROOT));
        status.put("started", began.truncatedTo(ChronoUnit.SECONDS).toString());
        status.put("uptime_seconds", Duration.between(began, Instant.now()).toSeconds());
        status.put("ready", readiness.isReady());
        status.put("missing", readiness.missing());
        status.put("stuck", liveness());
        return status;
    }

    private List<String> liveness() {
        return parts().stream().flatMap(part -> part.stuck().stream()).toList();
    }

    private Readiness readiness() {
        var missing = new ArrayList<String>();
        switch (phase) {
            case STARTING -> missing.add("the gateway is starting");
            case SHUTTING_DOWN -> missing.add("the gateway is shutting down");
            case RUNNING -> {}
        }
        missing.addAll(reload.waiting());
        parts().forEach(part -> missing.addAll(part.missing()));
        return new Readiness(missing);
    }

    private Map<String, Object> statistics() {
        return StatisticsReport.of(
                translator.flatMap(TranslatorPart::statistics), dns64.flatMap(Dns64Part::statistics));
    }

    private AdminActions.Result flush(Map<String, String> parameters) {
        var name = parameters.getOrDefault("name", "");
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "the parameter 'name' is missing: /api/v1/flush?name=www.example.org; name=. is all names");
        }
        return dns64.map(part -> part.flush(name))
                .orElseGet(() -> new AdminActions.Result(
                        false, "this gateway runs no DNS64 (role: translator), so there is no cache to flush"));
    }

    /** Load balancers learn that the gateway is about to stop while it still serves their clients. */
    private void serveWhileNotReady() throws InterruptedException {
        var lameduck = config.admin().lameduck();
        if (lameduck.isPositive() && !handingOver) {
            LOG.info("no longer ready; serving for another {} s before shutting down", lameduck.toSeconds());
            Thread.sleep(lameduck);
        }
    }

    private void deviceGone() {
        end.completeExceptionally(new IOException("lost the "
                + config.translator().device().description()
                + " while the gateway was running; restart the gateway"));
    }

    /** The main thread shuts everything down; the hook waits for it, and then ends the process with exit code 0. */
    private void endOnSignal(CompletableFuture<Boolean> endedWell) {
        end.complete(null);
        if (phase == Phase.STARTING) {
            parts().forEach(Part::stopStarting);
        }
        var longest = LONGEST_SHUTDOWN.plus(config.admin().lameduck());
        if (endedWell
                .completeOnTimeout(false, longest.toSeconds(), TimeUnit.SECONDS)
                .join()) {
            Runtime.getRuntime().halt(0);
        }
    }
}
