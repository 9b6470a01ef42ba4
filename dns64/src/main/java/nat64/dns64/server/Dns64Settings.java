// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/**
 * All that a DNS64 has to be told.
 *
 * @param listen addresses to serve, each over UDP and TCP. Answers leave from the address that the kernel chooses, so a
 *     host with several addresses lists each of them instead of {@code ::}, which stands for IPv4 too
 * @param clientsV6 who is answered over IPv6; everybody else is REFUSED
 * @param clientsV4 who is answered over IPv4; everybody else is REFUSED
 * @param upstreams resolvers, asked in this order
 * @param policy who gets which answers
 * @param watched Pref64s that are withdrawn while they don't work
 * @param upstreamTimeout of one try with one upstream; a client never waits more than 2.5 s in all
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
        List<InetSocketAddress> upstreams,
        Policy policy,
        List<WatchedPrefix> watched,
        Duration upstreamTimeout,
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
        upstreams = upstreams.stream().distinct().toList();
        require(!listen.isEmpty(), "a DNS64 needs at least one address to listen on");
        require(!upstreams.isEmpty(), "a DNS64 needs at least one upstream resolver");
        require(upstreamTimeout.isPositive(), "the upstream timeout must be positive, not " + upstreamTimeout);
        require(threads >= 0 && threads <= MAX_THREADS, "a DNS64 has 0 to 1024 threads, not " + threads);
        require(cacheBytes >= 0, "the size of the cache can't be negative: " + cacheBytes);
        for (var address : listen) {
            require(!address.isUnresolved(), "a DNS64 listens on IP addresses, not on names: " + address);
        }
        for (var upstream : upstreams) {
            require(!upstream.isUnresolved(), "an upstream is an IP address, not a name: " + upstream);
            require(upstream.getPort() != 0, "an upstream needs a port: " + upstream);
            require(
                    !listen.contains(upstream),
                    "questions to " + upstream + " would come back: the DNS64 listens there");
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
