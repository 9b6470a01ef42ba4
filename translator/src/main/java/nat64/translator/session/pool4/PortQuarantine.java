// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Released ports that stay unused for a time before bindings may take them again (RFC 6888, REQ-8), in the order in
 * which they were released. One thread at a time.
 */
public final class PortQuarantine {

    private static final int PORT_BITS = 16;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final PortAllocator allocator;
    private final BoundPorts bound;
    private final long timeMillis;
    private final MemorySegment held; // of each: index of the address above and port below; until when
    private final int capacity;
    private int oldest;
    private int size;

    /** Which ports are in use again: the operator or another process may bind a port while it is held. */
    public interface BoundPorts {
        boolean isBound(int addressIndex, int port);
    }

    public PortQuarantine(Arena arena, PortAllocator allocator, QuarantineSettings settings, BoundPorts bound) {
        this.bound = bound;
        this.allocator = allocator;
        timeMillis = settings.time().toMillis();
        capacity = timeMillis == 0 ? 0 : settings.ports();
        held = arena.allocate(2L * Long.BYTES * capacity, 64);
    }

    /** Holds a released port; if there is no room, the port that has been held longest is freed. */
    public void add(int addressIndex, int port, long now) {
        if (capacity == 0) {
            allocator.release(addressIndex, port);
            return;
        }
        if (size == capacity) {
            freeOldest();
        }
        int at = (oldest + size++) % capacity;
        held.setAtIndex(LONG, 2L * at, ((long) addressIndex << PORT_BITS) | port);
        held.setAtIndex(LONG, 2L * at + 1, now + timeMillis);
    }

    /** Frees the ports whose time is over. */
    public void freeDue(long now) {
        while (size > 0 && held.getAtIndex(LONG, 2L * oldest + 1) - now <= 0) {
            freeOldest();
        }
    }

    private void freeOldest() {
        long port = held.getAtIndex(LONG, 2L * oldest);
        int addressIndex = (int) (port >>> PORT_BITS);
        if (!bound.isBound(addressIndex, (int) port & 0xffff)) {
            allocator.release(addressIndex, (int) port & 0xffff);
        }
        oldest = (oldest + 1) % capacity;
        size--;
    }
}
