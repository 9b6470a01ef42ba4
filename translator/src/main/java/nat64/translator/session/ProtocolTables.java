// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.lang.foreign.Arena;
import java.util.random.RandomGenerator;

/** BIB, sessions and ports of one protocol, kept in step: a binding lives as long as its sessions. One thread. */
@SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes the counts, any may read them
final class ProtocolTables {

    /** No room, or no port. */
    static final int NONE = Rows.NONE;

    /** Rows that one call of {@link #expire} looks at, so that no packet waits for long. */
    private static final int EXPIRY_BUDGET = 64;

    final Bib bib;
    final SessionTable sessions;
    private final Pool4 pool4;
    private final PortAllocator ports;
    private final long tcpTransitoryMillis;
    private volatile long created;
    private volatile long expired;

    ProtocolTables(
            Arena arena, int capacity, Pool4 pool4, boolean keepParity, Lifetimes lifetimes, RandomGenerator random) {
        var hash = new Hash(random.nextLong());
        bib = new Bib(arena, capacity, hash);
        sessions = new SessionTable(arena, capacity, bib, hash);
        this.pool4 = pool4;
        ports = new PortAllocator(pool4, keepParity, random);
        tcpTransitoryMillis = lifetimes.tcpTransitory().toMillis();
    }

    /**
     * Binds an IPv6 transport address to a free pool4 one, or answers NONE. All bindings of one host have the same IPv4
     * address (RFC 6146, section 3.5.1.1), because the address itself chooses.
     */
    int bind(long ipv6High, long ipv6Low, int ipv6Port, int pairing) {
        int index = (int) ((pairing & 0xffff_ffffL) % pool4.size());
        int port = ports.allocate(index, ipv6Port);
        if (port == PortAllocator.NONE) {
            return NONE;
        }
        int binding = bib.create(ipv6High, ipv6Low, ipv6Port, pool4.address(index), port);
        if (binding == NONE) {
            ports.release(index, port);
        }
        return binding;
    }

    /** A session of a binding, or NONE; then a binding without sessions is gone too. */
    int open(int binding, int remote, int remotePort, int prefix, TcpState state, long deadline) {
        int row = sessions.create(binding, remote, remotePort, prefix, state, deadline);
        if (row == NONE) {
            releaseIfUnused(binding);
        } else {
            created++;
        }
        return row;
    }

    /** Whether there is no room for another session. */
    boolean isFull() {
        return sessions.size() == sessions.capacity();
    }

    /** Ends some sessions whose time has come. True if there may be more. */
    boolean expire(long now) {
        for (int i = 0; i < EXPIRY_BUDGET; i++) {
            int row = sessions.pollExpired(now, EXPIRY_BUDGET);
            if (row == NONE) {
                return false;
            }
            if (sessions.state(row) == TcpState.ESTABLISHED) { // RFC 6146, section 3.5.2.2
                sessions.state(row, TcpState.TRANS);
                sessions.revive(row, now + sessions.timeLeft(row, now) + tcpTransitoryMillis);
            } else {
                int binding = sessions.binding(row);
                sessions.remove(row);
                releaseIfUnused(binding);
                expired++;
            }
        }
        return true;
    }

    long created() {
        return created;
    }

    long expired() {
        return expired;
    }

    private void releaseIfUnused(int binding) {
        if (bib.sessions(binding) == 0) {
            ports.release(pool4.index(bib.ipv4(binding)), bib.ipv4Port(binding));
            bib.remove(binding);
        }
    }
}
