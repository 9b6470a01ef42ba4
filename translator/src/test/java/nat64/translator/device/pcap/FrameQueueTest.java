// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nat64.translator.device.pcap.FrameQueue.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FrameQueueTest {

    private final FrameQueue queue = new FrameQueue(3);

    @Test
    void givesFramesInTheirOrder() {
        offer(1);
        offer(2);

        assertThat(poll()).isEqualTo(1);
        assertThat(poll()).isEqualTo(2);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void refusesWhatHasNoRoom() {
        assertThat(offer(1) && offer(2) && offer(3)).isTrue();
        assertThat(offer(4)).isFalse();
        assertThat(poll()).isEqualTo(1);
        assertThat(offer(5)).isTrue();
    }

    @Test
    void doesNotWaitWhileThereIsAFrame() {
        offer(1);

        queue.await(Integer.MAX_VALUE);
    }

    @Test
    void endsTheWaitWhenAFrameComes() throws Exception {
        var waiting = CompletableFuture.runAsync(() -> queue.await(Integer.MAX_VALUE));
        offer(1);

        waiting.get(20, TimeUnit.SECONDS);
    }

    @Test
    void endsTheWaitWhenItIsWokenEvenBefore() {
        queue.wake();

        queue.await(Integer.MAX_VALUE);
    }

    @Test
    void endsTheWaitWhenTheTimeIsOver() {
        queue.await(1);

        assertThat(queue.poll()).isNull();
    }

    private boolean offer(int number) {
        return queue.offer(new Frame(null, new byte[] {(byte) number}));
    }

    private int poll() {
        return Objects.requireNonNull(queue.poll()).bytes()[0];
    }
}
