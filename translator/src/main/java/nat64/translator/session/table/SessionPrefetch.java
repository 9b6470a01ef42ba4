// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

/**
 * Has the processor fetch what the look-ups of several packets are about to read, all at once: in large tables nearly all
 * of a look-up is waiting for memory, first for a slot of the index, and then for the row that it names. It only reads,
 * and what it reads decides nothing, so it needs no turn at the tables. One per worker.
 */
public final class SessionPrefetch {

    private final SessionTable[] tables;
    private final HashIndex[] indexes;
    private final int[] hashes;
    private int count;
    private int read; // kept, so that no compiler may leave the reads out

    /** For so many packets at a time. */
    public SessionPrefetch(int most) {
        tables = new SessionTable[most];
        indexes = new HashIndex[most];
        hashes = new int[most];
    }

    /** Fetches the slot of a session that a packet is going to ask for. */
    void expect(SessionTable table, HashIndex index, int hash) {
        read += index.peek(hash);
        tables[count] = table;
        indexes[count] = index;
        hashes[count] = hash;
        count++;
    }

    /** Fetches the rows of all sessions that are expected, and forgets these. */
    public void fetchRows() {
        for (int i = 0; i < count; i++) {
            read += tables[i].peek(indexes[i].candidate(hashes[i]));
        }
        count = 0;
    }

    /** A sum of all that was read, which means nothing. */
    int read() {
        return read;
    }
}
