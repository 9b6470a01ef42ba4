// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import nat64.dns64.cache.AnswerCache;
import nat64.dns64.network.EventLoops;
import nat64.dns64.synthesis.LocalZones;
import nat64.dns64.synthesis.ResolverArpa;
import nat64.dns64.synthesis.ReverseNames;
import nat64.dns64.synthesis.SpecialNames;
import nat64.dns64.upstream.ChainFollower;
import nat64.dns64.upstream.Upstreams;
import nat64.dns64.wire.WireCache;

/**
 * A forwarding resolver that makes AAAA records for names that have only A records (RFC 6147). It serves from {@link
 * #start} until {@link #close}; all methods may be called by any thread.
 */
public final class Dns64Server implements AutoCloseable {

    private static final long FILES_SECONDS = 10;
    private static final Duration DRAIN_STEP = Duration.ofMillis(10);

    private final Counters counters = new Counters();
    private final ConnectionLimit connections = new ConnectionLimit(counters);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final EventLoops loops;
    private final Upstreams upstreams;
    private final AnswerCache cache;
    private final WireCache ready;
    private final Views views;
    private final PrefixWatch watch;
    private final QueryLog queryLog;
    private final QueryHandler queries;
    private final Listeners listeners;
    private final Optional<EncryptedTransports> encrypted;
    private final CookieSecrets cookies;
    private final ScheduledExecutorService files = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("dns64-files").daemon().factory());

    private Dns64Server(Dns64Settings settings, LongSupplier nanoTime, InstantSource clock) throws IOException {
        var serving = settings.serving();
        var tls = serving.tls();
        this.encrypted = tls.isEmpty() ? Optional.empty() : Optional.of(new EncryptedTransports(tls.get(), clock));
        this.cookies = new CookieSecrets(serving.cookieSecrets(), clock);
        this.cache = new AnswerCache(
                settings.cacheBytes() - settings.cacheBytes() / 2,
                settings.upstreams().serveStale(),
                nanoTime);
        this.ready = new WireCache(settings.cacheBytes() / 2, new SecureRandom().nextLong(), nanoTime);
        this.loops = new EventLoops(settings.threads());
        this.upstreams = new Upstreams(settings.upstreams(), cache, loops, nanoTime, clock);
        this.views = new Views(
                settings.policy(),
                PrefixWatch.apart(settings.watched(), settings.policy().pref64s()));
        this.queryLog = new QueryLog(settings.queryLog());
        this.watch = new PrefixWatch(settings.watched(), views, executor);
        var pipeline = new Pipeline(
                upstreams,
                new ChainFollower(new CachedOnly(cache)),
                specialNames(settings.policy(), tls),
                nanoTime,
                Runnable::run, // what follows blocks nothing, and is taken on by the event loops
                settings.upstreams().dnssec().isOn());
        var options = new ClientOptions(cookies::current, clock);
        this.queries = new QueryHandler(
                new ClientList(settings.clientsV6(), settings.clientsV4()),
                views,
                pipeline,
                counters,
                ready,
                queryLog,
                options,
                new InFlight(nanoTime, executor));
        if (settings.queryLog().every() > 0) {
            executor.execute(queryLog::run);
        }
        var rates = new ResponseRates(serving.udpResponsesPerSecond(), new SecureRandom().nextLong(), nanoTime);
        this.listeners = new Listeners(
                loops,
                new UdpSocket(queries, ready, counters, options, rates),
                TcpConnections.plain(queries, counters, connections));
    }

    /**
     * Binds every address and begins to serve.
     *
     * @throws IllegalArgumentException if the settings name a file that can't be used
     * @throws IOException if an address can't be bound or a certificate can't be used; it names the address or the file
     *     and the reason, and nothing is left bound
     */
    public static Dns64Server start(Dns64Settings settings) throws IOException {
        var server = new Dns64Server(settings, System::nanoTime, InstantSource.system());
        try {
            for (var address : settings.listen()) {
                server.listeners.open(address);
            }
            if (server.encrypted.isPresent()) {
                server.openEncrypted(server.encrypted.get());
            }
            var _ = server.files.scheduleWithFixedDelay(
                    server::lookAtFiles, FILES_SECONDS, FILES_SECONDS, TimeUnit.SECONDS);
            server.watch.start();
            server.upstreams.start();
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void openEncrypted(EncryptedTransports transports) throws IOException {
        transports.open(listeners, queries, counters, connections, executor);
    }

    private void lookAtFiles() {
        encrypted.ifPresent(EncryptedTransports::look);
        cookies.look();
    }

    /**
     * One that answers single questions and tells how, with the same upstreams, prefixes and views.
     *
     * @param settings of which {@code listen} and sizes don't matter
     */
    public static Dns64Explainer explainer(Dns64Settings settings) {
        var loops = new EventLoops(1);
        var nothingKept = new AnswerCache(0, System::nanoTime);
        return new Dns64Explainer(
                settings,
                new Upstreams(settings.upstreams(), nothingKept, loops, System::nanoTime, InstantSource.system()),
                specialNames(settings.policy(), settings.serving().tls()),
                System::nanoTime,
                loops);
    }

    /** What is answered here. */
    private static SpecialNames specialNames(Policy policy, Optional<TlsSettings> tls) {
        return new SpecialNames(
                new ReverseNames(policy.pref64s(), policy.inlinePtr()),
                new ResolverArpa(tls.map(DesignatedResolvers::of).orElse(List.of())),
                new LocalZones(policy.notLocal()));
    }

    /** What has been done since the start. */
    public Dns64Statistics statistics() {
        return new Dns64Statistics(
                counters.queries(),
                counters.answers(),
                counters.dropped(),
                new Dns64Statistics.Cache(cache.entries(), cache.bytes(), cache.hits(), cache.misses()),
                new Dns64Statistics.Cache(ready.entries(), ready.bytes(), ready.hits(), ready.misses()),
                upstreams.statistics(),
                watch.up(),
                queryLog.lost(),
                queries.inFlight(),
                connections.connections(),
                encrypted.map(EncryptedTransports::statistics),
                upstreams.verdicts());
    }

    /** The addresses that are served, in the order of the settings, with the ports that the kernel chose for 0. */
    public List<InetSocketAddress> listening() {
        return listeners.addresses();
    }

    /** The addresses of DNS over TLS, likewise. */
    public List<InetSocketAddress> listeningTls() {
        return encrypted.map(EncryptedTransports::tls).orElse(List.of());
    }

    /** The addresses of DNS over HTTPS, likewise. */
    public List<InetSocketAddress> listeningHttps() {
        return encrypted.map(EncryptedTransports::https).orElse(List.of());
    }

    /**
     * Takes no new connections, and waits until all queries are answered and their clients were told that the connections
     * end. UDP goes on until {@link #close}.
     *
     * @param longest to wait
     */
    public void drain(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        listeners.closeStreams();
        connections.drain();
        while ((queries.inFlight() > 0 || connections.connections() > 0) && System.nanoTime() - end < 0) {
            Thread.sleep(DRAIN_STEP);
        }
    }

    /** Ends all sockets and threads; queries that wait for an upstream get no answer. */
    @Override
    public void close() {
        files.shutdownNow();
        listeners.close();
        loops.close();
        executor.shutdownNow();
    }
}
