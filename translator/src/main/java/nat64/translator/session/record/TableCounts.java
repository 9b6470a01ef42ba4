// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import java.util.Map;
import nat64.translator.session.table.SessionCounts;
import nat64.translator.session.table.SessionEnd;
import nat64.translator.session.table.TcpState;

/**
 * How full the BIB and the session table of one protocol are.
 *
 * @param sessions live now
 * @param capacity sessions at most
 * @param bindings live now
 * @param created sessions since start
 * @param expired sessions since start that have ended, for whatever reason
 * @param pressure what takes room without being of use, and what was done about it
 * @param lost sessions since start that ended because their pool4 address was gone
 * @param states live sessions by state; of UDP and ICMP, all are {@link TcpState#STATELESS}
 * @param ended sessions since start that have ended, by reason
 */
public record TableCounts(
        int sessions,
        int capacity,
        int bindings,
        long created,
        long expired,
        Pressure pressure,
        long lost,
        Map<TcpState, Long> states,
        Map<SessionEnd, Long> ended) {

    /** Without any pressure, loss, state or reason. */
    public TableCounts(int sessions, int capacity, int bindings, long created, long expired) {
        this(sessions, capacity, bindings, created, expired, new Pressure(0, 0, 0), 0, Map.of(), Map.of());
    }

    /** What was counted where sessions changed. */
    public static TableCounts of(int sessions, int capacity, int bindings, SessionCounts counts) {
        var ended = counts.ended();
        long expired = ended.values().stream().mapToLong(Long::longValue).sum();
        return new TableCounts(
                sessions,
                capacity,
                bindings,
                counts.created(),
                expired,
                new Pressure(counts.inbound(), counts.unanswered(), ended.getOrDefault(SessionEnd.EARLY, 0L)),
                ended.getOrDefault(SessionEnd.POOL4_LOST, 0L),
                counts.states(),
                ended);
    }

    /**
     * Sessions that may be the work of a flood.
     *
     * @param inbound live sessions that the IPv4 side opened
     * @param unanswered live sessions in which only one side has sent
     * @param endedEarly unanswered sessions that ended before their time since start, as there was little room
     */
    public record Pressure(int inbound, int unanswered, long endedEarly) {}
}
