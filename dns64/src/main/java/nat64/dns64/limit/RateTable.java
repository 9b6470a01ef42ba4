// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.limit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How much each of many may have per second. A table of fixed size: those that share a place share its rate, and an
 * attacker can't choose which. No lock, no waiting, no objects. Safe for many threads.
 */
final class RateTable {

    private static final int PLACES = 1 << 16;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long interval;
    private final long burst;
    private final long seed;
    private final LongSupplier nanoTime;
    private final long start;

    /** For each place the time, since the start, at which what it had so far would be due at the rate. */
    private final AtomicLongArray due = new AtomicLongArray(PLACES);

    /**
     * @param perSecond at least 1
     * @param burst what one may have at once
     * @param seed a secret
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    RateTable(long perSecond, long burst, long seed, LongSupplier nanoTime) {
        this.interval = SECOND / perSecond;
        this.burst = interval * burst;
        this.seed = seed;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Takes one; false if there is none left. */
    boolean take(long key) {
        int place = place(key);
        while (true) {
            long now = nanoTime.getAsLong() - start;
            long before = due.get(place);
            long from = Math.max(before, now);
            if (from - now > burst - interval) {
                return false;
            }
            if (due.compareAndSet(place, before, from + interval)) {
                return true;
            }
        }
    }

    /** Whether there is one left. */
    boolean has(long key) {
        return due.get(place(key)) - (nanoTime.getAsLong() - start) <= burst - interval;
    }

    /** Takes some, whether they are left or not. What was taken too much is missing later, for up to two bursts. */
    void charge(long key, long units) {
        int place = place(key);
        while (true) {
            long now = nanoTime.getAsLong() - start;
            long before = due.get(place);
            long after = Math.min(Math.max(before, now) + interval * units, now + 2 * burst);
            if (due.compareAndSet(place, before, after)) {
                return;
            }
        }
    }

    private int place(long key) {
        return (int) (mix(key ^ seed) >>> 48) & (PLACES - 1);
    }

    /** Spreads the bits of a number. */
    static long mix(long number) {
        long mixed = number * MIX;
        return (mixed ^ (mixed >>> 32)) * MIX;
    }
}
