// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.util.random.RandomGenerator;

/**
 * Which ports of the pool4 addresses are taken, of one protocol: one bit each. A port is chosen at random (RFC 6056), out
 * of the same range as the IPv6 host's, below 1024 or not, and of the same parity where that is asked for (RFC 6146,
 * section 3.5.1.1); the search from there on takes 64 ports at a step. One thread.
 */
final class PortAllocator {

    /** No port is free. */
    static final int NONE = -1;

    private static final int PORTS = 1 << 16;
    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final long EVEN = 0x5555_5555_5555_5555L;

    private final Pool4 pool4;
    private final boolean keepParity;
    private final RandomGenerator random;
    private final long[][] taken; // per address, made when its first port is taken

    PortAllocator(Pool4 pool4, boolean keepParity, RandomGenerator random) {
        this.pool4 = pool4;
        this.keepParity = keepParity;
        this.random = random;
        taken = new long[pool4.size()][];
    }

    /** Takes a port of the address for an IPv6 host's port, or answers NONE. */
    int allocate(int addressIndex, int wanted) {
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
    void reserve(int addressIndex, int port) {
        bits(addressIndex)[port >>> 6] |= 1L << port;
    }

    void release(int addressIndex, int port) {
        bits(addressIndex)[port >>> 6] &= ~(1L << port);
    }

    private int allocate(int addressIndex, int wanted, int first, int last) {
        if (first > last) {
            return NONE;
        }
        int from = random.nextInt(first, last + 1);
        var bits = bits(addressIndex);
        int port = NONE;
        if (keepParity) {
            port = search(bits, from, first, last, (wanted & 1) == 0 ? EVEN : ~EVEN);
        }
        if (port == NONE) {
            port = search(bits, from, first, last, -1L);
        }
        if (port != NONE) {
            bits[port >>> 6] |= 1L << port;
        }
        return port;
    }

    private static int search(long[] bits, int from, int first, int last, long parity) {
        int port = searchUp(bits, from, last, parity);
        return port == NONE ? searchUp(bits, first, from - 1, parity) : port;
    }

    /** The first free port from one to the other, of those that the mask allows. */
    private static int searchUp(long[] bits, int from, int to, long mask) {
        int last = to >>> 6;
        for (int word = from >>> 6; word <= last; word++) {
            long free = ~bits[word] & mask;
            if (word == from >>> 6) {
                free &= -1L << from;
            }
            if (free != 0) {
                int port = (word << 6) + Long.numberOfTrailingZeros(free);
                return port <= to ? port : NONE;
            }
        }
        return NONE;
    }

    private long[] bits(int addressIndex) {
        var bits = taken[addressIndex];
        if (bits == null) {
            bits = new long[PORTS / 64];
            taken[addressIndex] = bits;
        }
        return bits;
    }
}
