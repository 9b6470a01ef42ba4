// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import nat64.translator.device.MemoryPort;
import nat64.translator.testing.Allocations;
import nat64.translator.testing.TestNat64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchTimesTest {

    private final BatchTimes times = new BatchTimes();

    @Test
    void countsABatchInEveryBucketThatIsLongEnough() {
        times.add(TimeUnit.MICROSECONDS.toNanos(10));
        times.add(TimeUnit.MICROSECONDS.toNanos(10) + 1);
        times.add(TimeUnit.SECONDS.toNanos(2));

        var counts = times.counts();
        assertThat(counts.upTo())
                .hasSize(BatchTimes.BOUNDS.size() + 1)
                .startsWith(1L, 2L, 2L)
                .endsWith(2L, 3L);
        assertThat(counts.seconds()).isEqualTo(2.000_020_001);
    }

    @Test
    void addingAllocatesNothing() {
        Allocations.assertNone(i -> times.add(100L * i));
    }

    /** The clock says 1 ms more whenever it is asked: at the beginning and at the end of a batch. */
    @Test
    void aWorkerTimesTheRoundsInWhichPacketsCome() {
        var nanos = new AtomicLong();
        var port = new MemoryPort();
        var surroundings = new TranslatorThreads.Surroundings(
                () -> 1_000, new SplittableRandom(1), () -> {}, () -> nanos.getAndAdd(1_000_000));
        port.offer(new byte[1]); // too short for a packet, which is counted as well
        try (var translator =
                TranslatorThreads.start(Arena.ofShared(), TestNat64.settings(), List.of(port), surroundings)) {
            while (translator.statistics().batches().getFirst().upTo().getLast() == 0) {
                Thread.onSpinWait();
            }
            assertThat(translator.statistics().batches()).singleElement().satisfies(counts -> {
                assertThat(counts.upTo().getLast()).isEqualTo(1);
                assertThat(counts.seconds()).isEqualTo(0.001);
            });
        }
    }
}
