// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.time.Duration;
import java.util.List;

/** Reads the section {@code dns64}. */
final class Dns64Reader {

    private static final int DNS_PORT = 53;
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(10);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final int MOST_THREADS = 1024;
    private static final long LARGEST_CACHE = 64L << 30;

    private static final Format<Duration> TIMEOUT =
            new Format<>("1s", Formats.DURATION.and(Dns64Reader::requireTimeout).parser());
    private static final Format<Long> CACHE_SIZE = Formats.SIZE.and(Dns64Reader::requireCacheSize);
    private static final Format<Endpoints> LISTEN = listen(DNS_PORT);
    private static final Format<Endpoints> UPSTREAM = LISTEN.and(Dns64Reader::refuseWildcard);

    private final Reading reading;
    private final Located<Role> role;
    private final OwnAddressChecks ownAddresses;

    Dns64Reader(Reading reading, Located<Role> role, OwnAddressChecks ownAddresses) {
        this.reading = reading;
        this.role = role;
        this.ownAddresses = ownAddresses;
    }

    Dns64Config read(Section dns64) {
        if (!role.value().answersDns() && !dns64.isEmpty()) {
            reading.warn(role, "translator alone answers no questions, so the section dns64 does nothing; delete it");
        }
        var listen = dns64.values("listen", "[auto]", LISTEN);
        var upstreams = dns64.values("upstreams", "[auto]", UPSTREAM);
        checkAddresses(listen);
        checkAddresses(upstreams);
        refuseAskingOneself(listen, upstreams);
        return new Dns64Config(
                all(listen),
                all(upstreams),
                dns64.valuesIfAny("exclude", "[\"::ffff:0:0/96\"]", Formats.IPV6_PREFIX).stream()
                        .map(Located::value)
                        .toList(),
                dns64.value("upstream-timeout", "1s", TIMEOUT).value(),
                dns64.value("cache-size", "32Mi", CACHE_SIZE).value(),
                dns64.value("threads", "0", Formats.integer(0, MOST_THREADS)).value(),
                new ServingReader(reading, ownAddresses).read(dns64));
    }

    /** Addresses of this host. */
    static Format<Endpoints> listen(int port) {
        return Formats.endpoints(port).and(Dns64Reader::refuseMulticast);
    }

    private void checkAddresses(List<Located<Endpoints>> endpoints) {
        for (var located : endpoints) {
            located.value().given().forEach(endpoint -> ownAddresses.check(located.with(endpoint.getAddress())));
        }
    }

    private void refuseAskingOneself(List<Located<Endpoints>> listen, List<Located<Endpoints>> upstreams) {
        for (var upstream : upstreams) {
            listen.stream()
                    .filter(own -> !own.value().given().isEmpty() && own.value().equals(upstream.value()))
                    .forEach(own -> reading.error(
                            upstream,
                            "is where dns64 itself listens (%s), so it would ask itself; name another resolver"
                                    .formatted(own.place())));
        }
    }

    static Endpoints all(List<Located<Endpoints>> endpoints) {
        return endpoints.stream().map(Located::value).reduce(Endpoints.NONE, Endpoints::plus);
    }

    private static void requireTimeout(Duration timeout) {
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("a timeout is between 10ms and 1m, not " + timeout.toMillis() + "ms");
        }
    }

    private static void requireCacheSize(long octets) {
        if (octets > LARGEST_CACHE) {
            throw new IllegalArgumentException("a cache has at most 64Gi");
        }
    }

    private static void refuseMulticast(Endpoints endpoints) {
        for (var endpoint : endpoints.given()) {
            if (endpoint.getAddress().isMulticastAddress()) {
                throw new IllegalArgumentException(
                        endpoint.getAddress().getHostAddress() + " is a multicast address, which no single host has");
            }
        }
    }

    private static void refuseWildcard(Endpoints endpoints) {
        for (var endpoint : endpoints.given()) {
            if (endpoint.getAddress().isAnyLocalAddress()) {
                throw new IllegalArgumentException("an upstream needs an address, not "
                        + endpoint.getAddress().getHostAddress());
            }
        }
    }
}
