// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.random.RandomGenerator;

/**
 * Which ports of the pool4 addresses are taken, of one protocol: one bit each. A port is chosen at random (RFC 6056), out
 * of the same range as the IPv6 host's, below 1024 or not, and of the same parity where that is asked for (RFC 6146,
 * section 3.5.1.1); the search from there on takes 64 ports at a step. One thread at a time.
 */
public final class PortAllocator {

    /** No port is free. */
    public static final int NONE = -1;

    private static final int PORTS = 1 << 16;
    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final long EVEN = 0x5555_5555_5555_5555L;

    private final Pool4 pool4;
    private final boolean keepParity;
    private final RandomGenerator random;
    private final MemorySegment taken;

    public PortAllocator(Arena arena, Pool4 pool4, boolean keepParity, RandomGenerator random) {
        this.pool4 = pool4;
        this.keepParity = keepParity;
        this.random = random;
        taken = arena.allocate(PORTS / 8L * pool4.size(), 64);
    }

    /** Takes a port of the address for an IPv6 host's port, or answers NONE. */
    public int allocate(int addressIndex, int wanted) {
        var range = pool4.ports(addressIndex);
        boolean privileged = wanted < FIRST_UNPRIVILEGED;
        int port = NONE;
        if (privileged) {
            port = allocate(addressIndex, wanted, range.first(), Math.min(range.last(), FIRST_UNPRIVILEGED - 1));
        }
        if (port == NONE) { // section 3.5.1.1 allows the other range when there is no port left in this one
            port = allocate(addressIndex, wanted, Math.max(range.first(), FIRST_UNPRIVILEGED), range.last());
        }
        return port != NONE || privileged
                ? port
                : allocate(addressIndex, wanted, range.first(), Math.min(range.last(), FIRST_UNPRIVILEGED - 1));
    }

    /** Keeps a port for ever, be it outside the range: nobody else will get it. */
    public void reserve(int addressIndex, int port) {
        long word = word(addressIndex, port);
        taken.set(LONG, word, taken.get(LONG, word) | 1L << port);
    }

    public void release(int addressIndex, int port) {
        long word = word(addressIndex, port);
        taken.set(LONG, word, taken.get(LONG, word) & ~(1L << port));
    }

    private int allocate(int addressIndex, int wanted, int first, int last) {
        if (first > last) {
            return NONE;
        }
        int from = random.nextInt(first, last + 1);
        int port = NONE;
        if (keepParity) {
            port = search(addressIndex, from, first, last, (wanted & 1) == 0 ? EVEN : ~EVEN);
        }
        if (port == NONE) {
            port = search(addressIndex, from, first, last, -1L);
        }
        if (port != NONE) {
            reserve(addressIndex, port);
        }
        return port;
    }

    private int search(int addressIndex, int from, int first, int last, long parity) {
        int port = searchUp(addressIndex, from, last, parity);
        return port == NONE ? searchUp(addressIndex, first, from - 1, parity) : port;
    }

    /** The first free port from one to the other, of those that the mask allows. */
    private int searchUp(int addressIndex, int from, int to, long mask) {
        long allowed = mask & (-1L << from);
        for (int port = from & -Long.SIZE; port <= to; port += Long.SIZE) {
            long free = ~taken.get(LONG, word(addressIndex, port)) & allowed;
            if (free != 0) {
                int found = port + Long.numberOfTrailingZeros(free);
                return found <= to ? found : NONE;
            }
            allowed = mask;
        }
        return NONE;
    }

    /** Where the 64 bits are that hold the port's. */
    private static long word(int addressIndex, int port) {
        return (long) addressIndex * (PORTS / 8) + (port >>> 6) * 8L;
    }
}
