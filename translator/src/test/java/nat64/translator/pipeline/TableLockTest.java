// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TableLockTest {

    private static final int TURNS = 300_000;

    private long plain;

    @Test
    void givesOneWorkerAtATimeItsTurn() {
        var lock = new TableLock(true);
        inThreads(3, _ -> {
            for (int i = 0; i < TURNS; i++) {
                lock.begin(i);
                plain++;
                lock.end();
            }
        });
        assertThat(plain).isEqualTo(3L * TURNS);
    }

    @Test
    void makesAWorkerWaitThroughALongTurn() throws Exception {
        var lock = new TableLock(true);
        lock.begin(1);
        var waiting = CompletableFuture.runAsync(() -> {
            lock.begin(2);
            plain++;
            lock.end();
        });
        Thread.sleep(50); // long enough that it naps
        assertThat(plain).isZero();
        lock.end();
        waiting.join();
        assertThat(plain).isEqualTo(1);
    }

    @Test
    void neverLetsTimeRunBackwards() {
        var lock = new TableLock(true);
        var times = new ArrayList<Long>();
        inThreads(2, thread -> {
            for (int i = 0; i < 10_000; i++) {
                times.add(lock.begin(i * 2L - thread * 1000L));
                lock.end();
            }
        });
        assertThat(times).hasSize(20_000).isSorted();
    }

    @Test
    void makesALoneWorkerNeverWait() {
        var lock = new TableLock(false);
        assertThat(List.of(lock.begin(5), lock.begin(4))).containsExactly(5L, 4L);
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
