// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import nat64.translator.session.table.Count;

/**
 * Slots of one size between one thread at a time that fills them and one that empties them, in order. Neither ever
 * waits: if no slot is free, what should go into it is dropped and counted. Positions only grow; the writer publishes a
 * slot by moving {@code tail} behind it, the reader gives it back by moving {@code head}.
 */
final class RecordRing {

    /** No slot. */
    static final long NONE = -1;

    private final MemorySegment memory;
    private final int slotBytes;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong();
    private final Count dropped = new Count();
    private long knownHead; // the writer's: head when it last looked

    /** With at least so many slots. */
    RecordRing(Arena arena, int slots, int slotBytes) {
        int capacity = Integer.highestOneBit(Math.max(2, slots) - 1) << 1;
        this.slotBytes = slotBytes;
        mask = capacity - 1;
        memory = arena.allocate((long) capacity * slotBytes, 64);
    }

    MemorySegment memory() {
        return memory;
    }

    /** Where the writer may fill the next slot, or NONE if the reader is too far behind; then a drop was counted. */
    long claim() {
        long at = tail.getPlain();
        if (at - knownHead > mask) {
            knownHead = head.getAcquire();
            if (at - knownHead > mask) {
                dropped.add(1);
                return NONE;
            }
        }
        return offset(at);
    }

    /** Hands the claimed slot to the reader. */
    void publish() {
        tail.setRelease(tail.getPlain() + 1);
    }

    /** Where the reader finds the oldest slot, or NONE if there is none now. */
    long poll() {
        long at = head.getPlain();
        return at == tail.getAcquire() ? NONE : offset(at);
    }

    /** Gives the oldest slot back. */
    void release() {
        head.setRelease(head.getPlain() + 1);
    }

    /** How often there was no slot; any thread may ask. */
    long dropped() {
        return dropped.get();
    }

    private long offset(long at) {
        return (at & mask) * slotBytes;
    }
}
