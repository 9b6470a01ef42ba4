// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import nat64.dns64.Dns64Server;
import nat64.dns64.Dns64Settings;
import nat64.dns64.Dns64Statistics;
import nat64.dns64.settings.PrefixCheck;
import nat64.dns64.settings.WatchedPrefix;
import nat64.dns64.statistics.CachedAnswer;
import nat64.gateway.admin.AdminActions;
import nat64.gateway.auto.HostDefaults;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.health.DnsQuestion;
import nat64.gateway.health.RepeatedProbe;
import nat64.gateway.log.QueryLogWriter;
import nat64.gateway.metrics.Metrics;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** The DNS64 server. */
final class Dns64Part implements Part {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");
    private static final int HEAP_PER_CACHE = 4;
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(5);
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(3); // every query is answered by then

    private volatile GatewayConfig config;
    private final Optional<Translated> translator;
    private final Metrics metrics;
    private final ClosingStack opened = new ClosingStack();
    private volatile @Nullable Dns64Server server;
    private volatile boolean upstreamHasAnswered;
    private volatile boolean isBroken;
    private volatile @Nullable Dns64Statistics lastStatistics;
    private volatile List<Ipv4Prefix> ownAddresses = List.of();
    private volatile @Nullable RepeatedProbe probes;
    private boolean isStopped; // guarded by this

    /** The translator of this process. */
    interface Translated {

        /** Whether packets to a Pref64 get through. Any thread may ask. */
        boolean works(Pref64 pref64);
    }

    /** The translator of this process, and the hosts behind it that are asked, if there are any. */
    private record Check(Translated translator, Pref64 pref64, Optional<PrefixCheck> targets) implements PrefixCheck {

        @Override
        public boolean works() {
            return translator.works(pref64) && targets.map(PrefixCheck::works).orElse(true);
        }
    }

    /**
     * @param translator that of this process, if there is one
     */
    Dns64Part(GatewayConfig config, Optional<Translated> translator, Metrics metrics) {
        this.config = config;
        this.translator = translator;
        this.metrics = metrics;
    }

    @Override
    public void start() throws IOException {
        warnOfSmallHeap(config.dns64().cache().size(), Runtime.getRuntime().maxMemory());
        ownAddresses = ownAddresses(config);
        opened.push("the DNS64 server", this::stop);
        if (isComplete(config)) {
            startServer(config);
        }
        watch();
        probe();
    }

    /** It cannot start without a resolver. */
    private static boolean isComplete(GatewayConfig config) {
        return !config.dns64().upstreams().servers().given().isEmpty();
    }

    private void startServer(GatewayConfig used) throws IOException {
        server = Dns64Server.start(settings(used));
        metrics.addDns64(() -> statistics().orElseGet(() -> Objects.requireNonNull(lastStatistics)));
    }

