// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.Name;

/**
 * Who is asked, and how.
 *
 * @param servers for all names that no zone of {@code forward} holds
 * @param forward zones, with the servers for the names inside; of several zones the longest counts
 * @param policy which of several servers is asked first
 * @param timeout of one try with one server; a client never waits more than 2.5 s in all
 * @param authorities a PEM file with the authorities that certificates are checked against, if not those of the host
 * @param serveStale for how long an answer is used after its time is up, when no upstream answers (RFC 8767); zero for
 *     not at all
 * @param randomizeCase whether the letters of names get a random case over UDP, which answers must repeat
 * @param dnssec whether signatures count
 * @param cacheRules what the cache may make of answers
 */
public record UpstreamSettings(
        List<UpstreamServer> servers,
        Map<Name, List<UpstreamServer>> forward,
        UpstreamPolicy policy,
        Duration timeout,
        Optional<Path> authorities,
        Duration serveStale,
        boolean randomizeCase,
        DnssecSettings dnssec,
        CacheRules cacheRules) {

    public UpstreamSettings {
        servers = servers.stream().distinct().toList();
        forward = copy(forward);
        require(!servers.isEmpty(), "a DNS64 needs at least one upstream resolver");
        forward.forEach((zone, own) -> require(!own.isEmpty(), "the zone " + zone + " needs at least one upstream"));
        for (var zone : cacheRules.uncached()) {
            require(forward.containsKey(zone), "the zone " + zone + " is not forwarded, so it can't go without cache");
        }
        require(!serveStale.isNegative(), "stale answers can't be used for " + serveStale);
        requireTrustworthy(dnssec, servers, forward);
        require(timeout.isPositive(), "the upstream timeout must be positive, not " + timeout);
    }

    /** These servers for all names, in this order. */
    public static UpstreamSettings of(List<UpstreamServer> servers, Duration timeout) {
        return new UpstreamSettings(
                servers,
                Map.of(),
                UpstreamPolicy.SEQUENTIAL,
                timeout,
                Optional.empty(),
                Duration.ZERO,
                false,
                DnssecSettings.OFF,
                CacheRules.DEFAULT);
    }

    /** All servers, each once. */
    public List<UpstreamServer> all() {
        return Stream.concat(servers.stream(), forward.values().stream().flatMap(List::stream))
                .distinct()
                .toList();
    }

    /** Forwarded zones that the other settings treat in another way, or don't forward, and the other way round. */
    public List<Name> zonesThatDiffer(UpstreamSettings other) {
        return Stream.concat(forward.keySet().stream(), other.forward.keySet().stream())
                .distinct()
                .filter(zone -> !Objects.equals(forward.get(zone), other.forward.get(zone))
                        || cacheRules.uncached().contains(zone)
                                != other.cacheRules.uncached().contains(zone))
                .toList();
    }

    private static Map<Name, List<UpstreamServer>> copy(Map<Name, List<UpstreamServer>> forward) {
        var copy = new LinkedHashMap<Name, List<UpstreamServer>>();
        forward.forEach((zone, own) ->
                copy.put(zone.canonicalize(), own.stream().distinct().toList()));
        return Collections.unmodifiableMap(copy);
    }

    /** The same, with or without signatures. */
    public UpstreamSettings with(DnssecSettings other) {
        return new UpstreamSettings(
                servers, forward, policy, timeout, authorities, serveStale, randomizeCase, other, cacheRules);
    }

    /** The same with other rules for the cache. */
    public UpstreamSettings with(CacheRules other) {
        return new UpstreamSettings(
                servers, forward, policy, timeout, authorities, serveStale, randomizeCase, dnssec, other);
    }

    /** RFC 4035, section 4.9.3: the AD bit is worth as much as the way that it came. */
    private static void requireTrustworthy(
            DnssecSettings dnssec, List<UpstreamServer> servers, Map<Name, List<UpstreamServer>> forward) {
        if (dnssec.mode() == DnssecMode.TRUST_UPSTREAM_AD) {
            Stream.concat(servers.stream(), forward.values().stream().flatMap(List::stream))
                    .forEach(server -> require(
                            server.isReachedSafely(),
                            "the AD bit of " + server + " could be forged on the way; ask it over TLS"));
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
