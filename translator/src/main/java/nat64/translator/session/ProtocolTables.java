// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.random.RandomGenerator;
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
    private final PortQuarantine resting;
    private final boolean portsRest;
    private final @Nullable AddressDependentFilter permissions;
    private final long probeMillis;
    private final Mapping idleMapping = new Mapping();
    private int fromIpv4;
    private final Count created = new Count();
    private final Count expired = new Count();

    /** With room for so many sessions, and besides for all static bindings. */
    ProtocolTables(
            Arena arena,
            int capacity,
            Protocol protocol,
            Pool4 pool4,
            StatePolicy policy,
            Lifetimes lifetimes,
            Subscribers subscribers,
            RandomGenerator random) {
        this.subscribers = subscribers;
        var hash = new Hash(random.nextLong());
        var fixed = policy.staticBindings().stream()
                .filter(binding -> binding.protocol() == protocol)
                .toList();
        bib = new Bib(arena, capacity + fixed.size(), hash);
        sessions = new SessionTable(arena, capacity, bib, hash);
        this.pool4 = pool4;
        ports = new PortAllocator(arena, pool4, protocol == Protocol.UDP, random);
        resting = new PortQuarantine(arena, ports, policy.hold());
        portsRest = protocol != Protocol.TCP;
        permissions = policy.filter() == StatePolicy.Filter.ADDRESS_DEPENDENT
                ? new AddressDependentFilter(arena, capacity, new Hash(random.nextLong()))
                : null;
        probeMillis = lifetimes.tcpClosing().toMillis();
        bindStatically(fixed);
    }

    /**
     * Binds an IPv6 transport address to a free pool4 one, or answers NONE. All bindings of one host have the same IPv4
     * address (RFC 6146, section 3.5.1.1), because the address itself chooses.
     */
    int bind(long ipv6High, long ipv6Low, int ipv6Port, int pairing, long now) {
        resting.release(now);
        int index = (int) ((pairing & 0xffff_ffffL) % pool4.size());
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

    /** A session of a binding, or NONE; then a binding without sessions is gone too. */
    int open(
            int binding,
            int remote,
            int remotePort,
            int prefix,
            boolean fromIpv6,
            TcpState state,
            long deadline,
            long now) {
        int row = sessions.create(binding, remote, remotePort, prefix, fromIpv6, state, deadline);
        if (row == NONE) {
            releaseIfUnused(binding, now);
        } else {
            subscribers.opened(bib.ipv6High(binding), bib.ipv6Low(binding), now);
            if (permissions != null) {
                sessions.permission(row, permissions.acquire(bib.ipv4(binding), bib.ipv4Port(binding), remote));
            }
            fromIpv4 += fromIpv6 ? 0 : 1;
            created.add(1);
        }
        return row;
    }

    /** Whether the filter lets an IPv4 host send to a binding; static ones are open to all. */
    boolean permits(int binding, int remote) {
        return permissions == null
                || bib.isStatic(binding)
                || permissions.permits(bib.ipv4(binding), bib.ipv4Port(binding), remote);
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
    boolean expire(long now, IdleConnections idle) {
        for (int i = 0; i < EXPIRY_BUDGET; i++) {
            int row = sessions.pollExpired(now);
            if (row == SessionTable.NONE) {
                return false;
            }
            if (row == SessionTable.LIVES_ON) {
                continue;
            }
            if (sessions.state(row) == TcpState.ESTABLISHED) {
                ask(row, now, idle);
            } else {
                end(row, now);
            }
        }
        return true;
    }

    private void ask(int row, long now, IdleConnections idle) {
        sessions.state(row, TcpState.TRANS);
        sessions.revive(row, now + sessions.timeLeft(row, now) + probeMillis);
        idleMapping.ofSession(sessions, row);
        idle.idle(idleMapping, sessions.remote(row), sessions.remotePort(row));
    }

    private void end(int row, long now) {
        int binding = sessions.binding(row);
        if (permissions != null) {
            permissions.release(sessions.permission(row));
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
            if (portsRest) {
                resting.add(address, bib.ipv4Port(binding), now);
            } else {
                ports.release(address, bib.ipv4Port(binding));
            }
            subscribers.unbound(bib.ipv6High(binding), bib.ipv6Low(binding));
            bib.remove(binding);
        }
    }
}
