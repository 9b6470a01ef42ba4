// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

    private Dns64Server(Dns64Settings settings, LongSupplier nanoTime) {
        this.cache = new AnswerCache(
                settings.cacheBytes() - settings.cacheBytes() / 2,
                settings.upstreams().serveStale(),
                nanoTime);
        this.ready = new WireCache(settings.cacheBytes() / 2, new SecureRandom().nextLong(), nanoTime);
        this.loops = new EventLoops(settings.threads());
        this.upstreams = new Upstreams(settings.upstreams(), cache, loops, nanoTime);
        this.views = new Views(
                settings.policy(),
                PrefixWatch.apart(settings.watched(), settings.policy().pref64s()));
        this.queryLog = new QueryLog(settings.queryLog());
        this.watch = new PrefixWatch(settings.watched(), views, executor);
        var pipeline = new Pipeline(
                upstreams,
                new ChainFollower(new CachedOnly(cache)),
                specialNames(settings.policy()),
                nanoTime,
                Runnable::run); // what follows blocks nothing, and is taken on by the event loops
        var clients = new ClientList(settings.clientsV6(), settings.clientsV4());
        this.queries = new QueryHandler(clients, views, pipeline, counters, ready, queryLog);
        if (settings.queryLog().every() > 0) {
            executor.execute(queryLog::run);
        }
        this.listeners = new Listeners(loops, queries, ready, counters, connections);
    }

    /**
     * Binds every address and begins to serve.
     *
     * @throws IllegalArgumentException if the settings name a file that can't be used
     * @throws IOException if an address can't be bound; it names the address and the reason, and nothing is left bound
     */
    public static Dns64Server start(Dns64Settings settings) throws IOException {
        var server = new Dns64Server(settings, System::nanoTime);
        try {
            for (var address : settings.listen()) {
                server.listeners.open(address);
            }
            server.watch.start();
            server.upstreams.start();
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
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
                new Upstreams(settings.upstreams(), nothingKept, loops, System::nanoTime),
                specialNames(settings.policy()),
                System::nanoTime,
                loops);
    }

    /** What is answered here. There are no encrypted transports that could be told of. */
    private static SpecialNames specialNames(Policy policy) {
        return new SpecialNames(
                new ReverseNames(policy.pref64s(), policy.inlinePtr()),
                new ResolverArpa(List.of()),
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
                connections.connections());
    }

    /** The addresses that are served, in the order of the settings, with the ports that the kernel chose for 0. */
    public List<InetSocketAddress> listening() {
        return listeners.addresses();
    }

    /** Ends all sockets and threads; queries that wait for an upstream get no answer. */
    @Override
    public void close() {
        listeners.close();
        loops.close();
        executor.shutdownNow();
    }
}
