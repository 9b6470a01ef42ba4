// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import nat64.translator.PacketTranslator;
import nat64.translator.PacketTranslatorSettings;
import nat64.translator.TranslatorStatistics;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;

/** Counts the octets of objects that a translator makes. */
public final class Allocations {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 60;
    private static final int PACKETS = 20_000;

    private Allocations() {}

    /**
     * Asserts that a translator that gets these packets, again and again, makes no object once its code is compiled;
     * and that it drops packets for these reasons and no others. It has the seed of a {@link TestTranslator}, so it
     * takes the same ports.
     */
    public static void assertNone(
            PacketTranslatorSettings settings, List<byte[]> packets, DropReason... expectedDrops) {
        try (var arena = Arena.ofConfined()) {
            var random = new SplittableRandom(TestTranslator.SEED);
            var mode = PacketTranslator.of(arena, settings, new PortStub(() -> true), random);
            var segments = packets.stream().map(MemorySegment::ofArray).toList();
            var packet = new Packet(arena);

            assertNone(i -> process(mode, packet, segments.get(i % segments.size())));

            var statistics = mode.statistics();
            assertThat(DropReason.ALL.stream()
                            .filter(reason -> dropped(statistics.fromIpv6(), reason) > 0
                                    || dropped(statistics.fromIpv4(), reason) > 0)
                            .toList())
                    .containsExactlyInAnyOrder(expectedDrops);
        }
    }

    /**
     * Asserts that no object is made for a packet once the code is compiled; {@code packet} gets the number of each.
     */
    public static void assertNone(IntConsumer packet) {
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && allocated > 0; round++) { // the first rounds only warm the JIT up
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < PACKETS; i++) {
                packet.accept(i);
            }
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isZero();
    }

    private static long dropped(TranslatorStatistics.Traffic traffic, DropReason reason) {
        return traffic.dropped().getOrDefault(reason, 0L);
    }

    private static void process(PacketTranslator mode, Packet packet, MemorySegment octets) {
        MemorySegment.copy(octets, 0, packet.buffer(), Packet.HEADROOM, octets.byteSize());
        mode.process(packet.received((int) octets.byteSize()), 5_000);
    }
}
