// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import nat64.translator.PacketTranslator;
import nat64.translator.packet.Packet;
import nat64.translator.testing.PortStub;
import nat64.translator.testing.TestNat64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No packet makes an object while workers wait for each other either. */
@Timeout(120)
class ContendedAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WORKERS = 2;
    private static final int ROUNDS = 40;
    private static final int PACKETS = 20_000;

    private final long[][] allocated = new long[WORKERS][ROUNDS];

    @Test
    void workersThatWaitForEachOtherMakeNoObjects() {
        try (var arena = Arena.ofShared()) {
            var ports = List.of(new PortStub(() -> true), new PortStub(() -> true));
            var modes = PacketTranslator.of(arena, TestNat64.settings(), ports, new SplittableRandom(1));
            var barrier = new CyclicBarrier(WORKERS);
            var first = CompletableFuture.runAsync(() -> work(0, modes.get(0), arena, barrier));
            var second = CompletableFuture.runAsync(() -> work(1, modes.get(1), arena, barrier));
            first.join();
            second.join();

            // the first rounds only warm the JIT up
            assertThat(allocated[0]).contains(0L);
            assertThat(allocated[1]).contains(0L);
            assertThat(modes.get(0).statistics().fromIpv6().packets()).isEqualTo((long) ROUNDS * PACKETS);
        }
    }

    private void work(int worker, PacketTranslator mode, Arena arena, CyclicBarrier barrier) {
        var packet = new Packet(arena);
        var octets = MemorySegment.ofArray(udp6(CLIENT, 1025 + worker, SERVER_IN_PREF64, 53, payload(20)));
        for (int round = 0; round < ROUNDS; round++) {
            try {
                barrier.await();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < PACKETS; i++) {
                MemorySegment.copy(octets, 0, packet.buffer(), Packet.HEADROOM, octets.byteSize());
                mode.process(packet.received((int) octets.byteSize()), 5_000);
            }
            allocated[worker][round] = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
    }
}
