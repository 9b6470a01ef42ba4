// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long one worker was busy with each batch of packets: from before the first is received until the last has left.
 * Only the worker writes; any thread may read. Adding allocates nothing.
 */
public final class BatchTimes {

    /** Upper bounds of the buckets, in seconds; the last bucket has none. */
    public static final List<Double> BOUNDS =
            List.of(0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.1);

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final long[] BOUNDS_NANOS = BOUNDS.stream()
            .mapToLong(seconds -> Math.round(seconds * NANOS_PER_SECOND))
            .toArray();

    private static final int SUM = BOUNDS_NANOS.length + 1;

    private final AtomicLongArray cells = new AtomicLongArray(SUM + 1);

    /**
     * What was counted.
     *
     * @param upTo batches that took no longer than each of the {@link #BOUNDS}, and all batches
     * @param seconds that all batches took together
     */
    public record Counts(List<Long> upTo, double seconds) {

        public Counts {
            upTo = List.copyOf(upTo);
        }
    }

    /** A batch took so many nanoseconds. */
    void add(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
            bucket++;
        }
        add(bucket, 1);
        add(SUM, nanos);
    }

    /** All batches so far. */
    Counts counts() {
        var upTo = new ArrayList<Long>();
        long batches = 0;
        for (int bucket = 0; bucket < SUM; bucket++) {
            batches += cells.getOpaque(bucket);
            upTo.add(batches);
        }
        return new Counts(upTo, cells.getOpaque(SUM) / NANOS_PER_SECOND);
    }

    private void add(int cell, long amount) {
        cells.setOpaque(cell, cells.getPlain(cell) + amount);
    }
}
