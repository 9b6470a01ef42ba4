// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The Identification of IPv4 packets that may be fragmented. Each pair of addresses has its own counter (which it
 * shares with few others), so that a number repeats late: RFC 6864, section 4.3, requires it to be unique for the
 * maximum lifetime of a datagram, about two minutes. All workers share one instance.
 */
public final class Identifications {

    private static final int COUNTERS = 1 << 14;

    private static final VarHandle COUNTER = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[] next = new int[COUNTERS];
    private final int seed;
    private final boolean shared;

    /**
     * Starts with counters that depend on the seed.
     *
     * @param seed a secret random number, so that hosts cannot guess the next Identification (RFC 7739)
     * @param shared whether several threads call {@link #take}
     */
    public Identifications(int seed, boolean shared) {
        this.seed = seed;
        this.shared = shared;
    }

    /** Takes {@code count} consecutive numbers, modulo 65536, and returns the first. */
    int take(int source, int destination, int protocol, int count) {
        int mixed = (source * 31 + destination) * 31 + protocol ^ seed;
        mixed *= 0x9e37_79b9;
        mixed = (mixed ^ (mixed >>> 15)) * 0x85eb_ca6b;
        mixed ^= mixed >>> 13;
        int counter = mixed & (COUNTERS - 1);
        int taken = shared ? (int) COUNTER.getAndAdd(next, counter, count) : takeAlone(counter, count);
        return taken + seed + (mixed >>> 16) & 0xffff;
    }

    private int takeAlone(int counter, int count) {
        int taken = next[counter];
        next[counter] += count;
        return taken;
    }
}
