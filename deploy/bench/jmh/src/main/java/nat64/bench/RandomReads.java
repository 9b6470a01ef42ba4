// SPDX-License-Identifier: Apache-2.0
package nat64.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import nat64.translator.device.ReservedMemory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What memory alone takes of {@link EstablishedPacket}: a slot of an index of four octets each, and the row of 64
 * octets that it names, at random, in memory of the same kind and size as the tables are.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
public class RandomReads {

    private static final int PICKS = 1 << 20;
    private static final int ROW = 64;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    @Param({"1000", "1000000", "10000000"})
    public int sessions;

    private Arena arena;
    private MemorySegment slots;
    private MemorySegment rows;
    private MemorySegment picks;
    private int at;
    private int zero;

    @Setup
    public void fill() {
        arena = new ReservedMemory(Long.MAX_VALUE);
        var random = new SplittableRandom(6146);
        int capacity = Integer.highestOneBit(sessions + sessions / 2 - 1) << 1;
        slots = arena.allocate(4L * capacity, ROW);
        rows = arena.allocate((long) ROW * sessions, ROW).fill((byte) 0);
        picks = arena.allocate(4L * PICKS, ROW);
        for (int slot = 0; slot < capacity; slot++) {
            slots.setAtIndex(INT, slot, random.nextInt(sessions));
        }
        for (int pick = 0; pick < PICKS; pick++) {
            picks.setAtIndex(INT, pick, random.nextInt(capacity));
        }
    }

    @TearDown
    public void close() {
        arena.close();
    }

    /** Each read waits for the one before it, as a packet has to wait for its row. */
    @Benchmark
    public int oneAfterAnother() {
        int slot = picks.getAtIndex(INT, at++ & (PICKS - 1)) ^ zero;
        zero = rows.get(INT, (long) slots.getAtIndex(INT, slot) * ROW + Long.BYTES);
        return zero;
    }

    /** Reads of different packets overlap as much as the processor likes. */
    @Benchmark
    public int overlapping() {
        int slot = picks.getAtIndex(INT, at++ & (PICKS - 1));
        return rows.get(INT, (long) slots.getAtIndex(INT, slot) * ROW + Long.BYTES);
    }
}
