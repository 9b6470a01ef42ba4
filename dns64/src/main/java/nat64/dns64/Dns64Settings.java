// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.QueryLogSettings;
import nat64.dns64.settings.ServingSettings;
import nat64.dns64.settings.TlsSettings;
import nat64.dns64.settings.UpstreamSettings;
import nat64.dns64.settings.WatchedPrefix;
import nat64.dns64.transport.Place;
import nat64.dns64.transport.Place.Kind;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/**
 * The settings of a DNS64.
 *
 * @param listen addresses to serve, each over UDP and TCP. {@code ::} includes IPv4. Answers leave from the address
 *     that was asked, on a wildcard address too
 * @param clientsV6 clients that are answered over IPv6; all others are REFUSED
 * @param clientsV4 clients that are answered over IPv4; all others are REFUSED
 * @param upstreams resolvers, and how they are asked
 * @param policy who gets which answers
 * @param watched Pref64s that are withdrawn while they don't work
 * @param cacheBytes memory by estimate, one half for answers of upstreams, one for answers ready to be sent; 0 keeps
 *     nothing
 * @param threads that serve sockets, each with its own UDP socket per address; 0 is one per processor
 * @param queryLog which answered queries are logged
 * @param serving how clients are served, beyond plain UDP and TCP
 */
public record Dns64Settings(
        List<InetSocketAddress> listen,
        List<Ipv6Prefix> clientsV6,
        List<Ipv4Prefix> clientsV4,
        UpstreamSettings upstreams,
        Policy policy,
        List<WatchedPrefix> watched,
        long cacheBytes,
        int threads,
        QueryLogSettings queryLog,
        ServingSettings serving) {

    /** More than any machine can use. */
    private static final int MAX_THREADS = 1024;

    public Dns64Settings {
        listen = List.copyOf(listen);
        watched = List.copyOf(watched);
        clientsV6 = List.copyOf(clientsV6);
        clientsV4 = List.copyOf(clientsV4);
        require(threads >= 0 && threads <= MAX_THREADS, "a DNS64 has 0 to 1024 threads, not " + threads);
        require(cacheBytes >= 0, "the size of the cache can't be negative: " + cacheBytes);
        for (var address : listen) {
            require(!address.isUnresolved(), "a DNS64 listens on IP addresses, not on names: " + address);
        }
        for (var upstream : upstreams.all()) {
            require(
                    !listen.contains(upstream.address()),
                    "questions to " + upstream + " would come back: the DNS64 listens there");
        }
    }

    /** Where clients come to. */
    List<Place> places() {
        var tls = serving.tls().map(TlsSettings::listen).orElse(List.of());
        var https = serving.tls().map(TlsSettings::https).orElse(List.of());
        return Stream.of(at(Kind.PLAIN, listen), at(Kind.TLS, tls), at(Kind.HTTPS, https))
                .flatMap(places -> places)
                .toList();
    }

    private static Stream<Place> at(Kind kind, List<InetSocketAddress> addresses) {
        return addresses.stream().map(address -> new Place(kind, address));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
