// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.upstream;

import static nat64.gateway.config.file.OnChange.RELOAD;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import nat64.dns64.settings.NxDomainCut;
import nat64.dns64.settings.UpstreamPolicy;
import nat64.dns64.settings.UpstreamServer;
import nat64.gateway.config.common.FileFormats;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ListKey;
import nat64.gateway.config.file.MapKey;
import nat64.gateway.config.file.ValueKey;
import org.xbill.DNS.Name;

/** The keys of the section {@code dns64} that say who is asked, and how. */
public final class UpstreamKeys {

    public static final Keys KEYS = Keys.section("dns64");

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(10);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    static final ListKey<Resolvers> UPSTREAMS = KEYS.list(
            "upstreams",
            "[auto]",
            UpstreamFormats.RESOLVERS,
            RELOAD,
            "The resolvers that are asked, see [below](#upstreams). `auto` is those of resolv.conf.");
    static final MapKey<Name, UpstreamServer> FORWARD = KEYS.map(
            "forward",
            UpstreamFormats.ZONE,
            UpstreamFormats.SERVER,
            RELOAD,
            "Zones, each with a list of upstreams for the names inside, also where such names are otherwise answered"
                    + " here (`10.in-addr.arpa`, `home.arpa`); of several zones the longest wins.");
    static final ListKey<Name> UNCACHED = KEYS.listOrEmpty(
            "uncached",
            "[]",
            UpstreamFormats.ZONE,
            RELOAD,
            "Zones of `forward` whose answers are not cached: each query is forwarded, and clients get TTL 0.");
    static final ValueKey<NxDomainCut> NXDOMAIN_CUT = KEYS.value(
            "nxdomain-cut",
            "all",
            Formats.oneOf(NxDomainCut.class),
            RELOAD,
            "Which cached NXDOMAIN answers also hold for all names below (RFC 8020): `all`, `secure` for those with"
                    + " valid signatures, or `off`. No such answer holds for a zone of `forward` below.");
    static final ValueKey<UpstreamPolicy> POLICY = KEYS.value(
            "upstream-policy",
            "sequential",
            Formats.oneOf(UpstreamPolicy.class),
            RELOAD,
            "Which of several upstreams is asked first: `sequential` in this order, `round-robin` each in turn,"
                    + " `fastest` by round-trip time.");
    static final ValueKey<Optional<Path>> AUTHORITIES = KEYS.value(
            "upstream-authorities",
            "system",
            FileFormats.AUTHORITIES,
            RELOAD,
            "File with the certificates of authorities (PEM) that verify `tls` and `https` upstreams. `system` is"
                    + " those of the Java installation.");
    static final ValueKey<Duration> TIMEOUT = KEYS.value(
            "upstream-timeout",
            "1s",
            Formats.DURATION.and(UpstreamKeys::requireTimeout).withExamples("1s", "2s"),
            RELOAD,
            "For one query to one upstream; 10ms to 1m.");
    static final ValueKey<Boolean> RANDOMIZE_CASE = KEYS.value(
            "randomize-case",
            "false",
            Formats.BOOLEAN,
            RELOAD,
            "Gives the letters of names a random case in queries over UDP, which answers must repeat: one more thing"
                    + " that an attacker must guess. An upstream that changes the case is asked over TCP.");

    private UpstreamKeys() {}

    private static void requireTimeout(Duration timeout) {
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("a timeout is between 10ms and 1m, not " + timeout.toMillis() + "ms");
        }
    }
}
