// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nat64.dns64.server.Policy;
import nat64.dns64.server.WatchedPrefix;
import nat64.dns64.upstream.UpstreamPolicy;
import nat64.dns64.upstream.UpstreamServer;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.config.common.LogConfig;
import nat64.gateway.config.common.OwnAddressChecks;
import nat64.gateway.config.common.Role;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Located;
import nat64.gateway.config.file.Reading;
import nat64.gateway.config.file.Section;
import nat64.translator.address.Pref64;
import org.xbill.DNS.Name;

/** Reads the section {@code dns64}. */
public final class Dns64Reader {

    private static final int DNS_PORT = 53;
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(10);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration LONGEST_STALE = Duration.ofDays(7);
    private static final int MOST_THREADS = 1024;
    private static final long LARGEST_CACHE = 64L << 30;

    private static final Format<Duration> TIMEOUT =
            new Format<>("1s", Formats.DURATION.and(Dns64Reader::requireTimeout).parser());
    private static final Format<Duration> STALE = new Format<>(
            "1d", Formats.DURATION.and(Dns64Reader::requireNotTooStale).parser());
    private static final Format<Long> CACHE_SIZE = Formats.SIZE.and(Dns64Reader::requireCacheSize);
    private static final Format<Integer> ONE_IN = Formats.integer(2, 1_000_000_000);
    private static final Format<Integer> QUERIES =
            new Format<>("1/100", Dns64Reader::oneIn).or(Map.of("none", 0, "all", 1));
    private static final Format<Endpoints> LISTEN = AddressFormats.listen(DNS_PORT);

    private final Reading reading;
    private final Located<Role> role;
    private final OwnAddressChecks ownAddresses;
    private final List<Located<Pref64>> pref64s;
    private final ViewsReader views;

    public Dns64Reader(
            Reading reading,
            Located<Role> role,
            OwnAddressChecks ownAddresses,
            List<Located<Pref64>> pref64s,
            boolean translateNonGlobal) {
        this.reading = reading;
        this.role = role;
        this.ownAddresses = ownAddresses;
        this.pref64s = pref64s;
        this.views = new ViewsReader(reading, pref64s, translateNonGlobal);
    }

    public Dns64Config read(Section dns64) {
        if (!role.value().answersDns() && !dns64.isEmpty()) {
            reading.warn(role, "translator alone answers no questions, so the section dns64 does nothing; delete it");
        }
        var listen = dns64.values("listen", "[auto]", LISTEN);
        var upstreams = dns64.values("upstreams", "[auto]", UpstreamFormats.RESOLVERS);
        var forward = dns64.lists("forward", UpstreamFormats.ZONE, UpstreamFormats.SERVER);
        checkAddresses(listen);
        var named = Stream.concat(
                        upstreams.stream()
                                .flatMap(located ->
                                        located.value().given().stream().map(located::with)),
                        forward.values().stream().flatMap(List::stream))
                .toList();
        named.forEach(upstream -> checkUpstream(upstream, listen));
        var probed = new PrefixHealthReader(reading).read(dns64);
        var policy = policy(dns64, probed);
        return new Dns64Config(
                listen.stream().map(Located::value).reduce(Endpoints.NONE, Endpoints::plus),
                upstreams.stream().map(Located::value).reduce(Resolvers.NONE, Resolvers::plus),
                policy,
                probed.stream().map(Located::value).toList(),
                byZone(forward),
                dns64.value("upstream-policy", "sequential", Formats.oneOf(UpstreamPolicy.class))
                        .value(),
                dns64.value("upstream-authorities", "system", UpstreamFormats.AUTHORITIES)
                        .value(),
                dns64.value("upstream-timeout", "1s", TIMEOUT).value(),
                dns64.value("cache-size", "32Mi", CACHE_SIZE).value(),
                dns64.value("serve-stale", "1d", STALE).value(),
                dns64.value("randomize-case", "false", Formats.BOOLEAN).value(),
                dns64.value("threads", "0", Formats.integer(0, MOST_THREADS)).value(),
                queryLog(dns64.section("query-log")),
                new ServingReader(reading, ownAddresses).read(dns64),
                new DnssecReader(reading).read(dns64.section("dnssec"), named));
    }

