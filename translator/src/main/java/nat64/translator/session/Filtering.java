// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static nat64.translator.packet.DropReason.ADDRESS_DEPENDENT_FILTERING;
import static nat64.translator.packet.DropReason.BAD_QUOTED_PACKET;
import static nat64.translator.packet.DropReason.CLIENT_NOT_ALLOWED;
import static nat64.translator.packet.DropReason.EXTERNALLY_INITIATED;
import static nat64.translator.packet.DropReason.EXTERNAL_SESSION_LIMIT;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.NON_GLOBAL_IPV4;
import static nat64.translator.packet.DropReason.NO_BINDING;
import static nat64.translator.packet.DropReason.NO_SESSION;
import static nat64.translator.packet.DropReason.POOL4_EXHAUSTED;
import static nat64.translator.packet.DropReason.SESSION_TABLE_FULL;
import static nat64.translator.packet.DropReason.SUBSCRIBER_PORT_LIMIT;
import static nat64.translator.packet.DropReason.SUBSCRIBER_RATE_LIMIT;
import static nat64.translator.packet.DropReason.SYN_STORED;
import static nat64.translator.packet.DropReason.SYN_STORE_FULL;

import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Step;
import nat64.translator.session.policy.FilterPolicy;
import nat64.translator.session.policy.Lifetimes.Timer;
import nat64.translator.session.policy.ProbeFlow;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionTable;
import nat64.translator.session.table.TcpState;

/**
 * Filtering and updating of bindings and sessions (RFC 6146, section 3.5): decides whether a packet may pass, keeps the
 * state of its session, and finds the {@link Mapping} that it is translated by. Mapping is endpoint-independent. Has no
 * state of its own; the caller holds the lock of the {@link SessionTables}.
 */
public final class Filtering {

    private final SessionTables tables;

    public Filtering(SessionTables tables) {
        this.tables = tables;
    }

    /**
     * Step 3.5. Fills the mapping if the answer is NONE. An ICMP error never changes any state (RFC 6146, section 3.5;
     * RFC 5508, REQ-6). A SYN from the IPv4 side that has to wait for its counterpart is stored.
     */
    public DropReason update(SessionRules rules, Packet packet, IncomingTuple tuple, long now, Mapping mapping) {
        if (tuple.isError()) {
            return error(tuple, mapping);
        }
        if (tuple.isFromIpv6()) {
            return fromIpv6(rules, tuple, now, mapping);
        }
        var drop = fromIpv4(rules, tuple, now, mapping);
        return drop == SYN_STORED ? store(rules, packet, tuple, now) : drop;
    }

    /** Of a packet from the IPv6 side, before it may wait for its first fragment: whether its source is a client. */
    public static DropReason checkFragment(SessionRules rules, Packet packet) {
        if (!packet.layers().isLaterFragment() || Admission.isClient(rules, packet.layers())) {
            return NONE;
        }
        packet.enter(Step.CLIENT);
        return CLIENT_NOT_ALLOWED;
    }

    private DropReason fromIpv6(SessionRules rules, IncomingTuple tuple, long now, Mapping mapping) {
        var sessions = tables.of(tuple.protocol()).sessions;
        int row = findFromIpv6(sessions, tuple);
        if (row == SessionTable.NONE) {
            return openFromIpv6(rules, tuple, now, mapping);
        }
        if (sessions.prefix(row) != tuple.prefix()) {
            tuple.enter(Step.POLICY);
            if (!Admission.mayCarry(rules, tuple.prefix(), tuple.remote()) && !Admission.isProbe(rules, tuple)) {
                return NON_GLOBAL_IPV4;
            }
            tables.of(tuple.protocol()).prefix(row, tuple.prefix(), now); // the host has moved to another Pref64
        }
        mapping.toIpv4(sessions, row);
        tuple.enter(Step.SESSION);
        refresh(rules, tuple, row, now);
        SessionFindings.ofSession(tuple, sessions, row, false, now);
        return NONE;
    }

