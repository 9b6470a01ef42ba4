// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import static nat64.gateway.config.file.Formats.integer;
import static nat64.gateway.config.file.OnChange.RELOAD;
import static nat64.gateway.config.file.OnChange.RESTART;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import nat64.dns64.settings.NetworkLengths;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.common.FileFormats;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.ItemsKey;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ListKey;
import nat64.gateway.config.file.ValueKey;

/**
 * The keys of the section {@code dns64} that are in no section inside it, without those about answers and upstreams.
 */
public final class Dns64Keys {

    public static final Keys KEYS = Keys.section("dns64");

    private static final int DNS_PORT = 53;
    private static final int MOST_THREADS = 1024;
    private static final int HIGHEST_RATE = 1_000_000_000;
    private static final long LARGEST_CACHE = 64L << 30;
    private static final Duration LONGEST_STALE = Duration.ofDays(7);

    static final ListKey<Endpoints> LISTEN = KEYS.list(
            "listen",
            "[auto]",
            AddressFormats.listen(DNS_PORT),
            RESTART,
            "Where queries are answered, over UDP and TCP. `auto` is port 53 of every address of the host, but for"
                    + " those of the uplink if it has other links, and temporary ones (see [below](#auto)).");

    static final ItemsKey PREFIX_HEALTH = KEYS.itemsOrEmpty(
            "prefix-health",
            "[]",
            "[{pref64: 2001:db8:64::/96, targets: [192.0.2.1:53]}]",
            RELOAD,
            "Prefixes of answers that are probed through the network, and withdrawn while they do not work. Prefixes"
                    + " of a translator in another process are named here.");
    static final ProbeKeys PROBE = ProbeKeys.of(PREFIX_HEALTH.keys());

    static final ValueKey<Long> CACHE_SIZE = KEYS.value(
            "cache-size",
            "32Mi",
            Formats.SIZE.and(Dns64Keys::requireCacheSize),
            RESTART,
            "Memory for answers: one half for those of upstreams, one for those ready to be sent. The Java heap (512"
                    + " MiB, `NAT64_JAVA_OPTIONS=-Xmx...`) should be four times as large, or the log warns.");
    static final ValueKey<Duration> SERVE_STALE = KEYS.value(
            "serve-stale",
            "1d",
            Formats.DURATION.and(Dns64Keys::requireNotTooStale).withExamples("1d", "0s"),
            RESTART,
            "How long an answer is used after its TTL has expired, when no upstream answers (RFC 8767); at most 7d,"
                    + " `0s` turns it off. Clients may keep it for 30 s, and get the extended error 3 or 19.");
    static final ValueKey<Integer> THREADS = KEYS.value(
            "threads",
            "0",
            integer(0, MOST_THREADS),
            RESTART,
            "Threads that serve sockets; each has its own UDP socket per address. `0` is one per processor.");
    static final ValueKey<Optional<Path>> COOKIE_SECRETS = KEYS.value(
            "cookie-secrets",
            "none",
            FileFormats.orNone("/etc/nat64/cookies"),
            RESTART,
            "File with the secrets of DNS cookies (RFC 9018), which servers at one address share: 32 hexadecimal"
                    + " digits on a line. The first line makes cookies, all lines verify them. Followed when it"
                    + " changes. Without it secrets are random and change daily.");
    static final ValueKey<Integer> UDP_RESPONSES_PER_SECOND = KEYS.value(
            "udp-responses-per-second",
            "1000",
            integer(0, HIGHEST_RATE),
            RESTART,
            "Responses over UDP to the clients of one prefix (see `dns64.client-prefix-v6`) that show no cookie of this"
                    + " server. Beyond that, they are told to use TCP; a client that has done so gets an eighth of"
                    + " this rate for itself. `0` is no limit.");
    static final ValueKey<Integer> CLIENT_PREFIX_V6 = KEYS.value(
            "client-prefix-v6",
            "56",
            integer(NetworkLengths.SHORTEST_IPV6, NetworkLengths.LONGEST_IPV6),
            RESTART,
            "Length of the IPv6 prefixes whose clients share limits: UDP responses, connections, queries in flight and"
                    + " large answers. Set it to what one subscriber gets, for example 48.");
    static final ValueKey<Integer> CLIENT_PREFIX_V4 = KEYS.value(
            "client-prefix-v4",
            "24",
            integer(NetworkLengths.SHORTEST_IPV4, NetworkLengths.LONGEST_IPV4),
            RESTART,
            "The same for IPv4 clients.");

    private Dns64Keys() {}

    private static void requireNotTooStale(Duration stale) {
        if (stale.compareTo(LONGEST_STALE) > 0) {
            throw new IllegalArgumentException(
                    "answers are used for at most 7d after their TTL has expired (RFC 8767, section 5); write 1d, or"
                            + " 0s to turn this off");
        }
    }

    private static void requireCacheSize(long bytes) {
        if (bytes > LARGEST_CACHE) {
            throw new IllegalArgumentException("a cache has at most 64Gi");
        }
    }
}
