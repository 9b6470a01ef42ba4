// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

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
import nat64.dns64.cache.MessageCache;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.explain.Dns64Explainer;
import nat64.dns64.files.CookieSecrets;
import nat64.dns64.limit.ClientNetworks;
import nat64.dns64.limit.ExpensiveAnswers;
import nat64.dns64.limit.ResponseRates;
import nat64.dns64.network.EventLoops;
import nat64.dns64.query.ClientOptions;
import nat64.dns64.query.Counters;
import nat64.dns64.query.QueryAdmission;
import nat64.dns64.query.QueryHandler;
import nat64.dns64.query.QueryLimits;
import nat64.dns64.query.QueryLog;
import nat64.dns64.query.QueryReports;
import nat64.dns64.statistics.CachedAnswer;
import nat64.dns64.transport.ConnectionLimit;
import nat64.dns64.transport.EncryptedTransports;
import nat64.dns64.transport.Listeners;
import nat64.dns64.transport.Place.Kind;
import nat64.dns64.transport.TcpConnections;
import nat64.dns64.transport.UdpQueries;
import nat64.dns64.upstream.Upstreams;
import nat64.dns64.view.ClientList;
import org.xbill.DNS.Name;

/**
 * A forwarding resolver that makes AAAA records for names that have only A records (RFC 6147). It serves from {@link
 * #start} until {@link #close}; all methods may be called by any thread.
 */
public final class Dns64Server implements AutoCloseable {

    private static final long FILES_SECONDS = 10;
    private static final long LISTEN_SECONDS = 1;
    private static final String NO_PERMISSION = "Permission denied";
    private static final Duration DRAIN_STEP = Duration.ofMillis(10);