    private DropReason fromIpv4(SessionRules rules, IncomingTuple tuple, long now, Mapping mapping) {
        var sessions = tables.of(tuple.protocol()).sessions;
        int row = findFromIpv4(sessions, tuple);
        if (row == SessionTable.NONE) {
            return openFromIpv4(rules, tuple, now, mapping);
        }
        mapping.toIpv6(sessions, row);
        tuple.enter(Step.SESSION);
        refresh(rules, tuple, row, now);
        SessionFindings.ofSession(tuple, sessions, row, false, now);
        return NONE;
    }

    /**
     * An ICMP error passes only if it is about a packet of a session: a binding would let anyone on the Internet tell
     * the host errors about anyone else (RFC 5508, REQ-4 and REQ-5: the mapping of the embedded packet). Of TCP, the
     * quoted sequence number must be one that the host can have sent.
     */
    private DropReason error(IncomingTuple tuple, Mapping mapping) {
        tuple.enter(Step.SESSION);
        var sessions = tables.of(tuple.protocol()).sessions;
        int row = tuple.isFromIpv6() ? findFromIpv6(sessions, tuple) : findFromIpv4(sessions, tuple);
        if (row == SessionTable.NONE) {
            return NO_SESSION;
        }
        var quoted = tuple.segment();
        boolean fromHost = !tuple.isFromIpv6(); // the quoted packet went the other way
        if (quoted.hasSequence() && !sessions.windows().mayHaveSent(row, fromHost, quoted.sequence())) {
            return BAD_QUOTED_PACKET;
        }
        SessionFindings.ofError(tuple);
        mapping.ofSession(sessions, row);
        return NONE;
    }

    private DropReason openFromIpv6(SessionRules rules, IncomingTuple tuple, long now, Mapping mapping) {
        var drop = Admission.fromIpv6(rules, tuple);
        if (drop != NONE) {
            return drop;
        }
        var of = tables.of(tuple.protocol());
        boolean opens = tuple.protocol() != Protocol.TCP || tuple.segment().kind() == TcpState.Segment.SYN;
        if (opens) { // before the binding is looked up: its last session may be among those that end
            of.earlyEnds().makeRoom(of.fill(), rules.lifetimes(), now);
        }
        tuple.enter(Step.BINDING);
        int binding = of.bib.find(tuple.ipv6High(), tuple.ipv6Low(), tuple.hostPort());
        if (!opens) {
            if (binding == Bib.NONE) {
                return NO_SESSION; // RFC 6146, section 3.5.2.2, CLOSED
            }
            SessionFindings.ofBinding(tuple, of.bib, binding, false);
            SessionFindings.ofNoSession(tuple);
            mapping.ofBinding(of.bib, binding, tuple.prefix());
            return NONE;
        }
        return openAt(rules, tuple, binding, now, mapping);
    }

    /** Opens a session at a binding, or at a new one if there is none. */
    private DropReason openAt(SessionRules rules, IncomingTuple tuple, int found, long now, Mapping mapping) {
        var of = tables.of(tuple.protocol());
        boolean bind = found == Bib.NONE;
        int address = bind ? tables.address(tuple, now) : Bib.NONE;
        if (bind && !tables.isOffered(address)) { // all of pool4 drains: that is no reason to end sessions early
            SessionFindings.ofRoom(tuple, Step.BINDING, of.sessions);
            return POOL4_EXHAUSTED;
        }
        var drop = admit(rules.admission().limits(), tuple, address, now);
        if (drop != NONE) {
            if (drop != SUBSCRIBER_RATE_LIMIT) {
                of.earlyEnds().makeRoomWithin(tuple.ipv6High(), tuple.ipv6Low(), false, rules.lifetimes(), now);
            }
            return drop;
        }
        int binding = found;
        if (bind) {
            of.earlyEnds().makeRoom(of.portFill(), rules.lifetimes(), now);
            binding = tables.bind(tuple, address, now);
            if (binding == ProtocolTables.NONE) {
                return refuseBinding(rules, tuple, address, now);
            }
        }
        SessionFindings.ofBinding(tuple, of.bib, binding, bind);
        tuple.enter(Step.SESSION);
        return open(rules, tuple, binding, now, mapping);
    }

