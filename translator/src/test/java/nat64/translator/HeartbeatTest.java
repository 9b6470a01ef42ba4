// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import nat64.translator.device.MemoryPort;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;
import nat64.translator.testing.TestNat64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker that is stuck is found, and those beside it are not blamed. */
@Timeout(120)
class HeartbeatTest {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final AtomicLong clock = new AtomicLong(1_000);
    private final MemoryPort well = new MemoryPort();
    private final StuckPort stuck = new StuckPort();

    @Test
    void aWorkerThatDoesNothingForLongIsNamed() throws Exception {
        var surroundings = new TranslatorThreads.Surroundings(clock::get, new SplittableRandom(1), () -> {});
        try (var translator =
                TranslatorThreads.start(Arena.ofShared(), TestNat64.settings(), List.of(well, stuck), surroundings)) {
            stuck.entered.await();
            assertThat(translator.silentWorkers(LONGEST)).isEmpty();

            clock.addAndGet(5_001);
            while (translator.silentWorkers(LONGEST).size() != 1) {
                well.wake(); // it looks at the clock again
            }
            assertThat(translator.silentWorkers(LONGEST)).containsExactly("nat64-worker-1");

            stuck.go.countDown();
            while (!translator.silentWorkers(LONGEST).isEmpty()) {
                stuck.wake();
            }
        }
    }

    /** Hangs in its first call, as a thread in a frozen control group does anywhere. */
    private static final class StuckPort implements PacketPort {

        private final MemoryPort port = new MemoryPort();
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);

        @Override
        public boolean receive(Packet packet) {
            entered.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return port.receive(packet);
        }

        @Override
        public boolean send(Packet packet) {
            return port.send(packet);
        }

        @Override
        public void await(int milliseconds) {
            port.await(milliseconds);
        }

        @Override
        public void wake() {
            port.wake();
        }

        @Override
        public boolean isClosed() {
            return port.isClosed();
        }

        @Override
        public void close() {
            port.close();
        }
    }
}
