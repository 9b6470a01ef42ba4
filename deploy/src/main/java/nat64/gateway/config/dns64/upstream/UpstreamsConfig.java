// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.upstream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nat64.dns64.settings.CacheRules;
import nat64.dns64.settings.DnssecSettings;
import nat64.dns64.settings.UpstreamPolicy;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.settings.UpstreamSettings;
import org.xbill.DNS.Name;

/**
 * Who is asked, and how. {@link UpstreamSettings} cannot hold {@code auto}, since they need a server.
 *
 * @param servers for all names that no zone of {@code forward} holds
 * @param forward zones, with the servers for the names inside
 * @param policy which of several servers is asked first
 * @param timeout for one query to one server
 * @param authorities a file with the authorities that verify certificates, if not those of the host
 * @param randomizeCase whether the letters of names get a random case in queries
 * @param dnssec whether signatures count, and whose
 * @param cacheRules what the cache may make of answers
 */
public record UpstreamsConfig(
        Resolvers servers,
        Map<Name, List<UpstreamServer>> forward,
        UpstreamPolicy policy,
        Duration timeout,
        Optional<Path> authorities,
        boolean randomizeCase,
        DnssecSettings dnssec,
        CacheRules cacheRules) {

    public UpstreamsConfig {
        forward = Map.copyOf(forward);
    }

    /** The same with other servers: those that the host has for {@code auto}. */
    public UpstreamsConfig with(Resolvers others) {
        return new UpstreamsConfig(others, forward, policy, timeout, authorities, randomizeCase, dnssec, cacheRules);
    }

    /** Those of the DNS64; no {@code auto} may be left. */
    public UpstreamSettings settings(Duration serveStale) {
        return new UpstreamSettings(
                servers.given(), forward, policy, timeout, authorities, serveStale, randomizeCase, dnssec, cacheRules);
    }
}