    /** Why there was no port; makes room for the next packet. */
    private DropReason refuseBinding(SessionRules rules, IncomingTuple tuple, int address, long now) {
        var of = tables.of(tuple.protocol());
        SessionFindings.ofRoom(tuple, Step.BINDING, of.sessions);
        if (!of.isFull() && tables.hasMostBlocks(tuple, address)) {
            of.earlyEnds().makeRoomWithin(tuple.ipv6High(), tuple.ipv6Low(), false, rules.lifetimes(), now);
            return SUBSCRIBER_PORT_LIMIT;
        }
        of.earlyEnds().makeRoom(EarlyEnds.FULL, rules.lifetimes(), now);
        return of.isFull() ? SESSION_TABLE_FULL : POOL4_EXHAUSTED;
    }

    /**
     * Whether the subscriber of a packet from the IPv6 side may open another session.
     *
     * @param address index of the pool4 address of which it needs a port, or NONE if it has a binding
     */
    private DropReason admit(SubscriberLimits limits, IncomingTuple tuple, int address, long now) {
        boolean bind = address != Bib.NONE;
        if (bind && !tables.mayBind(limits, tuple, address)) {
            return SUBSCRIBER_PORT_LIMIT;
        }
        return tables.subscribers().admit(limits, tuple.ipv6High(), tuple.ipv6Low(), bind, now);
    }

    private DropReason openFromIpv4(SessionRules rules, IncomingTuple tuple, long now, Mapping mapping) {
        var of = tables.of(tuple.protocol());
        boolean isTcp = tuple.protocol() == Protocol.TCP;
        if (!isTcp || tuple.segment().opensConnection()) {
            of.earlyEnds().makeRoom(of.fill(), rules.lifetimes(), now);
            of.earlyEnds().makeInboundRoom(of.inboundFill(), rules.lifetimes(), now);
        }
        tuple.enter(Step.BINDING);
        int binding = of.bib.find(tuple.pool4(), tuple.hostPort());
        SessionFindings.ofBinding(tuple, of.bib, binding, false);
        boolean opens = isTcp && tuple.segment().opensConnection();
        var drop = opens ? filterSyn(rules.filter(), binding) : filter(rules.filter(), tuple, binding);
        if (drop != NONE) {
            return drop;
        }
        tuple.enter(Step.POLICY);
        if (!Admission.mayCarry(rules, tuple.prefix(), tuple.remote())) {
            return NON_GLOBAL_IPV4;
        }
        if (isTcp && !opens) {
            SessionFindings.ofNoSession(tuple);
            mapping.ofBinding(of.bib, binding, tuple.prefix());
            return NONE;
        }
        tuple.enter(Step.SESSION);
        if (!of.hasRoomForIpv4()) {
            SessionFindings.ofRoom(tuple, Step.SESSION, of.sessions);
            return EXTERNAL_SESSION_LIMIT;
        }
        long high = of.bib.ipv6High(binding);
        drop = tables.subscribers().admitInbound(rules.admission().limits(), high, of.bib.ipv6Low(binding), now);
        if (drop != NONE) {
            of.earlyEnds().makeRoomWithin(high, of.bib.ipv6Low(binding), true, rules.lifetimes(), now);
            return drop;
        }
        return open(rules, tuple, binding, now, mapping);
    }

    /**
     * RFC 6146, section 3.5.2.2, CLOSED: what becomes of a SYN from the IPv4 side. Never answered (RFC 5382, REQ-4).
     */
    private DropReason filterSyn(FilterPolicy policy, int binding) {
        if (binding != Bib.NONE && tables.of(Protocol.TCP).bib.isStatic(binding)) {
            return NONE; // the operator has opened it
        }
        if (policy.dropExternalTcp()) {
            return EXTERNALLY_INITIATED;
        }
        return binding == Bib.NONE || policy.addressDependent() ? SYN_STORED : NONE;
    }

