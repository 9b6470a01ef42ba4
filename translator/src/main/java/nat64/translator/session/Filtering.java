// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static nat64.translator.packet.DropReason.CLIENT_NOT_ALLOWED;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.NON_GLOBAL_IPV4;
import static nat64.translator.packet.DropReason.NO_BINDING;
import static nat64.translator.packet.DropReason.NO_SESSION;
import static nat64.translator.packet.DropReason.POOL4_EXHAUSTED;
import static nat64.translator.packet.DropReason.SESSION_TABLE_FULL;
import static nat64.translator.packet.DropReason.UNROUTABLE_IPV4;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.random.RandomGenerator;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.address.SpecialIpv4;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Layers;

/**
 * Filtering and updating of bindings and sessions (RFC 6146, section 3.5): decides whether a packet may pass, keeps the
 * state of its session, and finds the {@link Mapping} that it is translated by. Mapping and filtering are
 * endpoint-independent. One thread, but for the counts.
 */
public final class Filtering {

    private final List<Pref64> pref64s;
    private final List<Ipv6Prefix> clients;
    private final boolean translateNonGlobal;
    private final Pool4 pool4;
    private final Hash pairing;
    private final ProtocolTables tcp;
    private final ProtocolTables udp;
    private final ProtocolTables icmp;
    private final long udpMillis;
    private final long tcpEstablishedMillis;
    private final long tcpTransitoryMillis;
    private final long icmpMillis;

    /** Reserves all memory of the tables in the arena. Every protocol has room for {@code maxSessions}. */
    public Filtering(
            Arena arena, Policy policy, Pool4 pool4, Lifetimes lifetimes, int maxSessions, RandomGenerator random) {
        this.pref64s = policy.pref64s();
        this.clients = policy.clients();
        this.translateNonGlobal = policy.translateNonGlobal();
        this.pool4 = pool4;
        pairing = new Hash(random.nextLong());
        tcp = new ProtocolTables(arena, maxSessions, pool4, false, lifetimes, random);
        udp = new ProtocolTables(arena, maxSessions, pool4, true, lifetimes, random);
        icmp = new ProtocolTables(arena, maxSessions, pool4, false, lifetimes, random);
        udpMillis = lifetimes.udp().toMillis();
        tcpEstablishedMillis = lifetimes.tcpEstablished().toMillis();
        tcpTransitoryMillis = lifetimes.tcpTransitory().toMillis();
        icmpMillis = lifetimes.icmp().toMillis();
    }

    /**
     * Who may open sessions to where.
     *
     * @param translateNonGlobal whether the Well-Known Prefix may carry IPv4 addresses that are not global
     */
    public record Policy(List<Pref64> pref64s, List<Ipv6Prefix> clients, boolean translateNonGlobal) {}

