// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static nat64.translator.packet.DropReason.ADDRESS_DEPENDENT_FILTERING;
import static nat64.translator.packet.DropReason.EXTERNALLY_INITIATED;
import static nat64.translator.packet.DropReason.EXTERNAL_SESSION_LIMIT;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.NON_GLOBAL_IPV4;
import static nat64.translator.packet.DropReason.NO_BINDING;
import static nat64.translator.packet.DropReason.NO_SESSION;
import static nat64.translator.packet.DropReason.POOL4_EXHAUSTED;
import static nat64.translator.packet.DropReason.SESSION_TABLE_FULL;
import static nat64.translator.packet.DropReason.SYN_STORED;
import static nat64.translator.packet.DropReason.SYN_STORE_FULL;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.random.RandomGenerator;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.session.pool4.Pool4;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Hash;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionPrefetch;
import nat64.translator.session.table.SessionTable;
import nat64.translator.session.table.TcpState;
import nat64.translator.wire.IpProtocol;

/**
 * Filtering and updating of bindings and sessions (RFC 6146, section 3.5): decides whether a packet may pass, keeps the
 * state of its session, and finds the {@link Mapping} that it is translated by. Mapping is endpoint-independent. One
 * thread at a time, but for the counts and what a {@link SessionPrefetch} needs.
 */
public final class Filtering {

    /** Sessions that one call of {@link #expire} ends, or asks whether they live: no more than these. */
    public static final int MOST_EXPIRED = ProtocolTables.EXPIRY_BUDGET * Protocol.values().length;

    /** Sessions whose rows fill about half of a processor's own cache. */
    private static final int LARGEST_IN_CACHES = 16_384;

    private final Admission admission;
    private final Subscribers subscribers;
    private final boolean dropExternalTcp;
    private final boolean addressDependent;
    private final StoredSyns syns;
    private final Hash pairing;
    private final ProtocolTables tcp;
    private final ProtocolTables udp;
    private final ProtocolTables icmp;
    private final long udpMillis;
    private final long tcpEstablishedMillis;
    private final long tcpOpeningMillis;
    private final long tcpClosingMillis;
    private final long icmpMillis;

    /** Reserves all memory of the tables in the arena. Every protocol has room for {@code maxSessions}. */
    public Filtering(
            Arena arena,
            Policy policy,
            StatePolicy state,
            Pool4 pool4,
            Lifetimes lifetimes,
            int maxSessions,
            RandomGenerator random) {
        admission = new Admission(policy, pool4, state.untranslated());
        subscribers = new Subscribers(arena, state.limits(), maxSessions * 3, new Hash(random.nextLong()));
        dropExternalTcp = state.dropExternalTcp();
        addressDependent = state.filter() == StatePolicy.Filter.ADDRESS_DEPENDENT;
        syns = new StoredSyns(
                arena, state.storedSyns(), lifetimes.tcpIncomingSyn().toMillis(), new Hash(random.nextLong()));
        pairing = new Hash(random.nextLong());
        tcp = new ProtocolTables(arena, maxSessions, Protocol.TCP, pool4, state, lifetimes, subscribers, random);
        udp = new ProtocolTables(arena, maxSessions, Protocol.UDP, pool4, state, lifetimes, subscribers, random);
        icmp = new ProtocolTables(arena, maxSessions, Protocol.ICMP, pool4, state, lifetimes, subscribers, random);
        udpMillis = lifetimes.udp().toMillis();
        tcpEstablishedMillis = lifetimes.tcpEstablished().toMillis();
        tcpOpeningMillis = lifetimes.tcpOpening().toMillis();
        tcpClosingMillis = lifetimes.tcpClosing().toMillis();
        icmpMillis = lifetimes.icmp().toMillis();
    }

    /**
     * Who may open sessions to where.
     *
     * @param translateNonGlobal whether the Well-Known Prefix may carry IPv4 addresses that are not global
     */
    public record Policy(List<Pref64> pref64s, List<Ipv6Prefix> clients, boolean translateNonGlobal) {}

