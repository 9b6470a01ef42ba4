// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Gives IPv4 packets that may be fragmented their Identification. Each pair of addresses counts on its own (or with the
 * few others that share its counter), so that a number comes back late: RFC 6864, section 4.3, wants it unique for the
 * life of a datagram, about two minutes. All workers share one.
 */
public final class Identifications {

    private static final int COUNTERS = 1 << 14;

    private static final VarHandle COUNTER = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[] next = new int[COUNTERS];
    private final int seed;
    private final boolean shared;

    /**
     * Begins somewhere else with another seed.
     *
     * @param seed nobody outside may be able to guess it
     * @param shared whether several threads take
     */
    public Identifications(int seed, boolean shared) {
        this.seed = seed;
        this.shared = shared;
    }

    /** The first of {@code count} numbers that follow each other modulo 65536. */
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
