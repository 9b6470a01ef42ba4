// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.time.Duration;
import nat64.dns64.server.Policy;

/**
 * The answering half.
 *
 * @param listen where questions are answered, on UDP and TCP
 * @param upstreams the resolvers that are asked
 * @param policy who gets which answers
 * @param upstreamTimeout for one question to one upstream
 * @param cacheSize octets
 * @param threads that serve sockets; 0 is one per processor
 */
public record Dns64Config(
        Endpoints listen, Endpoints upstreams, Policy policy, Duration upstreamTimeout, long cacheSize, int threads) {

    /** The same at other places: those that the host tells in the place of {@code auto}. */
    public Dns64Config with(Endpoints otherListen, Endpoints otherUpstreams) {
        return new Dns64Config(otherListen, otherUpstreams, policy, upstreamTimeout, cacheSize, threads);
    }
}
