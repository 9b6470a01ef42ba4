// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many sessions of one protocol there are, have been and have ended. Kept where sessions change, so that reading it
 * looks at no row. One thread at a time changes it; any may read.
 */
@SuppressWarnings("EnumOrdinal") // one cell per constant, within one run of the program
public final class SessionCounts {

    private final Count created = new Count();
    private final Count inbound = new Count();
    private final Count unanswered = new Count();
    private final Count[] states = counts(TcpState.values().length);
    private final Count[] ended = counts(SessionEnd.values().length);

    /** A session was put into a row, with its state and its flags. */
    public void opened(SessionTable sessions, int row) {
        created.add(1);
        inbound.add(sessions.isFromIpv4(row) ? 1 : 0);
        unanswered.add(sessions.isAnswered(row) ? 0 : 1);
        states[sessions.state(row).ordinal()].add(1);
    }

    /** Both sides have sent in a session that was unanswered. */
    public void answered() {
        unanswered.add(-1);
    }

    /** A session goes from one state to another. */
    public void moved(TcpState from, TcpState to) {
        states[from.ordinal()].add(-1);
        states[to.ordinal()].add(1);
    }

    /** The session in a row is about to be removed. */
    public void ended(SessionTable sessions, int row, SessionEnd reason) {
        ended[reason.ordinal()].add(1);
        inbound.add(sessions.isFromIpv4(row) ? -1 : 0);
        unanswered.add(sessions.isAnswered(row) ? 0 : -1);
        states[sessions.state(row).ordinal()].add(-1);
    }

    /** Sessions since start. */
    public long created() {
        return created.get();
    }

    /** Live sessions that the IPv4 side opened. */
    public int inbound() {
        return (int) inbound.get();
    }

    /** Live sessions in which only one side has sent. */
    public int unanswered() {
        return (int) unanswered.get();
    }

    /** Live sessions by state. */
    public Map<TcpState, Long> states() {
        var byState = new EnumMap<TcpState, Long>(TcpState.class);
        for (var state : TcpState.values()) {
            byState.put(state, states[state.ordinal()].get());
        }
        return byState;
    }

    /** Sessions since start that have ended, by reason. */
    public Map<SessionEnd, Long> ended() {
        var byReason = new EnumMap<SessionEnd, Long>(SessionEnd.class);
        for (var reason : SessionEnd.values()) {
            byReason.put(reason, ended[reason.ordinal()].get());
        }
        return byReason;
    }

    private static Count[] counts(int length) {
        var counts = new Count[length];
        Arrays.setAll(counts, _ -> new Count());
        return counts;
    }
}
