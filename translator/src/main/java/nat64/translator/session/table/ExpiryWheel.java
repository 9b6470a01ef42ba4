// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * When which row is to be looked at: a ring of one slot per second, each the head of a linked list of rows. Adding,
 * removing and finding the next row that is due cost the same however many rows there are. Times are milliseconds that
 * never run backwards.
 */
final class ExpiryWheel {

    /** No row is due. */
    static final int NONE = -1;

    /** A little over two hours, the longest usual lifetime; later rows are looked at and put in again. */
    private static final int SLOTS = 8192;

    private static final int TICK_MILLIS = 1000;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final MemorySegment heads;
    private final MemorySegment rows; // each with links: next row, then previous row or, of a first one, ~slot
    private final int stride;
    private final int links;
    private long tick;
    private int size;

    /** Keeps its links in eight bytes of each row, {@code links} bytes behind its beginning. */
    ExpiryWheel(Arena arena, MemorySegment rows, int stride, int links) {
        heads = arena.allocate(4L * SLOTS, 64).fill((byte) NONE);
        this.rows = rows;
        this.stride = stride;
        this.links = links;
    }

    /** Has the row come up once {@code deadline} has passed, a second later at most. */
    void add(int row, long deadline) {
        long due = Math.max(deadline + TICK_MILLIS - 1, 0) / TICK_MILLIS;
        int slot = (int) Math.clamp(due, tick, tick + SLOTS - 1) & (SLOTS - 1);
        int next = heads.get(INT, 4L * slot);
        next(row, next);
        previous(row, ~slot);
        if (next != NONE) {
            previous(next, row);
        }
        heads.set(INT, 4L * slot, row);
        size++;
    }

    void remove(int row) {
        size--;
        int next = next(row);
        int previous = previous(row);
        if (previous < 0) {
            heads.set(INT, 4L * ~previous, next);
        } else {
            next(previous, next);
        }
        if (next != NONE) {
            previous(next, previous);
        }
    }

    /** Takes out a row that is due, or answers NONE. */
    int poll(long now) {
        long last = now / TICK_MILLIS;
        if (size == 0) { // nothing to pass by: the clock may have started anywhere
            tick = Math.max(tick, last);
        }
        while (tick <= last) {
            int row = heads.get(INT, 4L * ((int) tick & (SLOTS - 1)));
            if (row != NONE) {
                remove(row);
                return row;
            }
            if (tick == last) {
                return NONE; // rows may still be added to the present second
            }
            tick++;
        }
        return NONE;
    }

    private long at(int row) {
        return (long) row * stride + links;
    }

    private int next(int row) {
        return rows.get(INT, at(row));
    }

    private void next(int row, int value) {
        rows.set(INT, at(row), value);
    }

    private int previous(int row) {
        return rows.get(INT, at(row) + 4);
    }

    private void previous(int row, int value) {
        rows.set(INT, at(row) + 4, value);
    }
}