    private DropReason filter(FilterPolicy policy, IncomingTuple tuple, int binding) {
        if (binding == Bib.NONE) {
            return tuple.protocol() == Protocol.TCP ? NO_SESSION : NO_BINDING;
        }
        boolean permits =
                !policy.addressDependent() || tables.of(tuple.protocol()).permits(binding, tuple.remote());
        return permits ? NONE : ADDRESS_DEPENDENT_FILTERING;
    }

    private DropReason store(SessionRules rules, Packet packet, IncomingTuple tuple, long now) {
        long deadline = now + rules.lifetimes().millis(Timer.TCP_INCOMING_SYN);
        int ports = (tuple.hostPort() << 16) | tuple.remotePort();
        boolean stored = tables.storedSyns().store(packet, tuple.pool4(), ports, tuple.remote(), deadline);
        return stored ? SYN_STORED : SYN_STORE_FULL;
    }

    private DropReason open(SessionRules rules, IncomingTuple tuple, int binding, long now, Mapping mapping) {
        var of = tables.of(tuple.protocol());
        boolean isTcp = tuple.protocol() == Protocol.TCP;
        var state = !isTcp ? TcpState.STATELESS : tuple.isFromIpv6() ? TcpState.V6_INIT : TcpState.V4_INIT;
        long lifetime = isTcp ? rules.lifetimes().millis(Timer.TCP_OPENING) : datagramMillis(rules, tuple);
        int row = of.open(tuple, binding, state, now + lifetime, now);
        if (row == ProtocolTables.NONE) {
            SessionFindings.ofRoom(tuple, Step.SESSION, of.sessions);
            return SESSION_TABLE_FULL;
        }
        if (isTcp) {
            of.sessions.windows().open(row, tuple.isFromIpv6(), tuple.segment());
        }
        if (state == TcpState.V6_INIT && tables.storedSyns().discard(of.sessions, row)) {
            of.sessions.refresh(row, now + rules.lifetimes().millis(Timer.TCP_ESTABLISHED));
            of.answered(row);
            of.state(row, TcpState.ESTABLISHED, now); // simultaneous open: V4 INIT, and now the V6 SYN
        }
        SessionFindings.ofSession(tuple, of.sessions, row, true, now);
        mapping.ofSession(of.sessions, row);
        return NONE;
    }

    private void refresh(SessionRules rules, IncomingTuple tuple, int row, long now) {
        var of = tables.of(tuple.protocol());
        if (tuple.protocol() == Protocol.TCP) {
            TcpTracking.update(of, rules.lifetimes(), tuple, row, now);
        } else {
            of.sessions.refresh(row, now + datagramMillis(rules, tuple));
            if (of.sessions.isAnswer(row, tuple.isFromIpv6())) {
                of.answered(row);
            }
        }
    }

    private static int findFromIpv6(SessionTable sessions, IncomingTuple tuple) {
        return sessions.find(
                tuple.ipv6High(), tuple.ipv6Low(), tuple.hostPort(), tuple.remote(), tuple.sessionRemotePort());
    }

    private static int findFromIpv4(SessionTable sessions, IncomingTuple tuple) {
        return sessions.find(tuple.pool4(), tuple.hostPort(), tuple.remote(), tuple.sessionRemotePort());
    }

    /** Only the gateway itself speaks to the host of its probe. */
    private static long datagramMillis(SessionRules rules, IncomingTuple tuple) {
        if (tuple.remote() == rules.admission().probe().ipv4()) {
            return ProbeFlow.LIFETIME_MILLIS;
        }
        return rules.lifetimes().millis(tuple.protocol() == Protocol.UDP ? Timer.UDP : Timer.ICMP);
    }
}
