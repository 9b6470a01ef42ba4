// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import nat64.dns64.Serving;
import nat64.dns64.cache.DenialScope;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.message.Upstream;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.QueryLogSettings;
import nat64.dns64.synthesis.LocalZones;
import nat64.dns64.synthesis.ResolverArpa;
import nat64.dns64.synthesis.ReverseNames;
import nat64.dns64.synthesis.SpecialNames;
import nat64.dns64.testing.Records;
import nat64.dns64.view.ClientList;
import nat64.dns64.view.Views;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;

/** The way of a query without sockets, for clients in 192.0.2.0/24 and a few prefixes. */
public final class Pipelines {

    private Pipelines() {}

    /** Nothing is cached, so nobody is answered without recursion. */
    public static Pipeline pipeline(Upstream upstream, LongSupplier nanoTime, String... pref64s) {
        return pipeline(upstream, new MessageCache(0, nanoTime), nanoTime, policy(pref64s));
    }

    public static Pipeline pipeline(Upstream upstream, MessageCache cache, LongSupplier nanoTime, Policy policy) {
        var special = new SpecialNames(
                new ReverseNames(policy.pref64s()),
                new ResolverArpa(List.of()),
                new LocalZones(List.of(Records.name("2.0.192.in-addr.arpa."))));
        return new Pipeline(
                upstream,
                new CachedOnly(cache, DenialScope.ALL),
                new Pipeline.Rules(special, false, _ -> false),
                new Pipeline.Timing(nanoTime, Serving::later));
    }

    public static QueryHandler handler(Pipeline pipeline, Counters counters, PacketCache ready, String... pref64s) {
        return handler(pipeline, counters, ready, new Views(policy(pref64s), Set.of()));
    }

    public static QueryHandler handler(Pipeline pipeline, Counters counters, PacketCache ready, Views views) {
        return handler(pipeline, counters, ready, views, Serving.limits());
    }

    static QueryHandler handler(
            Pipeline pipeline, Counters counters, PacketCache ready, Views views, QueryLimits limits) {
        var clients = new ClientList(List.of(), List.of(Ipv4Prefix.parse("192.0.2.0/24")));
        return new QueryHandler(
                new ServingRules(clients, views, pipeline),
                new QueryReports(counters, new QueryLog(QueryLogSettings.OFF)),
                ready,
                Serving.options(),
                limits);
    }

    public static Policy policy(String... pref64s) {
        return Policy.of(List.of(pref64s).stream().map(Pref64::parse).toList());
    }
}
