// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.util.List;

/**
 * Visits all sessions, or all bindings, that live when it begins, a bounded number of rows per step. Those that come or
 * go meanwhile may be visited or not.
 */
final class RowWalk implements Reconfiguration.Task {

    private final List<ProtocolTables> tables;
    private final boolean sessions;
    private final Visitor visitor;
    private int table;
    private int row;

    /** Is shown the row of a session or of a binding. */
    interface Visitor {
        void visit(ProtocolTables tables, int row, long now);
    }

    private RowWalk(List<ProtocolTables> tables, boolean sessions, Visitor visitor) {
        this.tables = tables;
        this.sessions = sessions;
        this.visitor = visitor;
    }

    static RowWalk ofSessions(List<ProtocolTables> tables, Visitor visitor) {
        return new RowWalk(tables, true, visitor);
    }

    static RowWalk ofBindings(List<ProtocolTables> tables, Visitor visitor) {
        return new RowWalk(tables, false, visitor);
    }

    @Override
    public boolean step(long now) {
        for (int looked = 0; looked < SessionTables.ROWS_PER_STEP && table < tables.size(); looked++) {
            var of = tables.get(table);
            if (row == (sessions ? of.sessions.rowsTouched() : of.bib.rowsTouched())) {
                table++;
                row = 0;
                continue;
            }
            if (sessions ? of.sessions.isLive(row) : of.bib.isLive(row)) {
                visitor.visit(of, row, now);
            }
            row++;
        }
        return table < tables.size();
    }
}