    private static QueryLogConfig queryLog(Section log) {
        return new QueryLogConfig(
                log.value("queries", "none", QUERIES).value(),
                log.value("format", "text", Formats.oneOf(LogConfig.Format.class))
                        .value());
    }

    /** {@code none}, {@code all}, or {@code 1/100} for one in a hundred. */
    private static int oneIn(String text) {
        if (!text.startsWith("1/")) {
            throw new IllegalArgumentException(
                    text + " says not how many queries; write none, all, or 1/100 for one in a" + " hundred");
        }
        return ONE_IN.parse(text.substring(2));
    }

    private Policy policy(Section dns64, List<Located<WatchedPrefix>> probed) {
        var policy = views.read(dns64);
        if (role.value() == Role.BOTH) {
            views.announced().forEach(announced -> requireTranslated(announced, probed));
        }
        for (var watched : probed) {
            if (!policy.pref64s().contains(watched.value().pref64())) {
                reading.error(
                        watched,
                        watched.value().pref64() + " is in no answer, so nobody need know whether it works; add it to"
                                + " dns64.pref64 or to a view");
            }
        }
        return policy;
    }

    /** RFC 6147, section 5.2: the DNS64 and the translator must agree, or clients talk to nobody. */
    private void requireTranslated(Located<Pref64> announced, List<Located<WatchedPrefix>> probed) {
        if (pref64s.stream().noneMatch(own -> own.value().equals(announced.value()))
                && probed.stream().noneMatch(other -> other.value().pref64().equals(announced.value()))) {
            reading.error(
                    announced,
                    announced.value() + " is none of the prefixes that this gateway translates; add it to pref64,"
                            + " or to dns64.prefix-health if another translator has it");
        }
    }

    private void checkAddresses(List<Located<Endpoints>> endpoints) {
        for (var located : endpoints) {
            located.value().given().forEach(endpoint -> ownAddresses.check(located.with(endpoint.getAddress())));
        }
    }

    private void checkUpstream(Located<UpstreamServer> upstream, List<Located<Endpoints>> listen) {
        var address = upstream.value().address();
        ownAddresses.check(upstream.with(address.getAddress()));
        listen.stream()
                .filter(own -> own.value().given().stream().anyMatch(endpoint -> leadsTo(endpoint, address)))
                .forEach(own -> reading.error(
                        upstream,
                        "is where dns64 itself listens (%s), so it would ask itself; name another resolver"
                                .formatted(own.place())));
    }

    /** Other addresses of the host are known at the start only, and are checked there. */
    private static boolean leadsTo(InetSocketAddress own, InetSocketAddress upstream) {
        return own.equals(upstream)
                || (own.getPort() == upstream.getPort()
                        && own.getAddress().isAnyLocalAddress()
                        && upstream.getAddress().isLoopbackAddress());
    }

    private static Map<Name, List<UpstreamServer>> byZone(Map<Name, List<Located<UpstreamServer>>> forward) {
        var byZone = new LinkedHashMap<Name, List<UpstreamServer>>();
        forward.forEach((zone, servers) ->
                byZone.put(zone, servers.stream().map(Located::value).toList()));
        return byZone;
    }

    private static void requireTimeout(Duration timeout) {
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("a timeout is between 10ms and 1m, not " + timeout.toMillis() + "ms");
        }
    }

    private static void requireNotTooStale(Duration stale) {
        if (stale.compareTo(LONGEST_STALE) > 0) {
            throw new IllegalArgumentException(
                    "answers are used for at most 7d after their time is up (RFC 8767, section 5); write 1d, or 0s for"
                            + " not at all");
        }
    }

    private static void requireCacheSize(long octets) {
        if (octets > LARGEST_CACHE) {
            throw new IllegalArgumentException("a cache has at most 64Gi");
        }
    }
}
