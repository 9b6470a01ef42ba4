// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * From a hash to the rows that have it: open addressing with linear probing over four bytes per slot, off-heap. A slot
 * holds the number of a row and, in the bits above, a part of its hash, so that a look-up reads a foreign row only once
 * in a while. The rows themselves, and so the keys, are elsewhere.
 */
public final class HashIndex {

    /** No such slot. */
    public static final int NONE = -1;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final int EMPTY = 0;
    private static final int FEWEST_SLOTS = 16;

    /** The hash of the key that a row holds. */
    public interface RowHash {
        int of(int row);
    }

    private final MemorySegment slots;
    private final RowHash rowHash;
    private final int slotMask;
    private final int rowMask;

    /** For rows 0 to {@code rows - 1}, each at most once; at most two of three slots are ever taken. */
    public HashIndex(Arena arena, int rows, RowHash rowHash) {
        int capacity = Integer.highestOneBit(Math.max(FEWEST_SLOTS, rows + rows / 2) - 1) << 1;
        slots = arena.allocate(INT.byteSize() * capacity, 64);
        slotMask = capacity - 1;
        rowMask = (Integer.highestOneBit(rows) << 1) - 1; // room for row + 1
        this.rowHash = rowHash;
    }

    /** The first slot that may hold a row of this hash, or NONE. */
    public int first(int hash) {
        return seek(hash, hash & slotMask);
    }

    /** The next one after a slot whose row turned out to be another, or NONE. */
    public int next(int hash, int slot) {
        return seek(hash, (slot + 1) & slotMask);
    }

    public int row(int slot) {
        return (entry(slot) & rowMask) - 1;
    }

    /** Some bytes of the slots where a look-up of this hash begins; they are only to be fetched. */
    int peek(int hash) {
        return entry(hash & slotMask);
    }

    /**
     * The row that a look-up of this hash reads first, or a negative number: right only if no other thread changes the
     * index.
     */
    int candidate(int hash) {
        int slot = first(hash);
        return slot == NONE ? NONE : row(slot);
    }

    public void put(int hash, int row) {
        int slot = hash & slotMask;
        while (entry(slot) != EMPTY) {
            slot = (slot + 1) & slotMask;
        }
        entry(slot, (hash & ~rowMask) | (row + 1));
    }

    /** Takes the row out, and moves up those behind it that would be cut off from their place. */
    public void remove(int hash, int row) {
        int hole = hash & slotMask;
        while ((entry(hole) & rowMask) != row + 1) {
            hole = (hole + 1) & slotMask;
        }
        for (int slot = (hole + 1) & slotMask; entry(slot) != EMPTY; slot = (slot + 1) & slotMask) {
            int home = rowHash.of(row(slot)) & slotMask;
            boolean reachable = ((slot - home) & slotMask) < ((slot - hole) & slotMask);
            if (!reachable) {
                entry(hole, entry(slot));
                hole = slot;
            }
        }
        entry(hole, EMPTY);
    }

    private int seek(int hash, int slot) {
        int tag = hash & ~rowMask;
        while (true) {
            int entry = entry(slot);
            if (entry == EMPTY) {
                return NONE;
            }
            if ((entry & ~rowMask) == tag) {
                return slot;
            }
            slot = (slot + 1) & slotMask;
        }
    }

    private int entry(int slot) {
        return slots.get(INT, (long) slot << 2);
    }

    private void entry(int slot, int value) {
        slots.set(INT, (long) slot << 2, value);
    }
}
