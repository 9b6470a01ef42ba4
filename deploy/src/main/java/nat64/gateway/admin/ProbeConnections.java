// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import nat64.gateway.admin.access.ClientNetwork;

/**
 * The open connections of probes, up to a limit. At the limit, a new connection replaces the oldest one of the network
 * (a /64, or one IPv4 address) that has the most, so that no network can block the others. For one event loop.
 */
final class ProbeConnections {

    private final int most;
    private final Map<Channel, Long> networks = new LinkedHashMap<>(); // the oldest first
    private final Map<Long, Integer> counts = new HashMap<>();

    ProbeConnections(int most) {
        this.most = most;
    }

    /** Takes a new connection, which it forgets when it is closed. */
    void add(Channel channel) {
        if (networks.size() >= most) {
            var oldest = oldestOfLargest();
            remove(oldest);
            var _ = oldest.close();
        }
        long network = ClientNetwork.of(((InetSocketAddress) channel.remoteAddress()).getAddress());
        networks.put(channel, network);
        counts.merge(network, 1, Integer::sum);
        channel.closeFuture().addListener(_ -> remove(channel));
    }

    int count() {
        return networks.size();
    }

    private Channel oldestOfLargest() {
        Channel found = null;
        int connections = 0;
        for (var candidate : networks.entrySet()) {
            int own = counts.getOrDefault(candidate.getValue(), 0);
            if (found == null || own > connections) {
                found = candidate.getKey();
                connections = own;
            }
        }
        if (found == null) {
            throw new IllegalStateException("there is room for no connection at all");
        }
        return found;
    }

    private void remove(Channel channel) {
        var network = networks.remove(channel);
        if (network != null) {
            counts.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
        }
    }
}
