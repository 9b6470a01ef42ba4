// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import static nat64.gateway.config.common.AddressFormats.IPV6_PREFIX;
import static nat64.gateway.config.common.AddressFormats.PREF64;
import static nat64.gateway.config.file.Formats.BOOLEAN;
import static nat64.gateway.config.file.Formats.integer;
import static nat64.gateway.config.file.Formats.oneOf;
import static nat64.gateway.config.file.OnChange.RELOAD;
import static nat64.gateway.config.file.OnChange.RESTART;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import nat64.dns64.synthesis.View.Cause;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.ItemsKey;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ListKey;
import nat64.gateway.config.file.ValueKey;
import org.xbill.DNS.Name;

/** The keys of the section {@code dns64} that are in no section inside it, those of views and upstreams apart. */
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
            "Where queries are answered, over UDP and TCP. `auto` is port 53 of every global address of the host.");

    static final SwitchKeys SWITCHES = new SwitchKeys(
            KEYS.value(
                    "synthesize",
                    "true",
                    BOOLEAN,
                    RELOAD,
                    "Whether AAAA records are synthesized at all. Without it, real ones are shown and `ipv4only.arpa` reveals"
                            + " no prefix."),
            KEYS.listOrEmpty(
                    "pref64",
                    "[]",
                    PREF64,
                    RELOAD,
                    "The prefixes of answers, at most 16, if they are not those of `pref64`. Where this gateway translates,"
                            + " too, each is one of `pref64`."),
            KEYS.value(
                    "pref64-policy",
                    "all",
                    SwitchKeys.POLICY,
                    RELOAD,
                    "Which of several prefixes a client gets: `all`, `first-healthy`, or `hash` for one that stays the same"
                            + " for an IPv6 /64 and for an IPv4 address."),
            KEYS.listOrEmpty(
                    "exclude",
                    "[\"::ffff:0:0/96\"]",
                    IPV6_PREFIX,
                    RELOAD,
                    "AAAA records inside these prefixes count as absent (RFC 6147, section 5.1.4)."),
            KEYS.list(
                    "synthesize-on",
                    "[nodata, error, timeout]",
                    oneOf(Cause.class),
                    RELOAD,
                    "The outcomes of an AAAA query after which A records are used (RFC 6147, sections 5.1.2 and 5.1.3)."),
            KEYS.value(
                    "synthesize-with-cd",
                    "false",
                    BOOLEAN,
                    RELOAD,
                    "Synthesizes AAAA records also for clients that set CD but not DO. Clients that set both validate"
                            + " signatures and never get any (RFC 6147, section 5.5)."),
            DomainKeys.of(KEYS.itemsOrEmpty(
                    "domains",
                    "[]",
                    DomainKeys.EXAMPLE,
                    RELOAD,
                    "Domains with their own rules, such as `{name: example.org, mode: force}`. The longest match wins. Built"
                            + " in is `never` for cluster.local.")),
            RangeKeys.of(KEYS.itemsOrEmpty(
                    "ipv4-ranges",
                    "[]",
                    RangeKeys.EXAMPLE,
                    RELOAD,
                    "IPv4 addresses with their own Pref64, such as `{ipv4: 10.0.0.0/8, pref64: none}`. The longest range"
                            + " wins.")));

    static final ItemsKey VIEWS = KEYS.itemsOrEmpty(
            "views",
            "[]",
            "[{name: site-a, clients: [10.0.0.0/8]}]",
            RELOAD,
            "Clients with their own rules; the keys above are for all clients that are in no view. Clients of a view must be"
                    + " among `clients`, too. At most 255 views.");
    static final ViewKeys VIEW = ViewKeys.of(VIEWS.keys());

    static final ItemsKey PREFIX_HEALTH = KEYS.itemsOrEmpty(
            "prefix-health",
            "[]",
            "[{pref64: 2001:db8:64::/96, targets: [192.0.2.1:53]}]",
            RELOAD,
            "Prefixes of answers that are probed through the network, and withdrawn while they do not work. Prefixes of a"
                    + " translator in another process are named here.");
    static final ProbeKeys PROBE = ProbeKeys.of(PREFIX_HEALTH.keys());

    static final ValueKey<Ptr> PTR = KEYS.value(
            "ptr",
            "cname",
            oneOf(Ptr.class),
            RELOAD,
            "How reverse names inside a Pref64 are answered (RFC 6147, section 5.3.1): `cname` to the name of the IPv4"
                    + " address, or `inline` with the PTR records found there.");
    static final ValueKey<Optional<Name>> NAT64_NAME = KEYS.value(
            "nat64-name",
            "none",
            NameFormats.HOST_OR_NONE,
            RELOAD,
            "A name for the NAT64 (RFC 7050, section 3.1.1): the reverse name of 192.0.0.170 and .171 inside a Pref64 then"
                    + " points to it, not to `ipv4only.arpa`, and its AAAA records are these addresses.");
    static final ValueKey<Boolean> BROWSER_CANARY = KEYS.value(
            "browser-canary",
            "true",
            BOOLEAN,
            RELOAD,
            "Answers NXDOMAIN for `use-application-dns.net`, so that browsers do not use their own resolvers, which know no"
                    + " Pref64. Not for views without synthesis.");
    static final ValueKey<Long> CACHE_SIZE = KEYS.value(
            "cache-size",
            "32Mi",
            Formats.SIZE.and(Dns64Keys::requireCacheSize),
            RESTART,
            "Memory for answers: one half for those of upstreams, one for those ready to be sent. The Java heap (512 MiB,"
                    + " `NAT64_JAVA_OPTIONS=-Xmx...`) should be four times as large, or the log warns.");
    static final ValueKey<Duration> SERVE_STALE = KEYS.value(
            "serve-stale",
            "1d",
            Formats.DURATION.and(Dns64Keys::requireNotTooStale).withExamples("1d", "0s"),
            RESTART,
            "How long an answer is used after its TTL has expired, when no upstream answers (RFC 8767); at most 7d, `0s`"
                    + " turns it off. Clients may keep it for 30 s, and get the extended error 3 or 19.");
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
            "File with the secrets of DNS cookies (RFC 9018), which servers at one address share: 32 hexadecimal digits on a"
                    + " line. The first line makes cookies, all lines verify them. Followed when it changes. Without it"
                    + " secrets are random and change daily.");
    static final ValueKey<Integer> UDP_RESPONSES_PER_SECOND = KEYS.value(
            "udp-responses-per-second",
            "1000",
            integer(0, HIGHEST_RATE),
            RESTART,
            "Responses over UDP to one network (/56 or /24) that shows no cookie of this server. Beyond that, the network is"
                    + " told to use TCP. `0` is no limit.");

    private Dns64Keys() {}

    enum Ptr {
        CNAME,
        INLINE
    }

    private static void requireNotTooStale(Duration stale) {
        if (stale.compareTo(LONGEST_STALE) > 0) {
            throw new IllegalArgumentException(
                    "answers are used for at most 7d after their TTL has expired (RFC 8767, section 5); write 1d, or 0s to"
                            + " turn this off");
        }
    }

    private static void requireCacheSize(long bytes) {
        if (bytes > LARGEST_CACHE) {
            throw new IllegalArgumentException("a cache has at most 64Gi");
        }
    }
}
