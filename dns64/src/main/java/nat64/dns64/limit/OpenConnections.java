// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.limit;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one transport, at most so many in all and of one network (RFC 7766, section 6.2.2). Where there is
 * no room for a new one, the one that has been idle for longest is closed for it: of the same network, if that has its
 * share, else of the network with the most connections. So connections without queries do not block other clients.
 * Safe for many threads.
 */
public final class OpenConnections {

    private final int most;
    private final int mostPerNetwork;

    // Read and changed by threads that hold the lock of this object.
    private final Map<Long, Network> networks = new HashMap<>();
    private int count;
    private long now; // grows with each event

    /**
     * @param most in all
     * @param mostPerNetwork of one network
     */
    public OpenConnections(int most, int mostPerNetwork) {
        this.most = most;
        this.mostPerNetwork = mostPerNetwork;
    }

    /** What the clients of one network have. */
    private static final class Network {

        private int connections;
        private final LinkedHashSet<Connection> idle = new LinkedHashSet<>(); // the longest idle first
    }

    /** A connection that is open. */
    public final class Connection {

        private final long network;
        private final Runnable close;
        private int queries;
        private long idleSince;
        private boolean isClosed;

        private Connection(long network, Runnable close) {
            this.network = network;
            this.close = close;
        }

        /** A whole query came, and is being answered. */
        public void began() {
            synchronized (OpenConnections.this) {
                queries++;
                var own = networks.get(network);
                if (own != null) {
                    own.idle.remove(this);
                }
            }
        }

        /** A query was answered. */
        public void ended() {
            synchronized (OpenConnections.this) {
                queries--;
                if (queries == 0 && !isClosed) {
                    becomesIdle(this);
                }
            }
        }

        /** It is closed. May be called more than once. */
        public void closed() {
            synchronized (OpenConnections.this) {
                remove(this);
            }
        }
    }

    /**
     * Takes a new connection, perhaps in the place of an idle one.
     *
     * @param close closes it, from any thread
     * @return null if there is no room for it, since no other is idle
     */
    public @Nullable Connection open(long network, Runnable close) {
        Connection opened = null;
        Connection victim;
        synchronized (this) {
            var own = networks.get(network);
            boolean hasRoom = count < most && (own == null || own.connections < mostPerNetwork);
            if (own != null && own.connections >= mostPerNetwork) {
                victim = longestIdle(own);
            } else {
                victim = hasRoom ? null : longestIdleOfLargest();
            }
            if (victim != null) {
                remove(victim);
            }
            if (hasRoom || victim != null) {
                opened = new Connection(network, close);
                count++;
                networks.computeIfAbsent(network, _ -> new Network()).connections++;
                becomesIdle(opened);
            }
        }
        if (victim != null) {
            victim.close.run();
        }
        return opened;
    }

    /** How many are open. */
    public synchronized int count() {
        return count;
    }

    private void becomesIdle(Connection connection) {
        var own = networks.get(connection.network);
        if (own != null) {
            connection.idleSince = now++;
            own.idle.add(connection);
        }
    }

    private static @Nullable Connection longestIdle(Network network) {
        return network.idle.isEmpty() ? null : network.idle.getFirst();
    }

    /** Of networks with as many connections, the one whose connection has been idle for longest. */
    private @Nullable Connection longestIdleOfLargest() {
        Connection found = null;
        int connections = 0;
        for (var network : networks.values()) {
            var candidate = longestIdle(network);
            if (candidate == null || network.connections < connections) {
                continue;
            }
            if (found == null || network.connections > connections || candidate.idleSince < found.idleSince) {
                found = candidate;
                connections = network.connections;
            }
        }
        return found;
    }

    private void remove(Connection connection) {
        if (connection.isClosed) {
            return;
        }
        connection.isClosed = true;
        count--;
        var own = networks.get(connection.network);
        if (own != null) {
            own.idle.remove(connection);
            own.connections--;
            if (own.connections == 0) {
                networks.remove(connection.network);
            }
        }
    }
}
