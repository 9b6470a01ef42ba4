// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.util.List;
import nat64.translator.address.Pref64;
import nat64.translator.address.Pref64s;
import nat64.translator.session.pool4.PortBlocks;
import nat64.translator.session.snapshot.RecordBuffer;
import nat64.translator.session.table.Protocol;

/**
 * A copy of all sessions and held ports, as records in memory, in steps that are short however many there are. What is
 * there during the whole copy is copied once; what comes or goes meanwhile, once or not at all. A step makes no
 * objects, and needs the lock of the tables.
 */
public final class TableCopy {

    private final List<ProtocolTables> tables;
    private final Pairing pairing;
    private final PortBlocks blocks;
    private final List<Pref64> pref64s;
    private final long time;
    private int table;
    private int row;
    private boolean sessionsAreDone;
    private long heldPort;
    private int block;

    TableCopy(List<ProtocolTables> tables, Pairing pairing, PortBlocks blocks, Pref64s pref64s, long time) {
        this.tables = tables;
        this.pairing = pairing;
        this.blocks = blocks;
        this.pref64s = pref64s.known();
        this.time = time;
    }

    /** The Pref64s by the numbers that records have. */
    public List<Pref64> pref64s() {
        return pref64s;
    }

    /** Decides which host has which pool4 address; see {@link SessionTables#pairAs}. */
    public long pairing() {
        return pairing.seed();
    }

    /** Copies some rows into a buffer. True if there are more, and room for them. */
    public boolean step(RecordBuffer buffer) {
        for (int looked = 0; looked < SessionTables.ROWS_PER_STEP && hasMore() && !buffer.isFull(); looked++) {
            if (table == tables.size()) {
                copyRestingBlock(buffer);
            } else if (!sessionsAreDone) {
                copySession(tables.get(table), buffer);
            } else {
                copyHeldPort(tables.get(table), buffer);
            }
        }
        return hasMore() && !buffer.isFull();
    }

    /** Whether anything is left to copy. */
    public boolean hasMore() {
        return table < tables.size() || block < blocks.size();
    }

    private void copySession(ProtocolTables of, RecordBuffer buffer) {
        if (row == of.sessions.rowsTouched()) {
            sessionsAreDone = true;
            heldPort = of.quarantine.beginning();
            return;
        }
        if (of.sessions.isLive(row) && of.sessions.prefix(row) < pref64s.size()) { // one that came since has no number
            buffer.add(of.protocol(), of.sessions, row, time);
        }
        row++;
    }

    private void copyHeldPort(ProtocolTables of, RecordBuffer buffer) {
        heldPort = Math.max(heldPort, of.quarantine.beginning());
        if (heldPort >= of.quarantine.end()) {
            table++;
            row = 0;
            sessionsAreDone = false;
            return;
        }
        int address = pairing.pool4().address(of.quarantine.addressIndex(heldPort));
        int timeLeft = of.quarantine.timeLeft(heldPort, time);
        buffer.add(of.protocol(), address, of.quarantine.port(heldPort), timeLeft);
        heldPort++;
    }

    /** A block that rests is told by its first port, as held for TCP: such ports are not held otherwise. */
    private void copyRestingBlock(RecordBuffer buffer) {
        if (blocks.isResting(block)) {
            int timeLeft = blocks.timeLeft(block, time);
            buffer.add(Protocol.TCP, blocks.address(block), blocks.firstPort(block), timeLeft);
        }
        block++;
    }
}
