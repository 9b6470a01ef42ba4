// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counts how often something took how long. Safe for many threads. */
public final class Durations {

    /** The upper bounds of all counts but the last, in seconds: from a cache in memory to the patience of a client. */
    public static final List<Double> BOUNDS =
            List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5);

    private static final long[] BOUNDS_NANOS = BOUNDS.stream()
            .mapToLong(seconds -> (long) (seconds * TimeUnit.SECONDS.toNanos(1)))
            .toArray();

    private final LongAdder[] counts =
            Stream.generate(LongAdder::new).limit(BOUNDS.size() + 1L).toArray(LongAdder[]::new);
    private final LongAdder sumNanos = new LongAdder();

    /**
     * What was counted. The counts are read one by one while others go on, so they may be off by some.
     *
     * @param upTo how many took no longer than each of {@link #BOUNDS}, and how many there were in all
     * @param seconds that all took together
     */
    public record Counts(List<Long> upTo, double seconds) {

        /** Nothing at all. */
        public static final Counts NONE = new Durations().counts();

        public Counts {
            upTo = List.copyOf(upTo);
        }
    }

    /** One more. */
    public void add(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sumNanos.add(nanos);
    }

    public Counts counts() {
        var upTo = new ArrayList<Long>();
        long sum = 0;
        for (var count : counts) {
            sum += count.sum();
            upTo.add(sum);
        }
        return new Counts(upTo, sumNanos.sum() / (double) TimeUnit.SECONDS.toNanos(1));
    }
}
