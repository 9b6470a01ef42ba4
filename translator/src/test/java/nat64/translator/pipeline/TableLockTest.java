// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stress tests with fixed seeds; the plain fields are written by every thread without any other synchronisation. */
@Timeout(60)
class TableLockTest {

    private static final int ROUNDS = 100_000;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final TableLock lock = new TableLock(true);
    private long plain;
    private long first;
    private long second;
    private long latest = Long.MIN_VALUE;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void onlyOneThreadHoldsTheLock(int threads) {
        var holders = new AtomicInteger();
        var overlaps = new AtomicInteger();
        inThreads(threads, _ -> {
            for (int i = 0; i < ROUNDS; i++) {
                lock.lock(i);
                overlaps.addAndGet(holders.getAndIncrement());
                plain++; // a lost update would show in the sum
                holders.decrementAndGet();
                lock.unlock();
            }
        });
        assertThat(overlaps).hasValue(0);
        assertThat(plain).isEqualTo((long) threads * ROUNDS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatOneHolderHasWrittenTheNextOneSees(long seed) {
        var torn = new AtomicInteger();
        inThreads(3, thread -> {
            var random = new SplittableRandom(seed * 31 + thread);
            for (int i = 0; i < ROUNDS; i++) {
                lock.lock(i);
                if (second != first * MIX) {
                    torn.incrementAndGet();
                }
                first = random.nextLong();
                if ((i & 63) == 0) {
                    Thread.onSpinWait(); // the two writes are apart
                }
                second = first * MIX;
                lock.unlock();
            }
        });
        assertThat(torn).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void timeNeverRunsBackwardsFromOneHolderToTheNext(long seed) {
        var backwards = new AtomicInteger();
        inThreads(3, thread -> {
            var random = new SplittableRandom(seed * 31 + thread);
            long clock = random.nextLong(1000); // the clocks of workers are apart
            for (int i = 0; i < ROUNDS; i++) {
                clock += random.nextLong(3);
                long time = lock.lock(clock);
                if (time < latest || time < clock) {
                    backwards.incrementAndGet();
                }
                latest = time;
                lock.unlock();
            }
        });
        assertThat(backwards).hasValue(0);
    }

    @Test
    void aThreadWaitsAsLongAsTheLockIsHeld() throws Exception {
        var waits = new CountDownLatch(1);
        var entered = new AtomicBoolean();
        lock.lock(1);
        var thread = new Thread(() -> {
            waits.countDown();
            lock.lock(2);
            entered.set(true);
            lock.unlock();
        });
        thread.start();
        waits.await();
        while (thread.getState() != Thread.State.TIMED_WAITING) { // it has spun in vain, and sleeps
            assertThat(entered).isFalse();
            Thread.onSpinWait();
        }
        assertThat(entered).isFalse();
        lock.unlock();
        thread.join();
        assertThat(entered).isTrue();
    }

    @Test
    void aSingleWorkerNeverWaits() {
        var unshared = new TableLock(false);
        assertThat(List.of(unshared.lock(5), unshared.lock(4))).containsExactly(5L, 4L);
    }

    private interface Work {
        void run(int thread);
    }

    private static void inThreads(int count, Work work) {
        var threads = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < count; i++) {
            int thread = i;
            threads.add(CompletableFuture.runAsync(() -> work.run(thread), task -> new Thread(task).start()));
        }
        threads.forEach(CompletableFuture::join);
    }
}
