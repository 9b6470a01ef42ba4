// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin.access;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wrong tokens: counted, logged once a second at most, and limited for each network (a /64, or one IPv4 address). Above
 * the limit, requests of the network with any token are refused for the rest of a minute, and no token is compared. For
 * one event loop; any thread may ask for the counts.
 */
public final class WrongTokens {

    /** So many wrong ones of a network are compared. */
    public static final int MOST_A_MINUTE = 10;

    private static final Logger LOG = LoggerFactory.getLogger("nat64");
    private static final int MOST_NETWORKS = 1024;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Map<Long, Tries> networks = new LinkedHashMap<>() { // the oldest first
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Tries> eldest) {
                    return size() > MOST_NETWORKS;
                }
            };
    private final LongAdder wrong = new LongAdder();
    private final LongAdder limited = new LongAdder();
    private long unlogged;
    private long loggedAt;
    private boolean hasLogged;

    private record Tries(long since, int number) {}

    /** Whether no token of a client is compared now; such a request is counted. */
    public boolean areTooMany(InetAddress client, long now) {
        var tries = networks.get(ClientNetwork.of(client));
        boolean areTooMany = tries != null && now - tries.since < MINUTE && tries.number >= MOST_A_MINUTE;
        if (areTooMany) {
            limited.increment();
        }
        return areTooMany;
    }

    /** A client has sent a wrong one. */
    public void add(InetAddress client, long now) {
        wrong.increment();
        unlogged++;
        var network = ClientNetwork.of(client);
        var tries = networks.get(network);
        networks.remove(network);
        networks.put(
                network,
                tries == null || now - tries.since >= MINUTE
                        ? new Tries(now, 1)
                        : new Tries(tries.since, tries.number + 1));
        if (!hasLogged || now - loggedAt >= SECOND) {
            LOG.warn(
                    "admin.tls: {} requests with a wrong token, the last one from {}",
                    unlogged,
                    client.getHostAddress());
            hasLogged = true;
            loggedAt = now;
            unlogged = 0;
        }
    }

    /** Since the start. */
    public AdminStatistics statistics() {
        return new AdminStatistics(wrong.sum(), limited.sum());
    }
}
