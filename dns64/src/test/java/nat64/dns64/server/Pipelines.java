// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import nat64.dns64.cache.AnswerCache;
import nat64.dns64.synthesis.LocalZones;
import nat64.dns64.synthesis.ResolverArpa;
import nat64.dns64.synthesis.ReverseNames;
import nat64.dns64.synthesis.SpecialNames;
import nat64.dns64.testing.Records;
import nat64.dns64.upstream.Upstream;
import nat64.dns64.wire.WireCache;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;

/** The way of a query without sockets, for clients in 192.0.2.0/24 and a few prefixes. */
final class Pipelines {

    private Pipelines() {}

    /** Nothing is cached, so nobody is answered without recursion. */
    static Pipeline pipeline(Upstream upstream, LongSupplier nanoTime, String... pref64s) {
        return pipeline(upstream, new AnswerCache(0, nanoTime), nanoTime, policy(pref64s));
    }

    static Pipeline pipeline(Upstream upstream, AnswerCache cache, LongSupplier nanoTime, Policy policy) {
        var special = new SpecialNames(
                new ReverseNames(policy.pref64s()),
                new ResolverArpa(List.of()),
                new LocalZones(List.of(Records.name("2.0.192.in-addr.arpa."))));
        return new Pipeline(upstream, new CachedOnly(cache), special, nanoTime, Serving::later, false, _ -> false);
    }

    static QueryHandler handler(Pipeline pipeline, Counters counters, WireCache ready, String... pref64s) {
        return handler(pipeline, counters, ready, new Views(policy(pref64s), Set.of()));
    }

    static QueryHandler handler(Pipeline pipeline, Counters counters, WireCache ready, Views views) {
        var clients = new ClientList(List.of(), List.of(Ipv4Prefix.parse("192.0.2.0/24")));
        return new QueryHandler(
                new Service(clients, views, pipeline),
                counters,
                ready,
                new QueryLog(QueryLogSettings.OFF),
                Serving.options(),
                Serving.inFlight());
    }

    static Policy policy(String... pref64s) {
        return Policy.of(List.of(pref64s).stream().map(Pref64::parse).toList());
    }
}
