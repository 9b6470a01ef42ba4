// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.time.Duration;
import java.util.List;
import nat64.translator.address.Ipv6Prefix;

/**
 * The answering half.
 *
 * @param listen where questions are answered, on UDP and TCP
 * @param upstreams the resolvers that are asked
 * @param exclude AAAA records inside are treated as if they were not there (RFC 6147, section 5.1.4)
 * @param upstreamTimeout for one question to one upstream
 * @param cacheSize octets
 * @param threads that serve sockets; 0 is one per processor
 * @param serving how clients are served, beyond plain UDP and TCP
 */
public record Dns64Config(
        Endpoints listen,
        Endpoints upstreams,
        List<Ipv6Prefix> exclude,
        Duration upstreamTimeout,
        long cacheSize,
        int threads,
        ServingConfig serving) {

    public Dns64Config {
        exclude = List.copyOf(exclude);
    }
}