    /** Whether the tables are so large that a {@link SessionPrefetch} is worth its while; any thread may ask. */
    public boolean exceedsCaches() {
        return tcp.sessions.size() + udp.sessions.size() > LARGEST_IN_CACHES;
    }

    /**
     * Expects a packet from the IPv6 side; any thread may, at any time.
     *
     * @param protocol TCP or UDP
     * @param ports source port above, destination port below
     */
    public void expectFromIpv6(
            SessionPrefetch ahead, int protocol, long sourceHigh, long sourceLow, int remote, int ports) {
        var tables = protocol == IpProtocol.TCP ? tcp : udp;
        tables.sessions.expect(ahead, sourceHigh, sourceLow, ports >>> 16, remote, ports & 0xffff);
    }

    /** As {@link #expectFromIpv6} from the IPv4 side. */
    public void expectFromIpv4(SessionPrefetch ahead, int protocol, int source, int destination, int ports) {
        var tables = protocol == IpProtocol.TCP ? tcp : udp;
        tables.sessions.expect(ahead, destination, ports & 0xffff, source, ports >>> 16);
    }

    /** For a packet from the IPv6 side, no ICMP error, to the IPv4 address {@code remote} under a Pref64. */
    public DropReason fromIpv6(Layers layers, IncomingTuple tuple, int prefix, int remote, long now, Mapping mapping) {
        var tables = tables(tuple.protocol());
        int remotePort = remotePort(tuple.protocol(), tuple.destinationPort());
        int row = tables.sessions.find(layers.sourceHigh(), layers.sourceLow(), tuple.sourcePort(), remote, remotePort);
        if (row == SessionTable.NONE) {
            return openFromIpv6(layers, tuple, prefix, remote, now, mapping);
        }
        if (tables.sessions.prefix(row) != prefix) {
            if (!admission.mayCarry(prefix, remote)) {
                return NON_GLOBAL_IPV4;
            }
            tables.sessions.prefix(row, prefix); // the host has moved to another Pref64: answer it from there
        }
        mapping.ofSession(tables.sessions, row);
        update(tables, tuple, row, true, now);
        return NONE;
    }

    /** For a packet from the IPv4 side, no ICMP error, to an address of pool4. */
    public DropReason fromIpv4(Layers layers, IncomingTuple tuple, long now, Mapping mapping) {
        var tables = tables(tuple.protocol());
        int remotePort = remotePort(tuple.protocol(), tuple.sourcePort());
        int row = tables.sessions.find(
                layers.destinationIpv4(), tuple.destinationPort(), layers.sourceIpv4(), remotePort);
        if (row == SessionTable.NONE) {
            return openFromIpv4(layers, tuple, now, mapping);
        }
        mapping.ofSession(tables.sessions, row);
        update(tables, tuple, row, false, now);
        return NONE;
    }

    /**
     * For an ICMP error from the IPv6 side, about a packet of a session from {@code (Z, z)} to {@code (X', x)}. Never changes any state (RFC
     * 6146, section 3.5; RFC 5508, REQ-6).
     */
    public DropReason errorFromIpv6(Layers quoted, IncomingTuple tuple, int remote, Mapping mapping) {
        var sessions = tables(tuple.protocol()).sessions;
        int row = sessions.find(
                quoted.destinationHigh(),
                quoted.destinationLow(),
                tuple.destinationPort(),
                remote,
                remotePort(tuple.protocol(), tuple.sourcePort()));
        if (row == SessionTable.NONE) {
            return NO_SESSION;
        }
        mapping.ofSession(sessions, row);
        return NONE;
    }

    /** For an ICMP error from the IPv4 side, about a packet that came from {@code (T, t)}. Never changes any state. */
    public DropReason errorFromIpv4(Layers quoted, IncomingTuple tuple, Mapping mapping) {
        var tables = tables(tuple.protocol());
        int binding = tables.bib.find(quoted.sourceIpv4(), tuple.sourcePort());
        if (binding == Bib.NONE) {
            return NO_SESSION;
        }
        int remotePort = remotePort(tuple.protocol(), tuple.destinationPort());
        int row = tables.sessions.find(quoted.sourceIpv4(), tuple.sourcePort(), quoted.destinationIpv4(), remotePort);
        mapping.ofBinding(tables.bib, binding, row == SessionTable.NONE ? 0 : tables.sessions.prefix(row));
        return NONE;
    }

