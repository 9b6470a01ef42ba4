// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.lang.foreign.Arena;
import java.util.random.RandomGenerator;
import nat64.translator.session.SessionTables.IdleConnections;
import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.policy.Lifetimes.Timer;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.policy.TableSettings;
import nat64.translator.session.pool4.PortAllocator;
import nat64.translator.session.pool4.PortQuarantine;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.SessionListener;
import nat64.translator.session.table.AddressDependentFilter;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Hash;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.Rows;
import nat64.translator.session.table.SessionCounts;
import nat64.translator.session.table.SessionEnd;
import nat64.translator.session.table.SessionTable;
import nat64.translator.session.table.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * BIB, sessions and ports of one protocol, kept in step: a binding lives as long as its sessions. All changes of
 * bindings and sessions go through here, and so to the listeners. One thread at a time.
 */
final class ProtocolTables {

    /** No room, or no port. */
    static final int NONE = Rows.NONE;

    /** Rows that one call of {@link #expire} looks at, so that no packet waits for long. */
    static final int EXPIRY_BUDGET = 64;

    final Bib bib;
    final SessionTable sessions;
    final PortAllocator ports;
    private final Protocol protocol;
    private final Pairing pairing;
    private final SubscriberCounts counts;
    private final BlockBindings blocks;
    final PortQuarantine quarantine;
    private final boolean usesQuarantine;
    private final Hash filterHash;
    private @Nullable AddressDependentFilter filter;
    private boolean filterComplete;
    private SessionListener[] listeners = {};
    private final Mapping idleMapping = new Mapping();
    private final EarlyEnds earlyEnds;
    private final SessionCounts sessionCounts = new SessionCounts();

    /**
     * What the tables of all protocols are made of.
     *
     * @param arena for their memory, which must outlive them
     * @param random for ports and hashes; used by one thread at a time
     */
    record Parts(
            Arena arena,
            TableSettings settings,
            Pairing pairing,
            Subscribers subscribers,
            BlockBindings blocks,
            RandomGenerator random) {}

    /** With room for as many sessions as the settings say, and besides for so many static bindings. */
    ProtocolTables(Parts parts, Protocol protocol, int staticBindings) {
        this.protocol = protocol;
        pairing = parts.pairing();
        var arena = parts.arena();
        var random = parts.random();
        int capacity = parts.settings().maxSessions();
        var hash = new Hash(random.nextLong());
        bib = new Bib(arena, capacity + staticBindings, hash);
        sessions = new SessionTable(arena, capacity, bib, hash);
        counts = new SubscriberCounts(this, pairing, parts.subscribers());
        blocks = parts.blocks();
        ports = new PortAllocator(arena, pairing.pool4(), protocol == Protocol.UDP, random);
        quarantine = new PortQuarantine(arena, ports, parts.settings().quarantine(), this::isBound);
        usesQuarantine = protocol != Protocol.TCP;
        filterHash = new Hash(random.nextLong());
        earlyEnds = new EarlyEnds(this);
    }

    Protocol protocol() {
        return protocol;
    }

    /** Who learns of changes from now on. */
    void listeners(SessionListener[] all) {
        listeners = all;
    }

    /** Binds an IPv6 transport address to a free port of the pool4 address of that index, or answers NONE. */
    int bind(long ipv6High, long ipv6Low, int ipv6Port, int index, long now) {
        quarantine.freeDue(now);
        int port = blocks.allocate(ports, ipv6High, ipv6Low, ipv6Port, index);
        if (port == PortAllocator.NONE) {
            return NONE;
        }
        int binding = bib.create(ipv6High, ipv6Low, ipv6Port, pairing.pool4().address(index), port);
        if (binding == NONE) {
            ports.release(index, port);
        } else {
            bound(binding, now);
        }
        return binding;
    }

    /** Makes a binding of free addresses, both known; there is room for it, as there is for its session. */
    int bind(BindingRecord record, long now) {
        ports.reserve(pairing.pool4().index(record.pool4()), record.pool4Port());
        var client = record.client();
        int row = bib.create(client.high(), client.low(), record.clientPort(), record.pool4(), record.pool4Port());
        bound(row, now);
        pairing.adopted(bib, row);
        return row;
    }