    /** For a packet from the IPv6 side, no ICMP error, to the IPv4 address {@code remote} under a Pref64. */
    public DropReason fromIpv6(Layers layers, IncomingTuple tuple, int prefix, int remote, long now, Mapping mapping) {
        var tables = tables(tuple.protocol());
        int remotePort = remotePort(tuple.protocol(), tuple.destinationPort());
        int row = tables.sessions.find(layers.sourceHigh(), layers.sourceLow(), tuple.sourcePort(), remote, remotePort);
        if (row == SessionTable.NONE) {
            return openFromIpv6(layers, tuple, prefix, remote, now, mapping);
        }
        if (tables.sessions.prefix(row) != prefix) {
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
     * For an ICMP error from the IPv6 side, about a packet that went to {@code (X', x)}. Never changes any state (RFC
     * 6146, section 3.5; RFC 5508, REQ-6).
     */
    public DropReason errorFromIpv6(Layers quoted, IncomingTuple tuple, int prefix, Mapping mapping) {
        var bib = tables(tuple.protocol()).bib;
        int binding = bib.find(quoted.destinationHigh(), quoted.destinationLow(), tuple.destinationPort());
        if (binding == Bib.NONE) {
            return NO_SESSION;
        }
        mapping.ofBinding(bib, binding, prefix);
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

    /** Ends some sessions whose time has come. True if there may be more. */
    public boolean expire(long now) {
        boolean more = tcp.expire(now);
        more |= udp.expire(now);
        more |= icmp.expire(now);
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

    /** Adds live sessions of a protocol to a list, {@code most} at most; on the worker's thread only. */
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
        var drop = admit(layers, prefix, remote);
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
        if (binding == Bib.NONE) {
            int pair = pairing.of(layers.sourceHigh(), layers.sourceLow(), 0);
            binding = tables.bind(layers.sourceHigh(), layers.sourceLow(), tuple.sourcePort(), pair);
            if (binding == ProtocolTables.NONE) {
                return tables.isFull() ? SESSION_TABLE_FULL : POOL4_EXHAUSTED;
            }
        }
        return open(tables, tuple, binding, remote, prefix, true, now, mapping);
    }

    private DropReason openFromIpv4(Layers layers, IncomingTuple tuple, long now, Mapping mapping) {
        var tables = tables(tuple.protocol());
        boolean tcp = tuple.protocol() == Protocol.TCP;
        int binding = tables.bib.find(layers.destinationIpv4(), tuple.destinationPort());
        if (binding == Bib.NONE) {
            return tcp ? NO_SESSION : NO_BINDING; // RFC 5382, REQ-4: no answer to an unsolicited SYN
        }
        if (!mayEnter(layers.sourceIpv4())) {
            return NON_GLOBAL_IPV4;
        }
        if (tcp && tuple.segment() != TcpState.Segment.SYN) {
            mapping.ofBinding(tables.bib, binding, 0);
            return NONE;
        }
        return open(tables, tuple, binding, layers.sourceIpv4(), 0, false, now, mapping);
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
        long lifetime = tuple.protocol() == Protocol.TCP ? tcpTransitoryMillis : datagramMillis(tuple.protocol());
        int row = tables.open(binding, remote, remotePort, prefix, state, now + lifetime);
        if (row == ProtocolTables.NONE) {
            return SESSION_TABLE_FULL;
        }
        mapping.ofSession(tables.sessions, row);
        return NONE;
    }

    private DropReason admit(Layers layers, int prefix, int remote) {
        if (!isClient(layers)) {
            return CLIENT_NOT_ALLOWED;
        }
        if (pool4.contains(remote)) {
            return NONE; // hairpinning: our own address, whatever its kind
        }
        if (!SpecialIpv4.isRouted(remote)) {
            return UNROUTABLE_IPV4;
        }
        boolean carries = translateNonGlobal || !pref64s.get(prefix).isWellKnown() || SpecialIpv4.isGlobal(remote);
        return carries ? NONE : NON_GLOBAL_IPV4;
    }

    private boolean mayEnter(int remote) {
        return translateNonGlobal
                || !pref64s.getFirst().isWellKnown()
                || pool4.contains(remote)
                || SpecialIpv4.isGlobal(remote);
    }

    private boolean isClient(Layers layers) {
        for (int i = 0; i < clients.size(); i++) {
            if (clients.get(i).contains(layers.sourceHigh(), layers.sourceLow())) {
                return true;
            }
        }
        return false;
    }

    private void update(ProtocolTables tables, IncomingTuple tuple, int row, boolean fromIpv6, long now) {
        if (tuple.protocol() != Protocol.TCP) {
            tables.sessions.refresh(row, now + datagramMillis(tuple.protocol()));
            return;
        }
        var state = tables.sessions.state(row);
        var segment = tuple.segment();
        switch (state.lifetime(segment, fromIpv6)) {
            case TCP_EST -> tables.sessions.refresh(row, now + tcpEstablishedMillis);
            case TCP_TRANS -> tables.sessions.refresh(row, now + tcpTransitoryMillis);
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
