// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.error6;
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
import java.util.List;
import java.util.SplittableRandom;
import nat64.translator.packet.Packet;
import nat64.translator.testing.PortStub;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.TestSiit;
import nat64.translator.testing.TestTranslator;
import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 60;
    private static final int PACKETS = 20_000;

    @Test
    void translatesPacketsOfKnownSessionsWithoutAllocating() {
        try (var test = new TestTranslator(TestNat64.settings());
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

    @Test
    void translatesStatelesslyWithoutAllocating() {
        try (var arena = Arena.ofConfined()) {
            var siit = new Siit(arena, TestSiit.SETTINGS, new PortStub(() -> true), new SplittableRandom(7757));
            var quoted = udp6(TestSiit.REMOTE_V6, 53, TestSiit.HOST, 1025, payload(60));
            var packets = List.of(
                    udp6(TestSiit.HOST, 1025, TestSiit.REMOTE_V6, 53, payload(100)),
                    udp4(TestSiit.REMOTE, 53, TestSiit.HOST_V4, 1025, payload(100)),
                    udp6(TestSiit.HOST, 1025, "2001:db8:64::c000:202", 53, payload(100)), // hairpinned
                    error6(TestSiit.ROUTER, TestSiit.REMOTE_V6, 3, 0, 0, quoted)); // with RFC 6791 and RFC 5837
            var segments = packets.stream().map(MemorySegment::ofArray).toList();
            var packet = new Packet(arena);

            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && allocated > 0; round++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < PACKETS; i++) {
                    process(siit, packet, segments.get(i & 3));
                }
                allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            }

            assertThat(allocated).isZero();
            assertThat(siit.statistics().fromIpv6().dropped().values()).containsOnly(0L);
            assertThat(siit.statistics().fromIpv4().dropped().values()).containsOnly(0L);
        }
    }

    private static void process(Mode nat64, Packet packet, MemorySegment octets) {
        MemorySegment.copy(octets, 0, packet.buffer(), Packet.HEADROOM, octets.byteSize());
        nat64.process(packet.received((int) octets.byteSize()), 5_000);
    }
}
