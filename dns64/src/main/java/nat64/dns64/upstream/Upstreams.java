// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import nat64.dns64.cache.DenialScope;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.dnssec.CheckRuntime;
import nat64.dns64.dnssec.SecurityCounters;
import nat64.dns64.dnssec.TrustAnchors;
import nat64.dns64.dnssec.ValidatingUpstream;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import nat64.dns64.network.EventLoops;
import nat64.dns64.settings.DnssecMode;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.settings.UpstreamSettings;
import nat64.dns64.statistics.SecurityStatus;
import nat64.dns64.statistics.UpstreamStatistics;
import nat64.dns64.upstream.connection.TlsTrust;
import org.xbill.DNS.Name;

/**
 * All upstreams, composed: alias chains, cache, forwarded zones, groups of servers. Safe for many
 * threads.
 */
public final class Upstreams implements Upstream, AutoCloseable {

    private static final long IDLE_SECONDS = 10;
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final UpstreamSettings settings;
    private final EventLoops loops;
    private final MessageCache cache;
    private final Map<UpstreamServer, RemoteServer> servers = new LinkedHashMap<>();
    private final LoopProbes loopProbes;
    private final UpstreamMonitor monitor;
    private final ForwardedZones zoned;
    private final DenialScope denials;
    private final SecurityCounters statuses = new SecurityCounters();
    private final CachedUpstream asked;
    private final Upstream all;

    /**
     * @param loops where questions are sent from; closing them ends all questions
     * @param nanoTime a clock like {@link System#nanoTime()}
     * @param clock that signatures expire by
     * @throws IllegalArgumentException if the file of authorities can't be used
     */
    public Upstreams(
            UpstreamSettings settings,
            MessageCache cache,
            EventLoops loops,
            LongSupplier nanoTime,
            InstantSource clock) {
        this.settings = settings;
        this.loops = loops;
        this.cache = cache;
        var trust = new TlsTrust(settings.all(), settings.authorities());
        for (var server : settings.all()) {
            servers.put(server, new RemoteServer(server, loops, trust, settings.randomizeCase(), nanoTime));
        }
        this.loopProbes = new LoopProbes(zonesByServer());
        this.denials = denials(settings);
        this.zoned = forwardedZones();
        Upstream network =
                (question, deadlineNanos) -> zoned.ask(question, deadlineNanos).thenApply(this::trusted);
        this.monitor = new UpstreamMonitor(List.copyOf(servers.values()), loops, loopProbes, cache::forgetFailures);
        this.asked = new CachedUpstream(cache, denials, network);
        var plain = new CnameChaser(asked);
        this.all = settings.dnssec().mode() == DnssecMode.LOCAL ? validating(plain, nanoTime, clock) : plain;
    }

    /** What is checked is kept beside what is not: the CD bit of the question tells them apart. */
    private Upstream validating(Upstream plain, LongSupplier nanoTime, InstantSource clock) {
        var checked = new CachedUpstream(
                cache,
                denials,
                new ValidatingUpstream(
                        plain,
                        cache::forget,
                        new TrustAnchors(settings.dnssec()),
                        statuses,
                        new CheckRuntime(clock.withZone(ZoneOffset.UTC), nanoTime, threads())));
        return (question, deadlineNanos) ->
                (question.checkingDisabled() ? plain : checked).ask(question, deadlineNanos);
    }

    /** How far the denial of a name speaks for names below it, by these settings. */
    public static DenialScope denials(UpstreamSettings settings) {
        return new DenialScope(
                settings.cacheRules().nxDomainCut(), settings.forward().keySet());
    }

    /** Zones with the same servers share a group: what these say about one another's names counts. */
    private ForwardedZones forwardedZones() {
        var groups = new HashMap<List<UpstreamServer>, Upstream>();
        var zones = new HashMap<Name, Upstream>();
        settings.forward().forEach((zone, own) -> zones.put(zone, groups.computeIfAbsent(own, this::group)));
        var others = groups.computeIfAbsent(settings.servers(), this::group);
        return new ForwardedZones(others, zones, settings.cacheRules().uncached());
    }

    /** Half of the processors check signatures, so that the other half goes on answering. Idle threads end. */
    private static Executor threads() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        var executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // bounded by the checks that may be under way
                Thread.ofPlatform().name("dns64-dnssec-", 0).daemon().factory());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** The AD bit counts for nothing unless the upstreams are trusted (RFC 4035, section 4.9.3). */
    private Outcome.Answered trusted(Outcome.Answered answered) {
        boolean trusted = settings.dnssec().mode() == DnssecMode.TRUST_UPSTREAM_AD;
        var sections = answered.sections();
        return sections.secure() && !trusted ? answered.with(sections.withSecure(false)) : answered;
    }

    private Outcome trusted(Outcome outcome) {
        var checked = outcome instanceof Outcome.Answered answered ? trusted(answered) : outcome;
        if (settings.dnssec().mode() == DnssecMode.TRUST_UPSTREAM_AD) {
            count(checked);
        }
        return checked;
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Answered answered ->
                statuses.count(answered.sections().secure() ? SecurityStatus.SECURE : SecurityStatus.INSECURE);
            case Outcome.Bogus _ -> statuses.count(SecurityStatus.BOGUS);
            case Outcome.Failure _, Outcome.Timeout _ -> {}
        }
    }

    /** Starts the health checks of the servers. */
    public void start() {
        monitor.start();
    }

    /** Stops the health checks. Questions may still be asked; unused sockets close by themselves. */
    @Override
    public void close() {
        monitor.stop();
    }

    @Override
    public CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
        return all.ask(question, deadlineNanos);
    }

    /**
     * Whether the name is that of a question by which this server looks for loops: a client that asks for it stands
     * behind an upstream that forwards to this server.
     */
    public boolean isOwnProbe(Name asked) {
        return loopProbes.returned(asked);
    }

    /** Questions that waited for the answer to the same one. */
    public long joined() {
        return asked.joined();
    }

    /** What has been done since the start, by server, in the order of the settings. */
    public Map<UpstreamServer, UpstreamStatistics> statistics() {
        var statistics = new LinkedHashMap<UpstreamServer, UpstreamStatistics>();
        servers.forEach((server, remote) -> statistics.put(server, statistics(remote)));
        return Collections.unmodifiableMap(statistics);
    }

    /** What became of the answers whose signatures were checked; empty if none are. */
    public Map<SecurityStatus, Long> statuses() {
        return settings.dnssec().isOn() ? statuses.sums() : Map.of();
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
                server.durations(),
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
        return new UpstreamGroup(
                remotes,
                settings.policy(),
                settings.timeout(),
                loops,
                (question, answer) -> cache.store(question, trusted(zoned.own(question, answer))));
    }
}
