// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.util.List;
import nat64.translator.session.Lifetimes.Timer;
import nat64.translator.session.pool4.Pool4;
import nat64.translator.session.pool4.PortAllocator;
import nat64.translator.session.pool4.PortQuarantine;
import nat64.translator.session.table.AddressDependentFilter;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Count;
import nat64.translator.session.table.Hash;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.Rows;
import nat64.translator.session.table.SessionTable;
import nat64.translator.session.table.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * BIB, sessions and ports of one protocol, kept in step: a binding lives as long as its sessions. One thread at a time.
 */
final class ProtocolTables {

    /** No room, or no port. */
    static final int NONE = Rows.NONE;

    /** Rows that one call of {@link #expire} looks at, so that no packet waits for long. */
    static final int EXPIRY_BUDGET = 64;

    final Bib bib;
    final SessionTable sessions;
    private final Pool4 pool4;
    private final PortAllocator ports;
    private final Subscribers subscribers;
    private final PortQuarantine quarantine;
    private final boolean usesQuarantine;
    private final @Nullable AddressDependentFilter filter;
    private final Mapping idleMapping = new Mapping();
    private int fromIpv4;
    private final Count created = new Count();
    private final Count expired = new Count();

    /** With room for so many sessions, and besides for all static bindings. */
    ProtocolTables(TableParts parts, Protocol protocol, List<StaticBinding> staticBindings) {
        subscribers = parts.subscribers();
        var arena = parts.arena();
        var random = parts.random();
        int capacity = parts.settings().maxSessions();
        var hash = new Hash(random.nextLong());
        var fixed = staticBindings.stream()
                .filter(binding -> binding.protocol() == protocol)
                .toList();
        bib = new Bib(arena, capacity + fixed.size(), hash);
        sessions = new SessionTable(arena, capacity, bib, hash);
        pool4 = parts.rules().pool4();
        ports = new PortAllocator(arena, pool4, protocol == Protocol.UDP, random);
        quarantine = new PortQuarantine(arena, ports, parts.settings().quarantine());
        usesQuarantine = protocol != Protocol.TCP;
        filter = parts.rules().filter().addressDependent()
                ? new AddressDependentFilter(arena, capacity, new Hash(random.nextLong()))
                : null;
        bindStatically(fixed);
    }

    /** Binds an IPv6 transport address to a free port of the pool4 address of that index, or answers NONE. */
    int bind(long ipv6High, long ipv6Low, int ipv6Port, int index, long now) {
        quarantine.release(now);
        int port = ports.allocate(index, ipv6Port);
        if (port == PortAllocator.NONE) {
            return NONE;
        }
        int binding = bib.create(ipv6High, ipv6Low, ipv6Port, pool4.address(index), port);
        if (binding == NONE) {
            ports.release(index, port);
        } else {
            subscribers.bound(ipv6High, ipv6Low, now);
        }
        return binding;
    }

    /** A session of a binding for the tuple of a packet, or NONE; then a binding without sessions is gone too. */
    int open(IncomingTuple tuple, int binding, TcpState state, long deadline, long now) {
        int row = create(binding, tuple.remote(), tuple.sessionRemotePort(), deadline, now);
        if (row != NONE) {
            sessions.state(row, state);
            sessions.prefix(row, tuple.prefix());
            if (!tuple.isFromIpv6()) {
                sessions.markFromIpv4(row);
                fromIpv4++;
            }
        }
        return row;
    }

    /** A session without state that the IPv6 host opens; or NONE, and then a binding without sessions is gone too. */
    int create(int binding, int remote, int remotePort, long deadline, long now) {
        int row = sessions.create(binding, remote, remotePort, deadline);
        if (row == NONE) {
            releaseIfUnused(binding, now);
            return NONE;
        }
        subscribers.opened(bib.ipv6High(binding), bib.ipv6Low(binding), now);
        if (filter != null) {
            sessions.permission(row, filter.acquire(bib.ipv4(binding), bib.ipv4Port(binding), remote));
        }
        created.add(1);
        return row;
    }

    /** A TCP session goes to another state. */
    void state(int row, TcpState state, long now) {
        sessions.state(row, state);
    }

    /** The IPv6 host uses another Pref64 in a session. */
    void prefix(int row, int prefix, long now) {
        sessions.prefix(row, prefix);
    }

    /** Whether the filter lets an IPv4 host send to a binding; static ones are open to all. */
    boolean permits(int binding, int remote) {
        return filter == null
                || bib.isStatic(binding)
                || filter.permits(bib.ipv4(binding), bib.ipv4Port(binding), remote);
    }

    /**
     * Whether the IPv4 side may open another session. Half of the table is kept for the IPv6 side: with one binding that it
     * knows, a stranger could fill all of it otherwise (RFC 6146, section 5.3).
     */
    boolean hasRoomForIpv4() {
        return fromIpv4 < Math.ceilDiv(sessions.capacity(), 2);
    }

    /** Whether there is no room for another session. */
    boolean isFull() {
        return sessions.size() == sessions.capacity();
    }

    /**
     * Ends some sessions whose time has come. True if there may be more.
     *
     * @param idle is told of established connections that get another chance (RFC 6146, section 3.5.2.2)
     */
    boolean expire(Lifetimes lifetimes, long now, IdleConnections idle) {
        for (int i = 0; i < EXPIRY_BUDGET; i++) {
            int row = sessions.pollExpired(now);
            if (row == SessionTable.NONE) {
                return false;
            }
            if (row == SessionTable.LIVES_ON) {
                continue;
            }
            if (sessions.state(row) == TcpState.ESTABLISHED) {
                ask(row, now + lifetimes.millis(Timer.TCP_CLOSING), now, idle);
            } else {
                end(row, now);
            }
        }
        return true;
    }

    private void ask(int row, long deadline, long now, IdleConnections idle) {
        state(row, TcpState.TRANS, now);
        sessions.revive(row, deadline + sessions.timeLeft(row, now));
        idleMapping.ofSession(sessions, row);
        idle.idle(idleMapping, sessions.remote(row), sessions.remotePort(row));
    }

    private void end(int row, long now) {
        int binding = sessions.binding(row);
        if (filter != null) {
            filter.release(sessions.permission(row));
        }
        subscribers.closed(sessions.ipv6High(row), sessions.ipv6Low(row));
        fromIpv4 -= sessions.isFromIpv4(row) ? 1 : 0;
        sessions.remove(row);
        releaseIfUnused(binding, now);
        expired.add(1);
    }

    long created() {
        return created.get();
    }

    long expired() {
        return expired.get();
    }

    private void bindStatically(List<StaticBinding> bindings) {
        for (var binding : bindings) {
            ports.reserve(pool4.index(binding.ipv4()), binding.ipv4Port());
            int row = bib.create(
                    binding.ipv6().high(),
                    binding.ipv6().low(),
                    binding.ipv6Port(),
                    binding.ipv4(),
                    binding.ipv4Port());
            bib.makeStatic(row);
        }
    }

    private void releaseIfUnused(int binding, long now) {
        if (bib.sessions(binding) == 0 && !bib.isStatic(binding)) {
            int address = pool4.index(bib.ipv4(binding));
            if (usesQuarantine) {
                quarantine.add(address, bib.ipv4Port(binding), now);
            } else {
                ports.release(address, bib.ipv4Port(binding));
            }
            subscribers.unbound(bib.ipv6High(binding), bib.ipv6Low(binding));
            bib.remove(binding);
        }
    }
}
