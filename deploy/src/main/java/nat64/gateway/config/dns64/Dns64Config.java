// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nat64.dns64.server.Policy;
import nat64.dns64.server.WatchedPrefix;
import nat64.dns64.upstream.DnssecSettings;
import nat64.dns64.upstream.UpstreamPolicy;
import nat64.dns64.upstream.UpstreamServer;
import nat64.gateway.config.common.Endpoints;
import nat64.translator.address.Pref64;
import org.xbill.DNS.Name;

/**
 * The answering half.
 *
 * @param listen where questions are answered, on UDP and TCP
 * @param upstreams the resolvers that are asked
 * @param policy who gets which answers
 * @param probed Pref64s that are probed over the network
 * @param forward zones, with the resolvers for the names inside
 * @param upstreamPolicy which of several resolvers is asked first
 * @param authorities a file with the authorities that certificates are checked against, if not those of the host
 * @param upstreamTimeout for one question to one upstream
 * @param cacheSize octets
 * @param serveStale for how long answers are used after their time is up, when no upstream knows more
 * @param randomizeCase whether the letters of names get a random case in questions to upstreams
 * @param threads that serve sockets; 0 is one per processor
 * @param queryLog which answered queries are logged, and how
 * @param serving how clients are served, beyond plain UDP and TCP
 * @param dnssec whether signatures count, and whose
 */
public record Dns64Config(
        Endpoints listen,
        Resolvers upstreams,
        Policy policy,
        List<WatchedPrefix> probed,
        Map<Name, List<UpstreamServer>> forward,
        UpstreamPolicy upstreamPolicy,
        Optional<Path> authorities,
        Duration upstreamTimeout,
        long cacheSize,
        Duration serveStale,
        boolean randomizeCase,
        int threads,
        QueryLogConfig queryLog,
        ServingConfig serving,
        DnssecSettings dnssec) {

    public Dns64Config {
        probed = List.copyOf(probed);
        forward = Map.copyOf(forward);
    }

    /** Whether this prefix is probed. */
    public boolean isProbed(Pref64 pref64) {
        return probed.stream().anyMatch(watched -> watched.pref64().equals(pref64));
    }

    /** The same at other places: those that the host tells in the place of {@code auto}. */
    public Dns64Config with(Endpoints otherListen, Resolvers otherUpstreams) {
        return new Dns64Config(
                otherListen,
                otherUpstreams,
                policy,
                probed,
                forward,
                upstreamPolicy,
                authorities,
                upstreamTimeout,
                cacheSize,
                serveStale,
                randomizeCase,
                threads,
                queryLog,
                serving.resolve(otherListen.given()),
                dnssec);
    }
}
