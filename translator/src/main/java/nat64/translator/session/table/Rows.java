// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Rows of one fixed size, off-heap, and which of them are free. Freed rows are linked through their first four bytes; a
 * row keeps its number as long as it is taken.
 */
public final class Rows {

    /** No row. */
    public static final int NONE = -1;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    public final MemorySegment memory;
    private final int stride;
    private final int capacity;
    private int firstFree = NONE;
    private int untouched;
    private final Count taken = new Count();

    public Rows(Arena arena, int stride, int capacity) {
        memory = arena.allocate((long) stride * capacity, 64);
        this.stride = stride;
        this.capacity = capacity;
    }

    /** Where a row starts in the memory. */
    public long at(int row) {
        return (long) row * stride;
    }

    /** A row whose bytes are all zero, or NONE if all are taken. */
    public int take() {
        int row = firstFree;
        if (row != NONE) {
            firstFree = memory.get(INT, at(row)) - 1;
            memory.set(INT, at(row), 0);
        } else if (untouched < capacity) {
            row = untouched++;
        } else {
            return NONE;
        }
        taken.add(1);
        return row;
    }

    public void free(int row) {
        for (long field = at(row); field < at(row) + stride; field += Integer.BYTES) {
            memory.set(INT, field, 0);
        }
        memory.set(INT, at(row), firstFree + 1);
        firstFree = row;
        taken.add(-1);
    }

    public int capacity() {
        return capacity;
    }

    /** Rows in use; any thread may ask. */
    public int taken() {
        return (int) taken.get();
    }

    /** One more than the highest row ever taken. */
    public int touched() {
        return untouched;
    }
}
