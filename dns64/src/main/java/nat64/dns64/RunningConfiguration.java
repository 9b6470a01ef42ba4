// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.health.PrefixWatch;
import nat64.dns64.network.EventLoops;
import nat64.dns64.query.CachedOnly;
import nat64.dns64.query.Pipeline;
import nat64.dns64.query.ServingRules;
import nat64.dns64.synthesis.LocalZones;
import nat64.dns64.synthesis.RebindingProtection;
import nat64.dns64.synthesis.ResolverArpa;
import nat64.dns64.synthesis.ReverseNames;
import nat64.dns64.synthesis.SpecialNames;
import nat64.dns64.transport.DesignatedResolvers;
import nat64.dns64.upstream.CnameChaser;
import nat64.dns64.upstream.Upstreams;
import nat64.dns64.view.ClientList;
import nat64.dns64.view.Views;
import nat64.translator.address.Pref64;

/**
 * All that one configuration brings about, apart from sockets and caches: the next one takes its place as a whole. Safe
 * for many threads.
 */
record RunningConfiguration(Dns64Settings settings, Upstreams upstreams, PrefixWatch watch, ServingRules rules) {

    /**
     * What all configurations share.
     *
     * @param executor runs what blocks
     */
    record Shared(
            MessageCache cache, EventLoops loops, LongSupplier nanoTime, InstantSource clock, Executor executor) {}

    /**
     * The first one. Nothing runs yet.
     *
     * @throws IllegalArgumentException if the settings name a file that can't be used
     */
    static RunningConfiguration first(Dns64Settings settings, Shared shared) {
        var views = new Views(settings.policy(), apart(settings));
        var upstreams = upstreams(settings, shared);
        return new RunningConfiguration(
                settings,
                upstreams,
                new PrefixWatch(settings.watched(), views, shared.executor()),
                rules(settings, upstreams, views, shared));
    }

    /**
     * The one that follows. It knows which prefixes work, and keeps the connections to upstreams that stay the same.
     *
     * @throws IllegalArgumentException if the settings name a file that can't be used; this one goes on then
     */
    RunningConfiguration next(Dns64Settings other, Shared shared) {
        var nextUpstreams = other.upstreams().equals(settings.upstreams()) ? upstreams : upstreams(other, shared);
        var views = rules.views().next(other.policy(), apart(other));
        return new RunningConfiguration(
                other, nextUpstreams, watch.next(other.watched(), views), rules(other, nextUpstreams, views, shared));
    }

    void start() {
        watch.start();
        upstreams.start();
    }

    /** What is answered here. */
    static SpecialNames specialNames(Dns64Settings settings) {
        var policy = settings.policy();
        var forwarded = settings.upstreams().forward().keySet();
        var special = new SpecialNames(
                new ReverseNames(
                        policy.pref64s(), policy.inlinePtr(), policy.ownNames().nat64()),
                new ResolverArpa(
                        settings.serving().tls().map(DesignatedResolvers::of).orElse(List.of())),
                new LocalZones(policy.notLocal(), forwarded),
                policy.ownNames());
        return special.without(forwarded);
    }

    private static ServingRules rules(Dns64Settings settings, Upstreams upstreams, Views views, Shared shared) {
        var pipeline = new Pipeline(
                upstreams,
                new CnameChaser(new CachedOnly(shared.cache(), Upstreams.denials(settings.upstreams()))),
                new Pipeline.Rules(
                        specialNames(settings),
                        settings.upstreams().dnssec().isOn(),
                        upstreams::isOwnProbe,
                        rebinding(settings)),
                new Pipeline.Timing(shared.nanoTime(), shared.loops()::later));
        return new ServingRules(new ClientList(settings.clientsV6(), settings.clientsV4()), views, pipeline);
    }

    /** The operator names the servers of a forwarded zone, so its addresses are trusted. */
    static RebindingProtection rebinding(Dns64Settings settings) {
        return settings.policy()
                .rebinding()
                .allowing(settings.upstreams().forward().keySet());
    }

    private static Upstreams upstreams(Dns64Settings settings, Shared shared) {
        return new Upstreams(settings.upstreams(), shared.cache(), shared.loops(), shared.nanoTime(), shared.clock());
    }

    private static Set<Pref64> apart(Dns64Settings settings) {
        return PrefixWatch.apart(settings.watched(), settings.policy().pref64s());
    }
}
