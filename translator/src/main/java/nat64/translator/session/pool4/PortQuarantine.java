// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The ports that rest before they are given out again, in the order in which they were released. One thread at a time.
 */
public final class PortQuarantine {

    private static final int PORT_BITS = 16;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final PortAllocator allocator;
    private final long timeMillis;
    private final MemorySegment resting; // of each: index of the address above and port below; until when
    private final int capacity;
    private int oldest;
    private int size;

    public PortQuarantine(Arena arena, PortAllocator allocator, QuarantineSettings hold) {
        this.allocator = allocator;
        timeMillis = hold.time().toMillis();
        capacity = timeMillis == 0 ? 0 : hold.ports();
        resting = arena.allocate(2L * Long.BYTES * capacity, 64);
    }

    /** Lays a port to rest, and lets one go that has rested longest if there is no room. */
    public void add(int addressIndex, int port, long now) {
        if (capacity == 0) {
            allocator.release(addressIndex, port);
            return;
        }
        if (size == capacity) {
            releaseOldest();
        }
        int at = (oldest + size++) % capacity;
        resting.setAtIndex(LONG, 2L * at, ((long) addressIndex << PORT_BITS) | port);
        resting.setAtIndex(LONG, 2L * at + 1, now + timeMillis);
    }

    /** Lets those go that have rested long enough. */
    public void release(long now) {
        while (size > 0 && resting.getAtIndex(LONG, 2L * oldest + 1) - now <= 0) {
            releaseOldest();
        }
    }

    private void releaseOldest() {
        long port = resting.getAtIndex(LONG, 2L * oldest);
        allocator.release((int) (port >>> PORT_BITS), (int) port & 0xffff);
        oldest = (oldest + 1) % capacity;
        size--;
    }
}
