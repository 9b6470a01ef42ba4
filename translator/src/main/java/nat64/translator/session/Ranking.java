// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.util.ArrayList;
import java.util.List;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionOrder;
import nat64.translator.session.record.SessionRecord;

/**
 * The sessions that come first in an order, found in steps that are short however many sessions there are. A step makes
 * no objects, and needs the lock of the tables. Sessions that come or go meanwhile are found or not.
 */
public final class Ranking {

    private final SessionTables owner;
    private final List<ProtocolTables> tables;
    private final RecordFilter filter;
    private final SessionOrder order;
    private final long time;
    private final long[] ranks; // of those found so far, the highest first
    private final long[] places; // of the table above, the row below
    private int found;
    private int table;
    private int row;

    Ranking(SessionTables owner, List<ProtocolTables> tables, RecordFilter filter, SessionOrder order, Window window) {
        this.owner = owner;
        this.tables = tables;
        this.filter = filter;
        this.order = order;
        time = window.time();
        ranks = new long[window.most()];
        places = new long[window.most()];
    }

    /** How many are wanted, as of a time of the tables' clock. */
    record Window(int most, long time) {}

    /** Looks at some rows. True if there are more. */
    public boolean step() {
        for (int looked = 0; looked < SessionTables.ROWS_PER_STEP && table < tables.size(); looked++) {
            var of = tables.get(table);
            if (!filter.matches(of.protocol()) || row == of.sessions.rowsTouched()) {
                table++;
                row = 0;
                continue;
            }
            if (isWanted(of, row)) {
                insert(order.rank(of.sessions, row, time), (long) table << Integer.SIZE | row);
            }
            row++;
        }
        return table < tables.size();
    }

    /** The sessions that were found and live still, the first one first. */
    public List<SessionRecord> sessions(long now) {
        var records = new ArrayList<SessionRecord>();
        for (int i = 0; i < found; i++) {
            var of = tables.get((int) (places[i] >>> Integer.SIZE));
            int at = (int) places[i];
            if (isWanted(of, at)) {
                records.add(SessionRecord.of(of.protocol(), of.sessions, at, owner.pref64s(), now));
            }
        }
        return List.copyOf(records);
    }

    private boolean isWanted(ProtocolTables of, int at) {
        return of.sessions.isLive(at) && filter.matches(of.sessions, at);
    }

    private void insert(long rank, long place) {
        if (found == ranks.length && (found == 0 || rank <= ranks[found - 1])) {
            return;
        }
        int at = found == ranks.length ? found - 1 : found++;
        while (at > 0 && ranks[at - 1] < rank) {
            ranks[at] = ranks[at - 1];
            places[at] = places[at - 1];
            at--;
        }
        ranks[at] = rank;
        places[at] = place;
    }
}
