// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nat64.translator.session.table.Hash;
import nat64.translator.session.table.HashIndex;
import nat64.translator.session.table.Rows;

/** Subscribers that have blocks of ports or have had them a short time ago, and the first block of each. */
final class BlockOwners {

    private static final int STRIDE = 24;
    private static final int HIGH = 0;
    private static final int LOW = 8;
    private static final int FIRST_BLOCK = 16; // + 1
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final Rows rows;
    private final MemorySegment memory;
    private final HashIndex index;
    private final Hash hash;

    BlockOwners(Arena arena, int capacity, Hash hash) {
        rows = new Rows(arena, STRIDE, capacity);
        memory = rows.memory;
        this.hash = hash;
        index = new HashIndex(arena, capacity, row -> hash.of(high(row), low(row), 0));
    }

    boolean hasRoom() {
        return rows.taken() < rows.capacity();
    }

    /** The row of a subscriber, or NONE. */
    int find(long high, long low) {
        int key = hash.of(high, low, 0);
        for (int slot = index.first(key); slot != HashIndex.NONE; slot = index.next(key, slot)) {
            int row = index.row(slot);
            if (high(row) == high && low(row) == low) {
                return row;
            }
        }
        return Rows.NONE;
    }

    /** A row for a subscriber without one, or NONE if there is no room. */
    int create(long high, long low) {
        int row = rows.take();
        if (row != Rows.NONE) {
            memory.set(LONG, rows.at(row) + HIGH, high);
            memory.set(LONG, rows.at(row) + LOW, low);
            index.put(hash.of(high, low, 0), row);
        }
        return row;
    }

    /** Forgets a subscriber that has no block. */
    void removeIfUnused(int row) {
        if (firstBlock(row) == Rows.NONE) {
            index.remove(hash.of(high(row), low(row), 0), row);
            rows.free(row);
        }
    }

    long high(int row) {
        return memory.get(LONG, rows.at(row) + HIGH);
    }

    long low(int row) {
        return memory.get(LONG, rows.at(row) + LOW);
    }

    /** The block from which the others follow, or NONE. */
    int firstBlock(int row) {
        return memory.get(INT, rows.at(row) + FIRST_BLOCK) - 1;
    }

    void firstBlock(int row, int block) {
        memory.set(INT, rows.at(row) + FIRST_BLOCK, block + 1);
    }
}
