// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.packet.Step;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionTable;
import nat64.translator.session.table.TcpState;

/** Words for the trace of a packet: what the steps of RFC 6146 have found. A branch each while nothing is explained. */
final class SessionFindings {

    private static final long MILLIS = 1000;

    private SessionFindings() {}

    static void ofTuple(IncomingTuple tuple) {
        var trace = tuple.trace();
        if (trace != null) {
            int source = tuple.bothPorts() >>> 16;
            int destination = tuple.bothPorts() & 0xffff;
            trace.find(
                    Step.TUPLE,
                    tuple.protocol() == Protocol.ICMP ? "%s, identifier %d" : "%s, ports %d to %d",
                    tuple.protocol().label(),
                    source,
                    destination);
            if (tuple.isError()) {
                trace.find(Step.TUPLE, "that of the quoted packet (RFC 6146, section 3.4)");
            }
        }
    }

    static void ofClient(IncomingTuple tuple, SessionRules rules) {
        var trace = tuple.trace();
        if (trace != null) {
            var source = new Ipv6Address(tuple.ipv6High(), tuple.ipv6Low());
            var clients = rules.admission().clients();
            trace.find(
                    Step.CLIENT,
                    "%s",
                    clients.stream()
                            .filter(client -> client.contains(source.high(), source.low()))
                            .findFirst()
                            .map(client -> source + " is among the clients: " + client)
                            .orElse(source + " is not among the clients: " + clients));
        }
    }

    /** A binding that was found, or has just been created. */
    static void ofBinding(IncomingTuple tuple, Bib bib, int row, boolean isNew) {
        var trace = tuple.trace();
        if (trace == null) {
            return;
        }
        if (row == Bib.NONE) {
            trace.find(Step.BINDING, "no binding");
            return;
        }
        var client = new Ipv6Address(bib.ipv6High(row), bib.ipv6Low(row));
        boolean icmp = tuple.protocol() == Protocol.ICMP;
        trace.find(
                Step.BINDING,
                icmp ? "%s identifier %d is %s identifier %d%s" : "[%s]:%d is %s:%d%s",
                client,
                bib.ipv6Port(row),
                Ipv4Address.format(bib.ipv4(row)),
                bib.ipv4Port(row),
                bib.isStatic(row) ? ", a static binding" : isNew ? ", bound for this packet" : "");
    }

    /** A TCP segment that uses a binding, and neither belongs to a session nor opens one. */
    static void ofNoSession(IncomingTuple tuple) {
        var trace = tuple.trace();
        if (trace != null) {
            trace.find(Step.BINDING, "no session, and none is opened (RFC 6146, section 3.5.2.2)");
        }
    }

    static void ofError(IncomingTuple tuple) {
        var trace = tuple.trace();
        if (trace != null) {
            trace.find(Step.SESSION, "the session is known; an ICMP error changes no state (RFC 6146, section 3.5)");
        }
    }

    /** How the state of a session changes. */
    static void ofState(IncomingTuple tuple, TcpState before, TcpState after) {
        var trace = tuple.trace();
        if (trace != null) {
            trace.find(Step.SESSION, "state %s -> %s", before, after);
        }
    }

    /** A segment that would end or restart a connection, whose sender does not know the connection. */
    static void ofOutOfWindow(IncomingTuple tuple) {
        var trace = tuple.trace();
        if (trace != null) {
            trace.find(
                    Step.SESSION,
                    "%s with sequence number %d, which is outside the window, so it changes no state (RFC 7857,"
                            + " section 2.2)",
                    tuple.segment().kind(),
                    Integer.toUnsignedLong(tuple.segment().sequence()));
        }
    }

    /** A session as the packet leaves it. */
    static void ofSession(IncomingTuple tuple, SessionTable sessions, int row, boolean isNew, long now) {
        var trace = tuple.trace();
        if (trace == null) {
            return;
        }
        var state = sessions.state(row);
        trace.find(
                Step.SESSION,
                "%s%s, ends in %d s unless more packets arrive",
                isNew ? "created" : "known",
                state == TcpState.STATELESS ? "" : ", state " + state,
                sessions.timeLeft(row, now) / MILLIS);
        if (isNew) {
            ofRoom(tuple, Step.SESSION, sessions);
        }
    }

    /** How much of the table is used, where a step asks for room. */
    static void ofRoom(IncomingTuple tuple, Step step, SessionTable sessions) {
        var trace = tuple.trace();
        if (trace != null) {
            trace.find(step, "%d of %d sessions in use", sessions.size(), sessions.capacity());
        }
    }
}
