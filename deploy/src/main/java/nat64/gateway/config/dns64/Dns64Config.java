// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.util.List;
import java.util.Optional;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.UpstreamSettings;
import nat64.dns64.settings.WatchedPrefix;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.dns64.upstream.Resolvers;
import nat64.gateway.config.dns64.upstream.UpstreamsConfig;
import nat64.translator.address.Pref64;

/**
 * The answering half.
 *
 * @param listen where clients are served, and how
 * @param upstreams who is asked, and how
 * @param policy which clients get which answers
 * @param synthesizesOwn whether AAAA records are made for the IPv4 addresses of this host
 * @param probed Pref64s that are probed over the network
 * @param cache what is kept of answers
 * @param queryLog which answered queries are logged, and how
 */
public record Dns64Config(
        ListenConfig listen,
        UpstreamsConfig upstreams,
        Policy policy,
        boolean synthesizesOwn,
        List<WatchedPrefix> probed,
        CacheConfig cache,
        QueryLogConfig queryLog) {

    public Dns64Config {
        probed = List.copyOf(probed);
    }

    /** How this prefix is probed, if it is. */
    public Optional<WatchedPrefix> probe(Pref64 pref64) {
        return probed.stream()
                .filter(watched -> watched.pref64().equals(pref64))
                .findFirst();
    }

    /** The same without {@code auto}: with what the host has in its place. */
    public Dns64Config with(Endpoints otherListen, Resolvers otherUpstreams) {
        return new Dns64Config(
                listen.resolve(otherListen),
                upstreams.with(otherUpstreams),
                policy,
                synthesizesOwn,
                probed,
                cache,
                queryLog);
    }

    /** The upstreams of the DNS64; no {@code auto} may be left. */
    public UpstreamSettings upstreamSettings() {
        return upstreams.settings(cache.serveStale());
    }
}
