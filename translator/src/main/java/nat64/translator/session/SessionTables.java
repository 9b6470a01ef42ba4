// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.random.RandomGenerator;
import nat64.translator.address.Pref64s;
import nat64.translator.packet.Packet;
import nat64.translator.session.fragment.FragmentStore;
import nat64.translator.session.policy.StaticBinding;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.policy.TableSettings;
import nat64.translator.session.pool4.PortBlocks;
import nat64.translator.session.record.Adoption;
import nat64.translator.session.record.HeldPort;
import nat64.translator.session.record.ListedBinding;
import nat64.translator.session.record.ListedBlock;
import nat64.translator.session.record.Occupancy;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.Pool4Record;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionListener;
import nat64.translator.session.record.SessionOrder;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionView;
import nat64.translator.session.record.SubscriberRecord;
import nat64.translator.session.record.TableCounts;
import nat64.translator.session.table.Hash;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.StoredSyns;

/**
 * What a stateful translator knows: bindings and sessions of the three protocols (RFC 6146, sections 3.1 and 3.2), what
 * each subscriber has of them, and the SYNs that wait. All workers share one; every method needs their lock, unless it
 * says that any thread may call it.
 */
public final class SessionTables {

    /** Sessions that one call of {@link #expire} ends or asks whether they live, at most. */
    public static final int MOST_EXPIRED = ProtocolTables.EXPIRY_BUDGET * Protocol.count();

    /** Rows that are looked at while the tables are locked, some microseconds' worth. */
    static final int ROWS_PER_STEP = 512;

    /** Sessions whose rows fill about half of a processor's own cache. */
    private static final int LARGEST_IN_CACHES = 16_384;

    private final Arena arena;
    private final Pairing pairing;
    private final Subscribers subscribers;
    private final StoredSyns syns;
    private final StaticBindings staticBindings;
    private final ProtocolTables tcp;
    private final ProtocolTables udp;
    private final ProtocolTables icmp;
    private final List<ProtocolTables> all;
    private final BlockBindings blocks;
    private final Listing listing;
    private final List<SessionListener> listeners = new ArrayList<>();
    private volatile Pref64s pref64s;
    private Reconfiguration reconfiguration;

    /**
     * Learns of TCP connections that have been idle for TCP_EST and whose endpoints should be asked (RFC 6146,
     * 3.5.2.2).
     */
    public interface IdleConnections {

        /**
         * The connection between the mapping's IPv6 host and the IPv4 host; the mapping is valid during the call only.
         */
        void idle(Mapping mapping, int remote, int remotePort);
    }

    /**
     * Reserves all memory of the tables in the arena, from which a reload may take more.
     *
     * @param staticBindings no two clash, and all are within pool4
     * @param random for ports and hashes; unguessable from outside; used under the lock only
     */
    public SessionTables(
            Arena arena,
            TableSettings settings,
            SessionRules rules,
            List<StaticBinding> staticBindings,
            RandomGenerator random) {
        this.arena = arena;
        this.staticBindings = new StaticBindings(staticBindings.size());
        pref64s = rules.pref64s();
        pairing = new Pairing(rules.pool4(), random.nextLong());
        subscribers = new Subscribers(
                Math.addExact(Math.multiplyExact(settings.maxSessions(), 3), 1), new Hash(random.nextLong()));
        syns = new StoredSyns(arena, settings.storedSyns(), new Hash(random.nextLong()));
        blocks = new BlockBindings(
                new PortBlocks(
                        arena,
                        settings.blocks(),
                        rules.pool4(),
                        new PortBlocks.Sizes(
                                settings.quarantine().time(), Math.multiplyExact(settings.maxSessions(), 3)),
                        random),
                pairing);
        var parts = new ProtocolTables.Parts(arena, settings, pairing, subscribers, blocks, random);
        int room = this.staticBindings.room();
        tcp = new ProtocolTables(parts, Protocol.TCP, room);
        udp = new ProtocolTables(parts, Protocol.UDP, room);
        icmp = new ProtocolTables(parts, Protocol.ICMP, room);
        all = List.of(tcp, udp, icmp);
        listing = new Listing(all, blocks.blocks());
        reconfiguration = new Reconfiguration(all);
        reconfigure(rules, staticBindings);
        while (reconfiguration.step(0)) {
            // the tables are empty: this is the setting up
        }
    }

