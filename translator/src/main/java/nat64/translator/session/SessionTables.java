// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.random.RandomGenerator;
import nat64.translator.packet.Packet;
import nat64.translator.session.pool4.Pool4;
import nat64.translator.session.table.Hash;
import nat64.translator.session.table.Protocol;

/**
 * What a stateful translator knows: bindings and sessions of the three protocols (RFC 6146, sections 3.1 and 3.2), what
 * each subscriber has of them, and the SYNs that wait. All workers share one; every method needs their lock, unless it
 * says that any thread may call it.
 */
public final class SessionTables {

    /** Sessions that one call of {@link #expire} ends or asks whether they live, at most. */
    public static final int MOST_EXPIRED = ProtocolTables.EXPIRY_BUDGET * Protocol.values().length;

    /** Sessions whose rows fill about half of a processor's own cache. */
    private static final int LARGEST_IN_CACHES = 16_384;

    private final Pool4 pool4;
    private final Subscribers subscribers;
    private final StoredSyns syns;
    private final Hash pairing;
    private final ProtocolTables tcp;
    private final ProtocolTables udp;
    private final ProtocolTables icmp;

    /**
     * Reserves all memory of the tables in the arena.
     *
     * @param staticBindings no two clash, and all are within pool4
     * @param random for ports and hashes; nobody outside may be able to guess it; used under the lock only
     */
    public SessionTables(
            Arena arena,
            TableSettings settings,
            SessionRules rules,
            List<StaticBinding> staticBindings,
            RandomGenerator random) {
        pool4 = rules.pool4();
        var limits = rules.admission().limits();
        subscribers = new Subscribers(arena, limits, settings.maxSessions() * 3, new Hash(random.nextLong()));
        syns = new StoredSyns(arena, settings.storedSyns(), new Hash(random.nextLong()));
        pairing = new Hash(random.nextLong());
        var parts = new TableParts(arena, settings, rules, subscribers, random);
        tcp = new ProtocolTables(parts, Protocol.TCP, staticBindings);
        udp = new ProtocolTables(parts, Protocol.UDP, staticBindings);
        icmp = new ProtocolTables(parts, Protocol.ICMP, staticBindings);
    }

    /** Whether the tables are so large that a {@link SessionPrefetch} is worth its while; any thread may ask. */
    public boolean exceedsCaches() {
        return tcp.sessions.size() + udp.sessions.size() > LARGEST_IN_CACHES;
    }

    /** What is in the tables of a protocol now, and has been; any thread may ask. */
    public TableCounts counts(Protocol protocol) {
        var tables = of(protocol);
        return new TableCounts(
                tables.sessions.size(),
                tables.sessions.capacity(),
                tables.bib.size(),
                tables.created(),
                tables.expired());
    }

    /**
     * Ends some sessions whose time has come. True if there may be more.
     *
     * @param idle is told of established connections that get another chance
     */
    public boolean expire(SessionRules rules, long now, IdleConnections idle) {
        boolean more = tcp.expire(rules.lifetimes(), now, idle);
        more |= udp.expire(rules.lifetimes(), now, idle);
        more |= icmp.expire(rules.lifetimes(), now, idle);
        return more;
    }

    /** Puts the next stored SYN that has waited in vain into the packet, not parsed yet; false if there is none now. */
    public boolean pollUnansweredSyn(long now, Packet packet) {
        return syns.pollUnanswered(now, packet);
    }

    /** Adds live sessions of a protocol to a list, {@code most} at most. */
    public void listSessions(Protocol protocol, int most, long now, List<SessionView> list) {
        var sessions = of(protocol).sessions;
        int added = 0;
        for (int row = 0; row < sessions.rowsTouched() && added < most; row++) {
            if (sessions.isLive(row)) {
                list.add(SessionView.of(protocol, sessions, row, now));
                added++;
            }
        }
    }

    /**
     * Binds the IPv6 transport address of a packet to a pool4 one, or answers {@link ProtocolTables#NONE}. All bindings of
     * one host have the same IPv4 address (RFC 6146, section 3.5.1.1), because the address of the host chooses it.
     */
    int bind(IncomingTuple tuple, long now) {
        int address = pool4.choose(pairingKey(tuple.ipv6High(), tuple.ipv6Low()));
        return of(tuple.protocol()).bind(tuple.ipv6High(), tuple.ipv6Low(), tuple.hostPort(), address, now);
    }

    Subscribers subscribers() {
        return subscribers;
    }

    StoredSyns storedSyns() {
        return syns;
    }

    ProtocolTables of(Protocol protocol) {
        return switch (protocol) {
            case TCP -> tcp;
            case UDP -> udp;
            case ICMP -> icmp;
        };
    }

    private long pairingKey(long ipv6High, long ipv6Low) {
        return ((long) pairing.of(ipv6High, ipv6Low, 0) << 32) | (pairing.of(ipv6High, ipv6Low, 1) & 0xffff_ffffL);
    }
}