    /** Keeps a SYN for which {@link #fromIpv4} answered SYN_STORED, and tells whether there was room. */
    public DropReason store(Packet packet, IncomingTuple tuple, long now) {
        var layers = packet.layers();
        boolean kept = syns.contains(
                        layers.destinationIpv4(), tuple.destinationPort(), layers.sourceIpv4(), tuple.sourcePort())
                || syns.store(packet, tuple.destinationPort(), tuple.sourcePort(), now);
        return kept ? SYN_STORED : SYN_STORE_FULL;
    }

    /** Puts the next stored SYN that has waited in vain into the packet, not parsed yet; false if there is none now. */
    public boolean pollUnansweredSyn(long now, Packet packet) {
        return syns.pollUnanswered(now, packet);
    }

    /** Ends some sessions whose time has come. True if there may be more. */
    public boolean expire(long now, IdleConnections idle) {
        boolean more = tcp.expire(now, idle);
        more |= udp.expire(now, idle);
        more |= icmp.expire(now, idle);
        return more;
    }

    /** What is in the tables of a protocol now, and has been; any thread may ask. */
    public TableCounts counts(Protocol protocol) {
        var tables = tables(protocol);
        return new TableCounts(
                tables.sessions.size(),
                tables.sessions.capacity(),
                tables.bib.size(),
                tables.created(),
                tables.expired());
    }

    /** Adds live sessions of a protocol to a list, {@code most} at most. */
    public void listSessions(Protocol protocol, int most, long now, List<SessionView> list) {
        var sessions = tables(protocol).sessions;
        int added = 0;
        for (int row = 0; row < sessions.rowsTouched() && added < most; row++) {
            if (sessions.isLive(row)) {
                list.add(SessionView.of(protocol, sessions, row, now));
                added++;
            }
        }
    }

    private DropReason openFromIpv6(
            Layers layers, IncomingTuple tuple, int prefix, int remote, long now, Mapping mapping) {
        var drop = admission.fromIpv6(layers, prefix, remote);
        if (drop != NONE) {
            return drop;
        }
        var tables = tables(tuple.protocol());
        int binding = tables.bib.find(layers.sourceHigh(), layers.sourceLow(), tuple.sourcePort());
        if (tuple.protocol() == Protocol.TCP && tuple.segment() != TcpState.Segment.SYN) {
            if (binding == Bib.NONE) {
                return NO_SESSION; // RFC 6146, section 3.5.2.2, CLOSED
            }
            mapping.ofBinding(tables.bib, binding, prefix);
            return NONE;
        }
        drop = subscribers.admit(layers.sourceHigh(), layers.sourceLow(), binding == Bib.NONE, now);
        if (drop != NONE) {
            return drop;
        }
        if (binding == Bib.NONE) {
            int pair = pairing.of(layers.sourceHigh(), layers.sourceLow(), 0);
            binding = tables.bind(layers.sourceHigh(), layers.sourceLow(), tuple.sourcePort(), pair, now);
            if (binding == ProtocolTables.NONE) {
                return tables.isFull() ? SESSION_TABLE_FULL : POOL4_EXHAUSTED;
            }
        }
        return open(tables, tuple, binding, remote, prefix, true, now, mapping);
    }

    private DropReason openFromIpv4(Layers layers, IncomingTuple tuple, long now, Mapping mapping) {
        var tables = tables(tuple.protocol());
        boolean isTcp = tuple.protocol() == Protocol.TCP;
        int binding = tables.bib.find(layers.destinationIpv4(), tuple.destinationPort());
        boolean opens = isTcp && tuple.opensConnection();
        var filtered = opens ? filterSyn(binding) : filter(tables, isTcp, binding, layers.sourceIpv4());
        if (filtered != NONE) {
            return filtered;
        }
        if (!admission.mayEnter(layers.sourceIpv4())) {
            return NON_GLOBAL_IPV4;
        }
        if (isTcp && !opens) {
            mapping.ofBinding(tables.bib, binding, 0);
            return NONE;
        }
        if (!tables.hasRoomForIpv4()) {
            return EXTERNAL_SESSION_LIMIT;
        }
        var drop = subscribers.admit(tables.bib.ipv6High(binding), tables.bib.ipv6Low(binding), false, now);
        return drop == NONE ? open(tables, tuple, binding, layers.sourceIpv4(), 0, false, now, mapping) : drop;
    }