    /**
     * Begins to change the tables for other rules; no lock is needed, but only one thread may. The rules can be used at
     * once: what they need of the tables comes with the steps. Live sessions go on, whatever changes:
     *
     * <ul>
     *   <li>those under a removed Pref64 are answered under it; new ones are not opened there;
     *   <li>those of a pool4 address that drains end in their own time; it gets no new bindings; but those of an
     *       address that the host itself has lost end at once;
     *   <li>limits and address-dependent filtering are kept as soon as all live sessions are counted;
     *   <li>those of a removed static binding go on, and it ends with the last of them.
     * </ul>
     *
     * @throws IllegalArgumentException if the rules were not made from those before by {@code next}, or static bindings
     *     clash, are outside pool4 or too many; nothing has changed then
     * @throws IllegalStateException if the steps of another reconfiguration are not done
     * @throws OutOfMemoryError if the arena has no more memory for it; nothing has changed then
     */
    public Reconfiguration reconfigure(SessionRules next, List<StaticBinding> bindings) {
        if (!reconfiguration.isDone()) {
            throw new IllegalStateException("the tables are still being changed");
        }
        if (!next.pref64s().keepsIndexesOf(pref64s) || !next.pool4().keepsIndexesOf(pairing.pool4())) {
            throw new IllegalArgumentException("these rules do not follow from those before");
        }
        var steps = new Reconfiguration(all);
        steps.subscribers(subscribers, next.admission().limits(), arena);
        if (next.filter().addressDependent()) {
            steps.filter(arena);
        }
        var lost = pairing.pool4().lostTo(next.pool4());
        steps.pool4(pairing, blocks.blocks(), next.pool4(), arena);
        steps.end(lost);
        staticBindings.change(bindings, next.pool4(), steps, this);
        pref64s = next.pref64s();
        reconfiguration = steps;
        return steps;
    }

    /** Has a listener learn of all changes from now on. */
    public void listen(SessionListener listener) {
        listeners.add(listener);
        announceListeners();
    }

    /** Has a listener learn of no more changes. */
    public void ignore(SessionListener listener) {
        listeners.remove(listener);
        announceListeners();
    }

    /** The Pref64s that name every index in the tables; any thread may ask. */
    public Pref64s pref64s() {
        return pref64s;
    }

    /**
     * Puts a session from another process into the tables, with its port and its binding, whatever limits subscribers
     * have: they count it. Doing so again changes nothing but the time left.
     */
    public Adoption adopt(SessionRules rules, SessionRecord session, long now) {
        return Adopter.adopt(rules, of(session.protocol()), pairing, session, now);
    }

    /**
     * Gives hosts the pool4 addresses that they have had in another process, as far as pool4 is the same; else each of
     * its hosts is remembered until its last binding ends. To be called before the first host has a binding.
     */
    public void pairAs(long seed) {
        pairing.seed(seed);
    }

    /** Keeps a port unused that another process has released; false if it is bound or none of ours. */
    public boolean hold(HeldPort port, long now) {
        return Adopter.hold(of(port.protocol()), pairing, blocks.blocks(), port, now);
    }

    /** Begins a copy of all sessions and held ports as of a time; no lock is needed to begin. */
    public TableCopy copy(long at) {
        return new TableCopy(all, pairing, blocks.blocks(), pref64s, at);
    }

    /** A page of sessions, {@code most} at most. */
    public Page<SessionRecord> sessions(RecordFilter filter, long cursor, int most, long now) {
        return listing.sessions(filter, cursor, most, pref64s, now);
    }

    /** Begins to look for the first sessions in an order, {@code most} at most; no lock is needed to begin. */
    public Ranking rank(RecordFilter filter, SessionOrder order, int most, long now) {
        return new Ranking(this, all, filter, order, new Ranking.Window(most, now));
    }