    private final Counters counters = new Counters();
    private final ConnectionLimit connections;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final EventLoops loops;
    private final MessageCache cache;
    private final PacketCache ready;
    private final RunningConfiguration.Shared shared;
    private final QueryLog queryLog;
    private final QueryHandler queries;
    private final Listeners listeners;
    private final Optional<EncryptedTransports> encrypted;
    private final CookieSecrets cookies;
    private final ScheduledExecutorService files = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("dns64-files").daemon().factory());
    private volatile RunningConfiguration running; // changed by threads that hold the lock of this object

    private Dns64Server(Dns64Settings settings, LongSupplier nanoTime, InstantSource clock) throws IOException {
        var serving = settings.serving();
        var tls = serving.tls();
        this.encrypted = tls.isEmpty() ? Optional.empty() : Optional.of(new EncryptedTransports(tls.get(), clock));
        this.cookies = new CookieSecrets(serving.cookieSecrets(), clock);
        this.cache = new MessageCache(
                settings.cacheBytes() - settings.cacheBytes() / 2,
                settings.upstreams().serveStale(),
                nanoTime);
        this.ready = new PacketCache(settings.cacheBytes() / 2, new SecureRandom().nextLong(), nanoTime);
        this.loops = new EventLoops(settings.threads());
        this.shared = new RunningConfiguration.Shared(cache, loops, nanoTime, clock, executor);
        this.running = RunningConfiguration.first(settings, shared);
        this.queryLog = new QueryLog(settings.queryLog());
        var options = new ClientOptions(cookies::current, clock);
        var networks = new ClientNetworks(serving.networks());
        var rates =
                new ResponseRates(serving.udpResponsesPerSecond(), networks, new SecureRandom().nextLong(), nanoTime);
        this.connections = new ConnectionLimit(counters, networks, rates::proves);
        this.queries = new QueryHandler(
                running.rules(),
                new QueryReports(counters, queryLog),
                ready,
                options,
                new QueryLimits(
                        new QueryAdmission(networks, nanoTime, executor),
                        new ExpensiveAnswers(networks, new SecureRandom().nextLong(), nanoTime)));
        if (settings.queryLog().every() > 0) {
            executor.execute(queryLog::run);
        }
        this.listeners = new Listeners(
                loops,
                () -> new UdpQueries(queries, ready, counters, options, rates),
                TcpConnections.plain(queries, counters, connections));
    }

    /**
     * Begins to serve. An address that can't be bound costs that address: the others are served, and it is tried again
     * every second ({@link #notListening}).
     *
     * @throws IllegalArgumentException if the settings name a file that can't be used, or this server as an upstream
     * @throws IOException if a certificate can't be used, or if this process may not bind any of the addresses; it
     *     names the address or the file and the reason, and nothing is left bound
     */
    public static Dns64Server start(Dns64Settings settings) throws IOException {
        new OwnSockets(settings, OwnSockets::isOfThisHost).refuseAsUpstreams();
        var server = new Dns64Server(settings, System::nanoTime, InstantSource.system());
        try {
            server.listen();
            var _ = server.files.scheduleWithFixedDelay(server::look, FILES_SECONDS, FILES_SECONDS, TimeUnit.SECONDS);
            var _ = server.files.scheduleWithFixedDelay(
                    server.listeners::tryAgain, LISTEN_SECONDS, LISTEN_SECONDS, TimeUnit.SECONDS);
            server.running.start();
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void listen() throws IOException {
        encrypted.ifPresent(transports -> transports.serveAt(listeners, queries, counters, connections, executor));
        listeners.follow(running.settings().places());
        for (var failure : listeners.failures()) {
            if (listeners.addresses(Kind.PLAIN).isEmpty() && failure.contains(NO_PERMISSION)) {
                throw new IOException(failure); // waiting would not help
            }
        }
    }

    private void look() {
        encrypted.ifPresent(EncryptedTransports::look);
        cookies.look();
    }

    /**
     * Serves by other settings from now on, and where they say. {@code cacheBytes}, {@code threads}, {@code queryLog},
     * {@code serving} but for its addresses, and for how long answers are stale stay as they are. What was cached
     * stays, too, but for zones that other upstreams are asked about; answers that are being made end by the old
     * settings.
     *
     * @throws IllegalArgumentException if the settings name a file that can't be used, or this server as an upstream;
     *     everything goes on as before then
     */
    public synchronized void reconfigure(Dns64Settings settings) {
        new OwnSockets(settings, OwnSockets::isOfThisHost).refuseAsUpstreams();
        var before = running;
        var next = before.next(settings, shared);
        running = next;
        queries.reconfigure(next.rules());
        listeners.follow(settings.places());
        next.watch().start();
        if (next.upstreams() != before.upstreams()) {
            next.upstreams().start();
            before.upstreams().close();
            cache.forgetFailures();
            if (!settings.upstreams()
                    .dnssec()
                    .equals(before.settings().upstreams().dnssec())) {
                forget(Name.root); // what is secure by one mode is not by another
            }
            settings.upstreams().zonesThatDiffer(before.settings().upstreams()).forEach(this::forget);
        }
    }

    /**
     * Forgets what is known of a name and of all names below it, so that upstreams are asked again; {@code .} is all
     * names.
     *
     * @return how many answers and failures of upstreams are forgotten
     */
    public int forget(Name name) {
        int forgotten = cache.forget(name);
        running.rules().views().forgetReady(); // after the cache, or the old answer might be kept ready again
        return forgotten;
    }

    /** What upstreams have answered about a name and all names below it: {@link MessageCache#list}. */
    public List<CachedAnswer> cached(Name name, int skip, int most) {
        return cache.list(name, skip, most);
    }

    /**
     * An explainer, which answers single questions and says how, with the same upstreams, prefixes and views.
     *
     * @param settings of which {@code listen} and sizes don't matter
     */
    public static Dns64Explainer explainer(Dns64Settings settings) {
        var loops = new EventLoops(1);
        var nothingKept = new MessageCache(0, System::nanoTime);
        var rules = new Dns64Explainer.Rules(
                new ClientList(settings.clientsV6(), settings.clientsV4()),
                settings.policy().with(RunningConfiguration.rebinding(settings)),
                settings.watched(),
                settings.upstreams().dnssec().mode(),
                RunningConfiguration.specialNames(settings));
        return new Dns64Explainer(
                rules,
                new Upstreams(settings.upstreams(), nothingKept, loops, System::nanoTime, InstantSource.system()),
                System::nanoTime,
                loops);
    }

    /** What has been done since the start. */
    public Dns64Statistics statistics() {
        return new Dns64Statistics(
                counters.queries(),
                counters.answers(),
                counters.dropped(),
                queries.durations(),
                new Dns64Statistics.Cache(
                        cache.entries(), cache.bytes(), cache.hits(), cache.misses(), cache.evictions()),
                new Dns64Statistics.Cache(
                        ready.entries(), ready.bytes(), ready.hits(), ready.misses(), ready.evictions()),
                new Dns64Statistics.Spared(running.upstreams().joined(), cache.knownFailures()),
                running.upstreams().statistics(),
                running.watch().up(),
                queryLog.lost(),
                queries.inFlight(),
                connections.connections(),
                encrypted.map(EncryptedTransports::statistics),
                running.upstreams().statuses());
    }

    /** The addresses that are served now, in the order of the settings, with the ports that the kernel chose for 0. */
    public List<InetSocketAddress> listening() {
        return listeners.addresses(Kind.PLAIN);
    }

    /** The addresses of DNS over TLS, likewise. */
    public List<InetSocketAddress> listeningTls() {
        return listeners.addresses(Kind.TLS);
    }

    /** The addresses of DNS over HTTPS, likewise. */
    public List<InetSocketAddress> listeningHttps() {
        return listeners.addresses(Kind.HTTPS);
    }

    /** Which addresses can't be served now, and why, a sentence each. */
    public List<String> notListening() {
        return listeners.failures();
    }

    /** Whether all threads that serve sockets run; if not, only a new server helps. */
    public boolean isRunning() {
        return loops.areRunning();
    }

    /**
     * Takes no new connections, and waits until all queries are answered and their clients know that the connections
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