    private void watch() {
        var thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("dns64-watch").daemon().factory());
        opened.push("the watches", () -> {
            var _ = thread.shutdownNow();
        });
        var heap = HeapWatch.ofThisProcess(this::hasAllThreads, this::restart);
        var _ = thread.scheduleWithFixedDelay(heap::look, 1, 1, TimeUnit.SECONDS);
    }

    /** Asks the server from time to time, until the part is closed. */
    private void probe() {
        var question = new DnsQuestion(this::listening);
        var probe = RepeatedProbe.start("dns64-probe", BETWEEN_QUESTIONS, List.of(DnsQuestion.NAME), question);
        probes = opened.push("the probe of the DNS64", probe);
        metrics.addProbes(probe::states);
    }

    private List<InetSocketAddress> listening() {
        return Optional.ofNullable(server).map(Dns64Server::listening).orElse(List.of());
    }

    private synchronized void stop() throws InterruptedException {
        isStopped = true;
        var running = server;
        if (running != null && !isBroken) {
            running.drain(LONGEST_DRAIN);
        }
        if (running != null) {
            running.close();
        }
    }

    /** The translator goes on meanwhile. What was cached is lost, and clients ask again. */
    private synchronized void restart() {
        if (isStopped || !isComplete(config)) {
            return;
        }
        isBroken = true;
        var broken = server;
        if (broken != null) {
            broken.forget(Name.root); // the caches alone may be what fills the heap
            lastStatistics = broken.statistics();
            close(broken);
            server = null; // two of them would not fit
        }
        System.gc(); // the next look at the heap has to see what is left of it now
        try {
            server = Dns64Server.start(settings(config));
            isBroken = false;
            LOG.warn("restarted the DNS64");
        } catch (IOException e) {
            LOG.error("cannot restart the DNS64; the next try follows: {}", e.getMessage());
        }
    }

    private static void close(Dns64Server broken) {
        try {
            broken.close();
        } catch (RuntimeException e) {
            LOG.warn("closing the DNS64 failed: {}", e.toString());
        }
    }

    private boolean hasAllThreads() {
        var running = server;
        return !isComplete(config) || (running != null && !isBroken && running.isRunning());
    }

    /** They come and go: a new lease, another interface. */
    private static List<Ipv4Prefix> ownAddresses(GatewayConfig config) throws IOException {
        try {
            return HostDefaults.ownIpv4(config);
        } catch (HostException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public synchronized void reconfigure(GatewayConfig next) {
        var running = server;
        try {
            ownAddresses = ownAddresses(next);
            if (running != null) {
                running.reconfigure(settings(next));
            } else if (isComplete(next) && !isBroken && !isStopped) {
                startServer(next);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the DNS64 cannot be reconfigured: " + e.getMessage(), e);
        }
        config = next;
    }

    @Override
    public List<String> missing() {
        var running = server;
        if (isBroken) {
            return List.of("the DNS64 server is being restarted after an error");
        }
        if (running == null) {
            return List.of("the DNS64 server is not running");
        }
        var missing = new ArrayList<String>();
        if (running.listening().isEmpty()) {
            return running.notListening();
        }
        if (!hasAnswered(running)) {
            missing.add("no upstream resolver has answered yet");
        }
        Optional.ofNullable(probes).ifPresent(probe -> probe.missing().forEach(missing::add));
        return missing;
    }

    @Override
    public void close() {
        opened.close();
    }

    /**
     * Answers that are cached for a name and all names below it.
     *
     * @throws IllegalStateException if the server is not running
     */
    List<CachedAnswer> cached(Name name, int skip, int most) {
        var running = server;
        if (running == null) {
            throw new IllegalStateException("the DNS64 server is not running: its cache cannot be listed");
        }
        return running.cached(name, skip, most);
    }

    /** Removes the cached answers for a name and all names below it. */
    AdminActions.Result flush(String text) {
        var running = server;
        if (running == null) {
            return new AdminActions.Result(false, "the DNS64 server is not running, so there is no cache to flush");
        }
        try {
            var name = Name.fromString(text, Name.root);
            return new AdminActions.Result(true, "flushed " + running.forget(name) + " answers at and below " + name);
        } catch (TextParseException e) {
            return new AdminActions.Result(false, "'" + text + "' is not a domain name");
        }
    }

    /** The first address that it listens on, with the port that the kernel chose for 0. */
    InetSocketAddress address() {
        return Objects.requireNonNull(server, "the DNS64 server is not running")
                .listening()
                .getFirst();
    }

    /** Nothing before the start. */
    Optional<Dns64Statistics> statistics() {
        return Optional.ofNullable(server).map(Dns64Server::statistics);
    }

    private Dns64Settings settings(GatewayConfig used) {
        return used.dns64Settings(
                watchedHere(used),
                used.dns64().synthesizesOwn() ? List.of() : ownAddresses,
                new QueryLogWriter(used.dns64().queryLog().format(), System.out, InstantSource.system()));
    }

    /** The prefixes of the translator in this process. */
    private List<WatchedPrefix> watchedHere(GatewayConfig used) {
        return translator.stream()
                .flatMap(here -> used.pref64s().stream().map(prefix -> watched(here, prefix, used)))
                .toList();
    }

    /** Hosts behind a prefix are asked as often as the operator wants, and the translator itself with them. */
    private static WatchedPrefix watched(Translated here, Pref64 prefix, GatewayConfig used) {
        return used.dns64()
                .probe(prefix)
                .map(probed -> new WatchedPrefix(
                        prefix,
                        new Check(here, prefix, Optional.of(probed.check())),
                        probed.interval(),
                        probed.downAfter(),
                        probed.upAfter()))
                .orElseGet(() ->
                        new WatchedPrefix(prefix, new Check(here, prefix, Optional.empty()), CHECK_INTERVAL, 1, 1));
    }

    /** Once is enough: clients are better served from the caches than by a gateway that is out of service. */
    private boolean hasAnswered(Dns64Server running) {
        if (!upstreamHasAnswered) {
            upstreamHasAnswered = running.statistics().upstreams().values().stream()
                    .anyMatch(upstream -> upstream.roundTripSeconds() > 0);
        }
        return upstreamHasAnswered;
    }

    /** The garbage collector runs all the time in a heap that is nearly full, and clients wait meanwhile. */
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
}