    /** Makes a static binding of free addresses; there is room for it. */
    int bindStatically(StaticBinding binding, long now) {
        ports.reserve(pairing.pool4().index(binding.ipv4()), binding.ipv4Port());
        var ipv6 = binding.ipv6();
        int row = bib.create(ipv6.high(), ipv6.low(), binding.ipv6Port(), binding.ipv4(), binding.ipv4Port());
        bib.isStatic(row, true);
        bound(row, now);
        return row;
    }

    /** A binding was made in a row. */
    void bound(int binding, long now) {
        counts.binding(binding, now);
        blocks.bound(bib, binding, now);
        pairing.bound(bib, binding);
        for (var listener : listeners) {
            listener.bound(protocol, bib, binding, now);
        }
    }

    /** A session of a binding for the tuple of a packet, or NONE; then a binding without sessions is gone too. */
    int open(IncomingTuple tuple, int binding, TcpState state, long deadline, long now) {
        int row = create(binding, tuple.remote(), tuple.sessionRemotePort(), deadline, now);
        if (row != NONE) {
            sessions.state(row, state);
            sessions.prefix(row, tuple.prefix());
            opened(row, !tuple.isFromIpv6(), now);
        }
        return row;
    }

    /** Puts a session without state into a row, or answers NONE; it must be {@link #opened}. */
    int create(int binding, int remote, int remotePort, long deadline, long now) {
        int row = bib.isEnding(binding) ? NONE : sessions.create(binding, remote, remotePort, deadline);
        if (row == NONE) {
            releaseIfUnused(binding, now);
        }
        return row;
    }

    /** The session in a row is complete. */
    void opened(int row, boolean byIpv4Host, long now) {
        sessions.openedAt(row, now);
        if (byIpv4Host) {
            sessions.markFromIpv4(row);
        }
        sessionCounts.opened(sessions, row);
        counts.session(row, now);
        admitRemote(row);
        for (var listener : listeners) {
            listener.opened(protocol, sessions, row, now);
        }
    }

    /** Both sides have sent in a session: it no longer ends early. */
    void answered(int row) {
        if (!sessions.isAnswered(row)) {
            sessions.markAnswered(row);
            sessionCounts.answered();
        }
    }

    /** A TCP session goes to another state. */
    void state(int row, TcpState state, long now) {
        sessionCounts.moved(sessions.state(row), state);
        sessions.state(row, state);
        changed(row, now);
    }

    /** The IPv6 host uses another Pref64 in a session. */
    void prefix(int row, int prefix, long now) {
        sessions.prefix(row, prefix);
        changed(row, now);
    }

    /**
     * Whether the filter lets an IPv4 host send to a binding; static ones are open to all, as all are until it is
     * complete.
     */
    boolean permits(int binding, int remote) {
        return filter == null
                || !filterComplete
                || bib.isStatic(binding)
                || filter.permits(bib.ipv4(binding), bib.ipv4Port(binding), remote);
    }

    /**
     * Whether the IPv4 side may open another session. Half of the table is kept for the IPv6 side: with one binding
     * that it knows, a stranger could fill all of it otherwise (RFC 6146, section 5.3).
     */
    boolean hasRoomForIpv4() {
        return sessionCounts.inbound() < mostInbound();
    }

    private int mostInbound() {
        return Math.ceilDiv(sessions.capacity(), 2);
    }

    /** How much of the room for sessions is taken, in per cent. */
    int fill() {
        return (int) (100L * sessions.size() / sessions.capacity());
    }

    /** As {@link #fill}, of the ports for bindings. */
    int portFill() {
        return (int) Math.min(100, 100L * bib.size() / pairing.pool4().activePorts());
    }

    /** As {@link #fill}, of the share of the room for sessions that the IPv4 side opens. */
    int inboundFill() {
        return (int) (100L * sessionCounts.inbound() / mostInbound());
    }

