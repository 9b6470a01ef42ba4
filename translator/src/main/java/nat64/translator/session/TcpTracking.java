// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.policy.Lifetimes.Timer;
import nat64.translator.session.table.SessionTable;
import nat64.translator.session.table.TcpState;
import nat64.translator.session.table.TcpState.Segment;
import nat64.translator.session.table.TcpWindows;

/**
 * What a TCP segment makes of its session: state, lifetime, and the sequence numbers that come next (RFC 6146, section
 * 3.5.2.2). A RST, SYN or FIN outside the window passes, but changes nothing: its receiver decides what to do with it,
 * and a stranger cannot end the session. Has no state of its own.
 */
final class TcpTracking {

    /** After that, a lost segment has been sent again. */
    private static final long IDLE_MILLIS = 5_000;

    private TcpTracking() {}

    static void update(ProtocolTables of, Lifetimes lifetimes, IncomingTuple tuple, int row, long now) {
        var sessions = of.sessions;
        var windows = sessions.windows();
        if (sessions.isEstablished(row) && !tuple.segment().isControl()) { // nearly all there are
            sessions.refresh(row, now + lifetimes.millis(Timer.TCP_ESTABLISHED));
            windows.follow(row, tuple.isFromIpv6(), tuple.segment());
        } else if (counts(windows, sessions.state(row), tuple, row)
                && !isSuspect(sessions, lifetimes, tuple, row, now)) {
            move(of, lifetimes, tuple, row, now);
        } else {
            SessionFindings.ofOutOfWindow(tuple);
        }
    }

    /** Whether a segment may change the session; its numbers are taken note of. */
    private static boolean counts(TcpWindows windows, TcpState state, IncomingTuple tuple, int row) {
        var segment = tuple.segment();
        boolean fromIpv6 = tuple.isFromIpv6();
        if (state == TcpState.V6_INIT || state == TcpState.V4_INIT) {
            if (segment.kind() == Segment.SYN) {
                begin(windows, state, tuple, row);
            }
            return true;
        }
        boolean counts = segment.kind() == Segment.OTHER || windows.admits(row, fromIpv6, segment);
        if (segment.kind() != Segment.RST) { // it carries no data, and its receiver may ignore it
            windows.follow(row, fromIpv6, segment);
        }
        return counts;
    }

    /**
     * Whether a RST to an idle connection has another number than the one that comes next: its sender guesses. Where
     * segments have passed a moment ago, one of them may have been lost before it came here.
     */
    private static boolean isSuspect(
            SessionTable sessions, Lifetimes lifetimes, IncomingTuple tuple, int row, long now) {
        var segment = tuple.segment();
        long idle = lifetimes.millis(Timer.TCP_ESTABLISHED) - sessions.timeLeft(row, now);
        return segment.kind() == Segment.RST
                && idle >= IDLE_MILLIS
                && !sessions.windows().isNext(row, tuple.isFromIpv6(), segment.sequence());
    }

    private static void begin(TcpWindows windows, TcpState state, IncomingTuple tuple, int row) {
        boolean fromIpv6 = tuple.isFromIpv6();
        if (fromIpv6 == (state == TcpState.V6_INIT)) {
            windows.open(row, fromIpv6, tuple.segment());
        } else {
            windows.answer(row, fromIpv6, tuple.segment());
        }
    }

    private static void move(ProtocolTables of, Lifetimes lifetimes, IncomingTuple tuple, int row, long now) {
        var sessions = of.sessions;
        var state = sessions.state(row);
        var kind = tuple.segment().kind();
        switch (state.lifetime(kind, tuple.isFromIpv6())) {
            case TCP_EST -> sessions.refresh(row, now + lifetimes.millis(Timer.TCP_ESTABLISHED));
            case TCP_TRANS -> {
                var timer = state == TcpState.V6_INIT ? Timer.TCP_OPENING : Timer.TCP_CLOSING;
                sessions.refresh(row, now + lifetimes.millis(timer));
            }
            case UNCHANGED -> {}
        }
        var next = state.next(kind, tuple.isFromIpv6());
        if (next != state) {
            if (next == TcpState.ESTABLISHED) {
                of.answered(row);
            }
            of.state(row, next, now);
            SessionFindings.ofState(tuple, state, next);
        }
    }
}
