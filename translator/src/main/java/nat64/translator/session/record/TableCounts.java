// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

/**
 * How full the BIB and the session table of one protocol are.
 *
 * @param sessions live now
 * @param capacity sessions at most
 * @param bindings live now
 * @param created sessions since start
 * @param expired sessions since start
 * @param pressure what takes room without being of use, and what was done about it
 * @param lost sessions since start that ended because their pool4 address was gone
 */
public record TableCounts(
        int sessions, int capacity, int bindings, long created, long expired, Pressure pressure, long lost) {

    /** Without any pressure or loss. */
    public TableCounts(int sessions, int capacity, int bindings, long created, long expired) {
        this(sessions, capacity, bindings, created, expired, new Pressure(0, 0, 0), 0);
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
