// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import nat64.translator.packet.Packet;
import nat64.translator.testing.PortStub;
import nat64.translator.testing.TestNat64;
import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 60;
    private static final int PACKETS = 20_000;

    @Test
    void translatesPacketsOfKnownSessionsWithoutAllocating() {
        try (var test = new TestNat64();
                var arena = Arena.ofConfined()) {
            var out = test.translate(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(100)));
            // The same seed gives the same ports.
            var nat64 = new Nat64(arena, TestNat64.settings(), new PortStub(() -> true), new SplittableRandom(6146));
            var there = MemorySegment.ofArray(udp6(CLIENT, 1025, SERVER_IN_PREF64, 53, payload(100)));
            var back = MemorySegment.ofArray(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(100)));
            var packet = new Packet(arena);

            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && allocated > 0; round++) { // the first rounds only warm the JIT up
                long before = THREADS.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < PACKETS; i++) {
                    process(nat64, packet, there);
                    process(nat64, packet, back);
                }
                allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            }

            assertThat(allocated).isZero();
            assertThat(nat64.statistics().fromIpv4().packets())
                    .isPositive()
                    .isEqualTo(nat64.statistics().fromIpv6().packets());
        }
    }

    private static void process(Nat64 nat64, Packet packet, MemorySegment octets) {
        MemorySegment.copy(octets, 0, packet.buffer(), Packet.HEADROOM, octets.byteSize());
        nat64.process(packet.received((int) octets.byteSize()), 5_000);
    }
}