    /** What is counted for the limits of subscribers. */
    SubscriberCounts counts() {
        return counts;
    }

    /** Ends sessions early that need not live on, if there is little room. */
    EarlyEnds earlyEnds() {
        return earlyEnds;
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
            var state = sessions.state(row);
            if (state == TcpState.ESTABLISHED) {
                ask(row, now + lifetimes.millis(Timer.TCP_CLOSING), now, idle);
            } else {
                end(row, SessionEnd.expiredIn(state), now);
            }
        }
        return true;
    }

    private void ask(int row, long deadline, long now, IdleConnections idle) {
        sessions.revive(row, deadline + sessions.timeLeft(row, now));
        state(row, TcpState.TRANS, now);
        idleMapping.ofSession(sessions, row);
        idle.idle(idleMapping, sessions.remote(row), sessions.remotePort(row));
    }

    /** Ends a session whatever its deadline. */
    void endNow(int row, SessionEnd reason, long now) {
        sessions.stopTimer(row);
        end(row, reason, now);
    }

    /** Ends a session that was never answered, so that its port needs no rest. */
    void endEarly(int row, long now) {
        sessions.stopTimer(row);
        release(remove(row, SessionEnd.EARLY, now), false, now);
    }

    private void end(int row, SessionEnd reason, long now) {
        release(remove(row, reason, now), usesQuarantine, now);
    }

    private int remove(int row, SessionEnd reason, long now) {
        int binding = sessions.binding(row);
        for (var listener : listeners) {
            listener.closed(protocol, sessions, row, now);
        }
        if (filter != null && sessions.isFiltered(row)) {
            filter.remove(sessions.filterRow(row));
        }
        counts.removeSession(row);
        sessionCounts.ended(sessions, row, reason);
        sessions.remove(row);
        return binding;
    }

    /** Ends a binding that neither sessions nor the operator need. */
    void releaseIfUnused(int binding, long now) {
        release(binding, usesQuarantine, now);
    }

    private void release(int binding, boolean rests, long now) {
        if (bib.sessions(binding) > 0 || bib.isStatic(binding)) {
            return;
        }
        for (var listener : listeners) {
            listener.unbound(protocol, bib, binding, now);
        }
        int address = pairing.pool4().index(bib.ipv4(binding));
        if (rests) {
            quarantine.add(address, bib.ipv4Port(binding), now);
        } else {
            ports.release(address, bib.ipv4Port(binding));
        }
        counts.removeBinding(binding);
        blocks.unbound(bib, binding, now);
        pairing.unbound(bib, binding);
        bib.remove(binding);
    }

    /** A filter for this table, not filled; any thread may ask. */
    AddressDependentFilter newFilter(Arena arena) {
        return filter == null ? new AddressDependentFilter(arena, sessions.capacity(), filterHash) : filter;
    }

    /** Keeps a filter from now on. It must be shown all sessions by {@link #admitRemote} before it is complete. */
    void filter(AddressDependentFilter kept) {
        filter = kept;
    }

    void filterIsComplete() {
        filterComplete = true;
    }

    boolean hasFilter() {
        return filter != null;
    }

    /** The filter, if there is one, lets the IPv4 host of a session send to the binding. */
    void admitRemote(int row) {
        if (filter != null && !sessions.isFiltered(row)) {
            sessions.filterRow(row, filter.add(sessions.ipv4(row), sessions.ipv4Port(row), sessions.remote(row)));
        }
    }

    /** Whether a port of the pool4 address of an index is bound. */
    boolean isBound(int address, int port) {
        return bib.find(pairing.pool4().address(address), port) != Bib.NONE;
    }

    /** How many sessions there are and have been; any thread may ask. */
    SessionCounts sessionCounts() {
        return sessionCounts;
    }

    /** The time left, state or Pref64 of a session has changed other than by a packet of the usual kind. */
    void changed(int row, long now) {
        for (var listener : listeners) {
            listener.changed(protocol, sessions, row, now);
        }
    }
}