    /** A page of bindings, {@code most} at most. */
    public Page<ListedBinding> bindings(RecordFilter filter, long cursor, int most) {
        return listing.bindings(filter, cursor, most);
    }

    /** A page of blocks that subscribers have, {@code most} at most. */
    public Page<ListedBlock> blocks(RecordFilter filter, long cursor, int most) {
        return listing.blocks(filter, cursor, most);
    }

    /** A page of pool4 addresses, {@code most} at most, with those that drain. */
    public Page<Pool4Record> pool4(long cursor, int most) {
        return listing.pool4(pairing.pool4(), cursor, most);
    }

    /** What else the tables hold, with the fragments of a store. */
    public Occupancy occupancy(FragmentStore fragments, long now) {
        var bound = new EnumMap<Protocol, Integer>(Protocol.class);
        var quarantined = new EnumMap<Protocol, Integer>(Protocol.class);
        for (var of : all) {
            bound.put(of.protocol(), of.bib.size());
            quarantined.put(of.protocol(), of.quarantine.size());
        }
        return new Occupancy(
                fragments.waiting(true, now),
                fragments.waiting(false, now),
                fragments.capacity(),
                syns.size(),
                bound,
                pairing.pool4().activePorts(),
                quarantined,
                blocks.occupancy());
    }

    /** A page of subscribers, {@code most} at most; there are none while they have no limits. */
    public Page<SubscriberRecord> subscribers(long cursor, int most) {
        return subscribers.list(cursor, most);
    }

    /** Whether the tables are so large that a {@link SessionPrefetch} is worth its while; any thread may ask. */
    public boolean exceedsCaches() {
        return tcp.sessions.size() + udp.sessions.size() > LARGEST_IN_CACHES;
    }

    /** What is in the tables of a protocol now, and has been; any thread may ask. */
    public TableCounts counts(Protocol protocol) {
        var tables = of(protocol);
        return TableCounts.of(
                tables.sessions.size(), tables.sessions.capacity(), tables.bib.size(), tables.sessionCounts());
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
     * Binds the IPv6 transport address of a packet to one of the host's pool4 address, or answers {@link
     * ProtocolTables#NONE}.
     */
    int bind(IncomingTuple tuple, long now) {
        return bind(tuple, address(tuple, now), now);
    }

    /** As {@link #bind(IncomingTuple, long)}, with the {@link #address} of the host. */
    int bind(IncomingTuple tuple, int address, long now) {
        return of(tuple.protocol()).bind(tuple.ipv6High(), tuple.ipv6Low(), tuple.hostPort(), address, now);
    }

    /** The index of the pool4 address for a new binding of the host of a packet. */
    int address(IncomingTuple tuple, long now) {
        return blocks.address(tuple.ipv6High(), tuple.ipv6Low(), now);
    }

    /** Whether the packet got no port because its subscriber has as many blocks of ports as it may have. */
    boolean hasMostBlocks(IncomingTuple tuple, int address) {
        return blocks.hasMost(tuple.ipv6High(), tuple.ipv6Low(), address);
    }

    /** Whether a new binding may have a port of the pool4 address of an index. */
    boolean isOffered(int address) {
        return pairing.pool4().isActive(address);
    }

    /** Whether the subscriber of a packet may take another port of the pool4 address of an index. */
    boolean mayBind(SubscriberLimits limits, IncomingTuple tuple, int address) {
        if (limits.addressShare() == 0) {
            return true;
        }
        int most = Math.ceilDiv(pairing.pool4().portsOf(address), limits.addressShare());
        long place = Subscribers.place(tuple.protocol(), address);
        return subscribers.mayBind(tuple.ipv6High(), tuple.ipv6Low(), place, most);
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

    private void announceListeners() {
        var array = listeners.toArray(SessionListener[]::new);
        all.forEach(tables -> tables.listeners(array));
        blocks.listeners(array);
    }
}
