// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class HeapWatchTest {

    private double used;
    private boolean isRunning = true;
    private int restarts;

    private final HeapWatch watch = new HeapWatch(() -> used, () -> isRunning, () -> restarts++);

    @Test
    void restartsNothingWhileThereIsRoom() {
        used = HeapWatch.FULL - 0.01;
        watch.look();

        assertThat(restarts).isZero();
    }

    @Test
    void restartsWhenTheHeapIsFull() {
        used = HeapWatch.FULL;
        watch.look();

        assertThat(restarts).isEqualTo(1);
    }

    @Test
    void restartsWhenAThreadHasEnded() {
        isRunning = false;
        watch.look();

        assertThat(restarts).isEqualTo(1);
    }

    @Test
    void restartsWhenTheHeapHasNoRoomForALook() {
        var blind = new HeapWatch(
                () -> {
                    throw new OutOfMemoryError("Java heap space");
                },
                () -> true,
                () -> restarts++);
        blind.look();

        assertThat(restarts).isEqualTo(1);
    }

    @Test
    void triesAgainAfterARestartThatFailed() {
        used = 1;
        var failing = new HeapWatch(() -> used, () -> true, () -> {
            restarts++;
            throw new OutOfMemoryError("Java heap space");
        });

        assertThatCode(failing::look).doesNotThrowAnyException();
        int before = restarts;
        failing.look();
        assertThat(restarts).isGreaterThan(before);
    }

    @Test
    void seesTheHeapOfThisProcess() {
        var own = HeapWatch.ofThisProcess(() -> true, () -> restarts++);
        own.look();

        assertThat(restarts).isZero();
    }
}
