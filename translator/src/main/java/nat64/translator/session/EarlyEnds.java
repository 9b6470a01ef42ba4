// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.policy.Lifetimes.Timer;
import nat64.translator.session.table.SessionTable;

/**
 * Makes room in a table that is nearly full, at the cost of sessions that were never answered: datagrams without a
 * reply, and half-open TCP connections (RFC 6146, section 5.3). The fuller the table, the sooner they end. Sessions in
 * which both sides have sent end in their own time only, whatever happens. Each new session looks at a few rows, from
 * where the last look ended: no list is kept, and a session that has just been opened is the last to be looked at. One
 * thread at a time.
 */
final class EarlyEnds {

    /** How long an unanswered session lives at least: long enough for an answer from the other end of the world. */
    static final long SHORTEST_MILLIS = 2_000;

    /** Per cent of the table, from which on unanswered sessions end early. */
    static final int HIGH_WATER = 80;

    /** Per cent of a table, or of an address, without any room. */
    static final int FULL = 100;

    private static final long NEVER = Long.MAX_VALUE;
    private static final int ROWS = 16;

    private final ProtocolTables tables;
    private int next;

    EarlyEnds(ProtocolTables tables) {
        this.tables = tables;
    }

    /**
     * How long an unanswered session may be idle.
     *
     * @param fill per cent of the room that is taken
     */
    static long idleMillis(int fill) {
        if (fill < HIGH_WATER) {
            return NEVER;
        }
        return fill < 90 ? 30_000 : fill < 95 ? 10_000 : SHORTEST_MILLIS;
    }

    /** Another session is about to open, with so many per cent of the room for rows or ports taken. */
    void makeRoom(int fill, Lifetimes lifetimes, long now) {
        if (fill >= HIGH_WATER) {
            int row = firstRow();
            for (int i = 0; i < ROWS && row != SessionTable.NONE; i++) {
                endIfIdle(row, idleMillis(fill), lifetimes, now);
                row = nextRow();
            }
        }
    }

    /** As {@link #makeRoom}, where the IPv4 side opens a session: only such sessions end. */
    void makeInboundRoom(int fill, Lifetimes lifetimes, long now) {
        if (fill >= HIGH_WATER) {
            int row = firstRow();
            for (int i = 0; i < ROWS && row != SessionTable.NONE; i++) {
                if (tables.sessions.isFromIpv4(row)) {
                    endIfIdle(row, idleMillis(fill), lifetimes, now);
                }
                row = nextRow();
            }
        }
    }

    /** A subscriber has as many sessions of one direction as it may have: some of these end. */
    void makeRoomWithin(long high, long low, boolean inbound, Lifetimes lifetimes, long now) {
        var sessions = tables.sessions;
        int row = firstRow();
        for (int i = 0; i < ROWS && row != SessionTable.NONE; i++) {
            boolean same = tables.counts().isOfSubscriber(row, high, low) && sessions.isFromIpv4(row) == inbound;
            if (same) {
                endIfIdle(row, SHORTEST_MILLIS, lifetimes, now);
            }
            row = nextRow();
        }
    }

    private void endIfIdle(int row, long idleMillis, Lifetimes lifetimes, long now) {
        var sessions = tables.sessions;
        boolean mayEnd = sessions.isLive(row) && !sessions.isAnswered(row);
        if (mayEnd && lifetimes.millis(timer()) - sessions.timeLeft(row, now) >= idleMillis) {
            tables.endEarly(row, now);
        }
    }

    /** Where the last look ended, or NONE of an empty table. */
    private int firstRow() {
        return tables.sessions.rowsTouched() == 0 ? SessionTable.NONE : next;
    }

    private int nextRow() {
        next = next + 1 < tables.sessions.rowsTouched() ? next + 1 : 0;
        return next;
    }

    private Timer timer() {
        return switch (tables.protocol()) {
            case TCP -> Timer.TCP_OPENING;
            case UDP -> Timer.UDP;
            case ICMP -> Timer.ICMP;
        };
    }
}
