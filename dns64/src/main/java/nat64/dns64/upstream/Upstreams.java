// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import nat64.dns64.cache.AnswerCache;
import nat64.dns64.cache.Question;
import nat64.dns64.network.EventLoops;
import nat64.dns64.synthesis.Outcome;
import org.xbill.DNS.Name;

/**
 * Everybody who can be asked, put together: alias chains, cache, forwarded zones, groups of servers. Safe for many
 * threads.
 */
public final class Upstreams implements Upstream, AutoCloseable {

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final UpstreamSettings settings;
    private final EventLoops loops;
    private final AnswerCache cache;
    private final Map<UpstreamServer, RemoteServer> servers = new LinkedHashMap<>();
    private final LoopProbes loopProbes;
    private final UpstreamMonitor monitor;
    private final Upstream all;

    /**
     * @param loops where questions are sent from; whoever closes them ends all questions
     * @param nanoTime a clock like {@link System#nanoTime()}
     * @throws IllegalArgumentException if the file of authorities can't be used
     */
    public Upstreams(UpstreamSettings settings, AnswerCache cache, EventLoops loops, LongSupplier nanoTime) {
        this.settings = settings;
        this.loops = loops;
        this.cache = cache;
        var trust = new TlsTrust(settings.all(), settings.authorities());
        for (var server : settings.all()) {
            servers.put(server, new RemoteServer(server, loops, trust, settings.randomizeCase(), nanoTime));
        }
        this.loopProbes = new LoopProbes(zonesByServer());
        var zones = new LinkedHashMap<Name, Upstream>();
        settings.forward().forEach((zone, own) -> zones.put(zone, group(own)));
        var network = new ForwardedZones(group(settings.servers()), zones);
        this.monitor = new UpstreamMonitor(List.copyOf(servers.values()), loops, loopProbes, cache::forgetFailures);
        this.all = new ChainFollower(new CachedUpstream(cache, network));
    }

    /** Begins to look after the servers. */
    public void start() {
        monitor.start();
    }

    /** Looks after the servers no more; questions may still be asked, and sockets that nobody uses close by themselves. */
    @Override
    public void close() {
        monitor.stop();
    }

    @Override
    public CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
        return all.ask(question, deadlineNanos);
    }

    /**
     * Whether the name is that of a question by which this server looks for loops: a client that asks for it stands behind
     * an upstream that forwards to this server.
     */
    public boolean isOwnProbe(Name asked) {
        return loopProbes.returned(asked);
    }

    /** What has been done since the start, by server, in the order of the settings. */
    public Map<UpstreamServer, UpstreamStatistics> statistics() {
        var statistics = new LinkedHashMap<UpstreamServer, UpstreamStatistics>();
        servers.forEach((server, remote) -> statistics.put(server, statistics(remote)));
        return Collections.unmodifiableMap(statistics);
    }

    private UpstreamStatistics statistics(RemoteServer server) {
        var counters = server.counters();
        return new UpstreamStatistics(
                counters.queries(),
                counters.failures(),
                counters.timeouts(),
                counters.mismatches(),
                counters.overTcp(),
                counters.connections(),
                server.health().roundTripNanos() / NANOS_PER_SECOND,
                server.isReliable(),
                monitor.synthesizes(server));
    }

    private Map<RemoteServer, List<Name>> zonesByServer() {
        var zones = new HashMap<RemoteServer, List<Name>>();
        servers.forEach((server, remote) -> {
            var own = Stream.concat(
                    settings.servers().contains(server) ? Stream.of(Name.root) : Stream.of(),
                    settings.forward().entrySet().stream()
                            .filter(zone -> zone.getValue().contains(server))
                            .map(Map.Entry::getKey));
            zones.put(remote, own.toList());
        });
        return zones;
    }

    private UpstreamGroup group(List<UpstreamServer> members) {
        var remotes = members.stream().map(servers::get).toList();
        return new UpstreamGroup(remotes, settings.policy(), settings.timeout(), loops, cache::store);
    }
}
