// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.time.Duration;
import java.util.List;
import nat64.dns64.server.Policy;
import nat64.dns64.server.WatchedPrefix;
import nat64.translator.address.Pref64;

/**
 * The answering half.
 *
 * @param listen where questions are answered, on UDP and TCP
 * @param upstreams the resolvers that are asked
 * @param policy who gets which answers
 * @param probed Pref64s that are probed over the network
 * @param upstreamTimeout for one question to one upstream
 * @param cacheSize octets
 * @param threads that serve sockets; 0 is one per processor
 * @param queryLog which answered queries are logged, and how
 * @param serving how clients are served, beyond plain UDP and TCP
 */
public record Dns64Config(
        Endpoints listen,
        Endpoints upstreams,
        Policy policy,
        List<WatchedPrefix> probed,
        Duration upstreamTimeout,
        long cacheSize,
        int threads,
        QueryLogConfig queryLog,
        ServingConfig serving) {

    public Dns64Config {
        probed = List.copyOf(probed);
    }

    /** Whether this prefix is probed. */
    public boolean isProbed(Pref64 pref64) {
        return probed.stream().anyMatch(watched -> watched.pref64().equals(pref64));
    }

    /** The same at other places: those that the host tells in the place of {@code auto}. */
    public Dns64Config with(Endpoints otherListen, Endpoints otherUpstreams) {
        return new Dns64Config(
                otherListen,
                otherUpstreams,
                policy,
                probed,
                upstreamTimeout,
                cacheSize,
                threads,
                queryLog,
                serving.resolve(otherListen.given()));
    }
}
