// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

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
    private long freed; // since the start
    private int[] heldByAddress = new int[1];

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
        hold(addressIndex, port, now + timeMillis);
    }

    /** Holds a port that another process has released, for what is left of its time. Neither may be sooner. */
    public void add(int addressIndex, int port, int timeLeft, long now) {
        hold(addressIndex, port, now + Math.min(timeLeft, timeMillis));
    }

    private void hold(int addressIndex, int port, long until) {
        if (capacity == 0) {
            allocator.release(addressIndex, port);
            return;
        }
        if (size == capacity) {
            freeOldest();
        }
        int at = (oldest + size++) % capacity;
        if (addressIndex >= heldByAddress.length) { // the first port of an address
            heldByAddress = Arrays.copyOf(heldByAddress, Math.max(addressIndex + 1, 2 * heldByAddress.length));
        }
        heldByAddress[addressIndex]++;
        held.setAtIndex(LONG, 2L * at, ((long) addressIndex << PORT_BITS) | port);
        held.setAtIndex(LONG, 2L * at + 1, until);
    }

    /** Frees the ports whose time is over. */
    public void freeDue(long now) {
        while (size > 0 && held.getAtIndex(LONG, 2L * oldest + 1) - now <= 0) {
            freeOldest();
        }
    }

    /** How many ports of the address of an index are held now. */
    public int held(int addressIndex) {
        return addressIndex < heldByAddress.length ? heldByAddress[addressIndex] : 0;
    }

    /** How many ports are held now, of all addresses. */
    public int size() {
        return size;
    }

    /** How many ports have been held since the start: each has a number from 0 on, in the order of release. */
    public long end() {
        return freed + size;
    }

    /** The lowest number of a port that is still held. */
    public long beginning() {
        return freed;
    }

    /** The index of the pool4 address of a held port. */
    public int addressIndex(long number) {
        return (int) (held.getAtIndex(LONG, 2L * at(number)) >>> PORT_BITS);
    }

    /** The port of a number. */
    public int port(long number) {
        return (int) held.getAtIndex(LONG, 2L * at(number)) & 0xffff;
    }

    /** Milliseconds until a held port is free. */
    public int timeLeft(long number, long now) {
        return (int) (held.getAtIndex(LONG, 2L * at(number) + 1) - now);
    }

    private long at(long number) {
        return (oldest + (number - freed)) % capacity;
    }

    private void freeOldest() {
        long port = held.getAtIndex(LONG, 2L * oldest);
        int addressIndex = (int) (port >>> PORT_BITS);
        if (!bound.isBound(addressIndex, (int) port & 0xffff)) {
            allocator.release(addressIndex, (int) port & 0xffff);
        }
        heldByAddress[addressIndex]--;
        oldest = (oldest + 1) % capacity;
        size--;
        freed++;
    }
}