    /** RFC 6146, section 3.5.2.2, CLOSED: what becomes of a SYN from the IPv4 side. Never answered (RFC 5382, REQ-4). */
    private DropReason filterSyn(int binding) {
        if (binding != Bib.NONE && tcp.bib.isStatic(binding)) {
            return NONE; // the operator has opened it
        }
        if (dropExternalTcp) {
            return EXTERNALLY_INITIATED;
        }
        return binding == Bib.NONE || addressDependent ? SYN_STORED : NONE;
    }

    private static DropReason filter(ProtocolTables tables, boolean isTcp, int binding, int remote) {
        if (binding == Bib.NONE) {
            return isTcp ? NO_SESSION : NO_BINDING;
        }
        return tables.permits(binding, remote) ? NONE : ADDRESS_DEPENDENT_FILTERING;
    }

    private DropReason open(
            ProtocolTables tables,
            IncomingTuple tuple,
            int binding,
            int remote,
            int prefix,
            boolean fromIpv6,
            long now,
            Mapping mapping) {
        int remotePort = remotePort(tuple.protocol(), fromIpv6 ? tuple.destinationPort() : tuple.sourcePort());
        var state =
                tuple.protocol() != Protocol.TCP ? TcpState.STATELESS : fromIpv6 ? TcpState.V6_INIT : TcpState.V4_INIT;
        long lifetime = tuple.protocol() == Protocol.TCP ? tcpOpeningMillis : datagramMillis(tuple.protocol());
        int row = tables.open(binding, remote, remotePort, prefix, fromIpv6, state, now + lifetime, now);
        if (row == ProtocolTables.NONE) {
            return SESSION_TABLE_FULL;
        }
        if (state == TcpState.V6_INIT
                && syns.discard(tables.bib.ipv4(binding), tables.bib.ipv4Port(binding), remote, remotePort)) {
            tables.sessions.state(row, TcpState.ESTABLISHED); // simultaneous open: V4 INIT, and now the V6 SYN
            tables.sessions.refresh(row, now + tcpEstablishedMillis);
        }
        mapping.ofSession(tables.sessions, row);
        return NONE;
    }

    private void update(ProtocolTables tables, IncomingTuple tuple, int row, boolean fromIpv6, long now) {
        if (tuple.protocol() != Protocol.TCP) {
            tables.sessions.refresh(row, now + datagramMillis(tuple.protocol()));
            return;
        }
        var state = tables.sessions.state(row);
        var segment = tuple.segment();
        if (state == TcpState.ESTABLISHED && segment == TcpState.Segment.OTHER) { // nearly all there are
            tables.sessions.refresh(row, now + tcpEstablishedMillis);
            return;
        }
        switch (state.lifetime(segment, fromIpv6)) {
            case TCP_EST -> tables.sessions.refresh(row, now + tcpEstablishedMillis);
            case TCP_TRANS ->
                tables.sessions.refresh(row, now + (state == TcpState.V6_INIT ? tcpOpeningMillis : tcpClosingMillis));
            case UNCHANGED -> {}
        }
        var next = state.next(segment, fromIpv6);
        if (next != state) {
            tables.sessions.state(row, next);
        }
    }

    private long datagramMillis(Protocol protocol) {
        return protocol == Protocol.UDP ? udpMillis : icmpMillis;
    }

    /** Sessions of ICMP have no second identifier (RFC 6146, section 3.2). */
    private static int remotePort(Protocol protocol, int port) {
        return protocol == Protocol.ICMP ? 0 : port;
    }

    private ProtocolTables tables(Protocol protocol) {
        return switch (protocol) {
            case TCP -> tcp;
            case UDP -> udp;
            case ICMP -> icmp;
        };
    }
}
