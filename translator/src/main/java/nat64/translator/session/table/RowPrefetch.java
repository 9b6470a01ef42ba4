// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

/**
 * Has the processor fetch what the look-ups of several packets are about to read, all at once: in large tables nearly
 * all of a look-up is waiting for memory, first for a slot of the index, and then for the row that it names. It only
 * reads, and what it reads decides nothing, so it does not need the lock. One per worker.
 */
public final class RowPrefetch {

    private final SessionTable[] tables;
    private final HashIndex[] indexes;
    private final int[] hashes;
    private int count;
    private int read; // kept, so that no compiler may leave the reads out

    /** For so many packets at a time. */
    public RowPrefetch(int most) {
        tables = new SessionTable[most];
        indexes = new HashIndex[most];
        hashes = new int[most];
    }

    /** Fetches the index slot of a session that will be looked up. */
    void fetchSlot(SessionTable table, HashIndex index, int hash) {
        read += index.peek(hash);
        tables[count] = table;
        indexes[count] = index;
        hashes[count] = hash;
        count++;
    }

    /** Fetches the rows that the slots name which were fetched since the last call. */
    public void fetchRows() {
        for (int i = 0; i < count; i++) {
            read += tables[i].peek(indexes[i].candidate(hashes[i]));
        }
        count = 0;
    }

    /** The sum of all that was read; it has no meaning. */
    int read() {
        return read;
    }
}
