// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import nat64.dns64.server.Dns64Server;
import nat64.dns64.server.PrefixCheck;
import nat64.dns64.server.QueryLogEntry;
import nat64.dns64.server.WatchedPrefix;
import nat64.gateway.admin.AdminActions;
import nat64.gateway.admin.AdminPages;
import nat64.gateway.admin.AdminServer;
import nat64.gateway.admin.Readiness;
import nat64.gateway.admin.StatisticsReport;
import nat64.gateway.config.ConfigSummary;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.host.HostException;
import nat64.gateway.host.HostMemory;
import nat64.gateway.host.HostMtus;
import nat64.gateway.host.HostNetwork;
import nat64.gateway.host.HostPlan;
import nat64.gateway.metrics.Metrics;
import nat64.translator.TranslatorThreads;
import nat64.translator.address.Eam;
import nat64.translator.address.Pref64;
import nat64.translator.device.ReservedMemory;
import nat64.translator.device.TunDevice;
import nat64.translator.packet.PacketPort;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.translate.NextHopMtus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * The running gateway: translator, DNS64 and the operator's HTTP server, whichever the configuration asks for, wired to
 * each other and to the host. Closing it takes down all that it set up, in reverse order.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");
    private static final int HEAP_PER_CACHE = 4;
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_END = Duration.ofSeconds(20);
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(3); // every query is answered by then

    private volatile GatewayConfig config;
    private final Reload reload;
    private final Metrics metrics;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CompletableFuture<Void> end;
    private volatile @Nullable TranslatorThreads translator;
    private volatile @Nullable Dns64Server dns64;
    private @Nullable InetSocketAddress adminAddress;
    private volatile boolean started;
    private volatile boolean ending;
    private volatile boolean upstreamHasAnswered;

    private Gateway(
            GatewayConfig config, Supplier<LoadedConfig> source, GatewayConfig written, CompletableFuture<Void> end) {
        this.config = config;
        this.end = end;
        this.reload = new Reload(source, written, next -> HostDefaults.resolve(next, config), InstantSource.system());
        metrics = new Metrics(Version.text());
        metrics.addReload(reload::status);
    }

    /**
     * Runs until the process gets SIGTERM or SIGINT, and ends the process then.
     *
     * @param source reads the configuration, when it is to be taken anew
     * @param loaded what it read first
     * @param config the same without any {@code auto}
     * @throws Exception if the gateway can't start or go on; the host is as it was, and the message says what helps
     */
    public static void run(Supplier<LoadedConfig> source, LoadedConfig loaded, GatewayConfig config) throws Exception {
        var end = new CompletableFuture<Void>();
        var endedWell = new CompletableFuture<Boolean>();
        var longestEnd = LONGEST_END.plus(config.admin().lameduck());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> endInGoodOrder(end, endedWell, longestEnd), "nat64-shutdown"));
        try (var gateway = start(new Gateway(config, source, loaded.config(), end), Gateway::startOnHost)) {
            LOG.info("ready");
            end.get();
            gateway.ending = true;
            gateway.beLameduck();
            LOG.info("taking everything down");
        } catch (Throwable e) {
            endedWell.complete(false);
            throw e;
        }
        endedWell.complete(true);
    }

    /**
     * Starts a gateway that leaves its host alone, for {@link Training}: its packets come from a port in memory, and it
     * runs until it is closed.
     *
     * @param config without any {@code auto}
     * @throws Exception if it can't start
     */
    static Gateway start(LoadedConfig loaded, GatewayConfig config, PacketPort port) throws Exception {
        var gateway = new Gateway(config, () -> loaded, loaded.config(), new CompletableFuture<>());
        return start(gateway, started -> started.startTranslator(List.of(port), started.hostMtus()));
    }

    /** How the translator of a gateway starts. */
    private interface TranslatorStart {
        void of(Gateway gateway) throws Exception;
    }

    /** What was begun before a failure is taken down again. */
    private static Gateway start(Gateway gateway, TranslatorStart translatorStart) throws Exception {
        var config = gateway.config;
        try {
            if (config.admin().enabled()) {
                gateway.startAdmin();
            }
            if (config.role().translates()) {
                translatorStart.of(gateway);
            }
            if (config.role().answersDns()) {
                gateway.startDns64();
            }
            gateway.started = true;
            return gateway;
        } catch (Throwable e) { // an Error too
            gateway.close();
            throw e;
        }
    }

    /** Whoever sends clients here learns that it is to stop, while those that it sends are still served. */
    private void beLameduck() throws InterruptedException {
        var lameduck = config.admin().lameduck();
        if (lameduck.isPositive()) {
            LOG.info("not ready from now on; serving for another {} s", lameduck.toSeconds());
            Thread.sleep(lameduck);
        }
    }

    private void startAdmin() throws IOException {
        var pages = new AdminPages(
                Metrics.CONTENT_TYPE,
                metrics::text,
                this::readiness,
                this::statistics,
                () -> ConfigSummary.of(config),
                new AdminActions(() -> reload.take(this::use), this::flush));
        var server = AdminServer.start(config.admin().listen(), pages);
        parts.push(server);
        adminAddress = server.address();
    }

    private void startOnHost() throws Exception {
        HostNetwork host = null;
        if (config.translator().setUpHost()) {
            host = HostNetwork.prepare(hostPlan());
            parts.push(host);
        }
        var device = config.translator().device();
        var translation = config.translator();
        int workers = translation.workers(Runtime.getRuntime().availableProcessors());
        var tun = TunDevice.open(device.name(), device.offload(), workers, translation.pinWorkers());
        parts.push(tun); // closing it twice does no harm
        startTranslator(tun.queues(), hostMtus());
        if (host != null) {
            host.setUp();
        }
    }

    private void startTranslator(List<? extends PacketPort> ports, NextHopMtus mtus) throws IOException {
        var memory = new ReservedMemory(HostMemory.octets());
        try {
            var running = TranslatorThreads.start(
                    memory,
                    config.modeSettings(mtus),
                    ports,
                    new TranslatorThreads.Surroundings(
                            Gateway::milliseconds, new UnguessableRandom(), this::deviceGone));
            LOG.info("{} workers; tables may grow to {} MiB", ports.size(), memory.promised() >>> 20);
            parts.push(running);
            translator = running;
            metrics.addTranslator(running::statistics);
        } catch (OutOfMemoryError e) {
            memory.close();
            throw new IOException(
                    e.getMessage() + "; lower translator.max-sessions, or give translator.pool4 fewer addresses", e);
        }
    }

    private NextHopMtus hostMtus() throws HostException {
        if (!config.translator().translation().needsHostMtus()) {
            return NextHopMtus.UNLIMITED;
        }
        var mtus = HostMtus.follow(config.translator().device().name());
        parts.push(mtus);
        return mtus;
    }

    private void startDns64() throws IOException {
        warnOfSmallHeap(config.dns64().cacheSize(), Runtime.getRuntime().maxMemory());
        var server = Dns64Server.start(config.dns64Settings(watchedHere(config), queryLog()));
        parts.push(server);
        parts.push(() -> server.drain(LONGEST_DRAIN));
        dns64 = server;
        metrics.addDns64(server::statistics);
    }

    /** A heap that is nearly full is collected all the time, and clients wait meanwhile. */
    private static void warnOfSmallHeap(long cache, long heap) {
        if (cache > heap / HEAP_PER_CACHE) {
            LOG.warn(
                    "dns64.cache-size is {} MiB, more than a quarter of the heap of {} MiB; start with"
                            + " NAT64_JAVA_OPTIONS=-Xmx{}m, or lower it",
                    cache >> 20,
                    heap >> 20,
                    (HEAP_PER_CACHE * cache) >> 20);
        }
    }

    /** The prefixes of the translator in this process, but for those that are probed; one check for all. */
    private List<WatchedPrefix> watchedHere(GatewayConfig used) {
        var running = translator;
        if (running == null) {
            return List.of();
        }
        PrefixCheck check = running::isRunning;
        return used.pref64s().stream()
                .filter(prefix -> !used.dns64().isProbed(prefix))
                .map(prefix -> new WatchedPrefix(prefix, check, CHECK_INTERVAL, 1, 1))
                .toList();
    }

    private Consumer<QueryLogEntry> queryLog() {
        return new QueryLines(config.dns64().queryLog().format(), System.out, InstantSource.system());
    }

    private void deviceGone() {
        end.completeExceptionally(
                new IOException("the device " + config.translator().device().name()
                        + " was taken away while the gateway ran; start it again to have it back"));
    }

    /** The translator's part can't have changed. */
    private void use(GatewayConfig next) {
        var server = dns64;
        if (server != null) {
            server.use(next.dns64Settings(watchedHere(next), queryLog()));
        }
        config = next;
    }

    private AdminActions.Result flush(String text) {
        var server = dns64;
        if (server == null) {
            return new AdminActions.Result(false, "this gateway answers no DNS, so it keeps no answers");
        }
        try {
            var name = Name.fromString(text, Name.root);
            return new AdminActions.Result(true, "forgotten at and below " + name + ": " + server.forget(name));
        } catch (TextParseException e) {
            return new AdminActions.Result(false, "'" + text + "' is no name");
        }
    }

    /** Where questions are taken, with the port that the kernel chose for 0. */
    InetSocketAddress dnsAddress() {
        return Objects.requireNonNull(dns64, "no DNS64").listening().getFirst();
    }

    /** Where the operator is answered, likewise. */
    InetSocketAddress adminAddress() {
        return Objects.requireNonNull(adminAddress, "no HTTP server");
    }

    private Readiness readiness() {
        var missing = new ArrayList<String>();
        if (!started) {
            missing.add("the gateway is still starting");
        }
        if (ending) {
            missing.add("the gateway is being taken down");
        }
        var running = translator;
        if (config.role().translates() && (running == null || !running.isRunning())) {
            missing.add("the translator does not run");
        }
        var server = dns64;
        if (server != null && !hasAnswered(server)) {
            missing.add("no upstream has answered the DNS64 yet");
        }
        return new Readiness(missing);
    }

    /** Once is enough: what is in the caches is worth more to clients than a gateway that nobody may ask. */
    private boolean hasAnswered(Dns64Server server) {
        upstreamHasAnswered |=
                server.statistics().upstreams().values().stream().anyMatch(upstream -> upstream.roundTripSeconds() > 0);
        return upstreamHasAnswered;
    }

    private Map<String, Object> statistics() {
        return StatisticsReport.of(
                Optional.ofNullable(translator).map(TranslatorThreads::statistics),
                Optional.ofNullable(dns64).map(Dns64Server::statistics));
    }

    @Override
    public void close() {
        for (var part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("Could not take down {}: {}", part.getClass().getSimpleName(), e.getMessage());
            }
        }
    }

    private HostPlan hostPlan() {
        var translator = config.translator();
        var device = translator.device();
        var clat = translator.stateless().clat();
        boolean isStateless = translator.mode().isStateless();
        return new HostPlan(
                device.name(),
                device.address(),
                device.translatorAddress(),
                clat.isPresent()
                        ? List.of()
                        : config.pref64s().stream().map(Pref64::prefix).toList(),
                isStateless
                        ? translator.stateless().eams().stream().map(Eam::ipv4).toList()
                        : translator.pool4().stream().map(Pool4Range::prefix).toList(),
                translator.masquerade() && !isStateless,
                clat);
    }

    /** The main thread takes everything down; the hook waits for it, and then ends the process without a complaint. */
    private static void endInGoodOrder(
            CompletableFuture<Void> end, CompletableFuture<Boolean> endedWell, Duration longestEnd) {
        end.complete(null);
        if (endedWell
                .completeOnTimeout(false, longestEnd.toSeconds(), TimeUnit.SECONDS)
                .join()) {
            Runtime.getRuntime().halt(0);
        }
    }

    private static long milliseconds() {
        return System.nanoTime() / 1_000_000;
    }
}
