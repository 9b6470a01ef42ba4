// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import nat64.translator.PacketTranslator;
import nat64.translator.TranslatorThreads;
import nat64.translator.address.Pref64;
import nat64.translator.device.MemoryPort;
import nat64.translator.packet.Packet;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.table.Protocol;
import nat64.translator.testing.TestNat64;
import nat64.translator.testing.Wire;
import nat64.translator.translate.NextHopMtus;
import nat64.translator.translate.TranslationOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that are read one after another before the first of them is translated. */
class BatchTest {

    private static final int BATCH = PacketTranslator.MOST_AT_ONCE;
    private static final int HOSTS = 20;
    private static final int PORTS = 1000; // of each host, so more sessions than fit into a processor's cache

    private final Arena arena = Arena.ofConfined();
    private final Packet[] slots = new Packet[BATCH];

    BatchTest() {
        Arrays.setAll(slots, _ -> new Packet(arena));
    }

    @AfterEach
    void close() {
        arena.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void translatesBatchesOfLargeTablesAsItTranslatesSinglePackets(long seed) {
        var single = new MemoryPort();
        var batched = new MemoryPort();
        var singleMode = fill(single);
        var batchMode = fill(batched);
        assertThat(singleMode.statistics().tables().get(Protocol.UDP))
                .isNotNull()
                .satisfies(tables -> assertThat(tables.sessions()).isEqualTo(HOSTS * PORTS));
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            var packets = packets(random, random.nextInt(BATCH + 1));
            packets.forEach(octets -> {
                single.offer(octets);
                single.receive(slots[0]);
                singleMode.process(slots[0], 2_000);
            });
            packets.forEach(batched::offer);
            for (int slot = 0; slot < packets.size(); slot++) {
                batched.receive(slots[slot]);
            }
            batchMode.process(slots, packets.size(), 2_000);
            assertThat(batched.drain()).containsExactlyElementsOf(single.drain());
        }
        assertThat(batchMode.statistics()).isEqualTo(singleMode.statistics());
        assertThat(batchMode.statistics().fromIpv6().packets()).isGreaterThan(HOSTS * PORTS);
        assertThat(batchMode.statistics().fromIpv4().packets()).isPositive();
    }

    @Test
    @Tag("C-020")
    @Timeout(60)
    void keepsTheOrderOfSmallAndLargePackets() {
        var port = new MemoryPort();
        var random = new Random(6146);
        var payloads = random.ints(2000, 1, 9_000).boxed().toList();
        payloads.forEach(octets -> port.offer(
                udp6(host(0), 5000, SERVER_IN_PREF64, 53, payload(octets % 3 == 0 ? octets % 100 : octets))));
        var options = TranslationOptions.RFC_7915.with(new NextHopMtus.Fixed(10_000, 10_000));

        var settings = TestNat64.settings(options);
        var surroundings = new TranslatorThreads.Surroundings(() -> 1_000, new SplittableRandom(1), () -> {});
        try (var translator = TranslatorThreads.start(Arena.ofShared(), settings, List.of(port), surroundings)) {
            while (translator.statistics().fromIpv6().packets() < payloads.size()) {
                LockSupport.parkNanos(200_000);
            }
        }

        assertThat(port.drain().stream().map(octets -> octets.length - 28))
                .containsExactlyElementsOf(payloads.stream()
                        .map(octets -> octets % 3 == 0 ? octets % 100 : octets)
                        .toList());
    }

    /** A translator with a session for each port of each host. */
    private PacketTranslator fill(MemoryPort port) {
        var settings = TestNat64.settings(List.of(Pref64.parse("2001:db8:64::/96")), PortRange.ALL, HOSTS * PORTS * 2);
        var mode = PacketTranslator.of(arena, settings, port, new SplittableRandom(1));
        for (int host = 0; host < HOSTS; host++) {
            for (int number = 0; number < PORTS; number++) {
                port.offer(udp6(host(host), 1024 + number, SERVER_IN_PREF64, 53, payload(0)));
                port.receive(slots[0]);
                mode.process(slots[0], 1_000);
            }
        }
        port.drain();
        return mode;
    }

    /** Known sessions and new ones, both directions, and what is no session's packet at all. */
    private static List<byte[]> packets(Random random, int count) {
        var packets = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            var host = host(random.nextInt(HOSTS));
            int port = 1024 + random.nextInt(PORTS);
            var datagram = udp6(host, port, SERVER_IN_PREF64, 53, payload(random.nextInt(60)));
            packets.add(
                    switch (random.nextInt(9)) {
                        case 0 -> udp6(host, port, SERVER_IN_PREF64, random.nextInt(65_536), payload(9));
                        case 1 -> tcp6(host, port, SERVER_IN_PREF64, 80, "S", payload(0));
                        case 2 -> echo6(host, SERVER_IN_PREF64, true, port, 1);
                        case 3 -> udp6(host, port, "2001:db8:2::1", 53, payload(9));
                        case 4 -> Arrays.copyOf(datagram, random.nextInt(datagram.length));
                        case 5, 6 -> udp4(SERVER, 53, pool4(random), random.nextInt(65_536), payload(9));
                        case 7 -> error4("192.0.2.1", pool4(random), 3, 3, 0, datagram);
                        default -> datagram;
                    });
        }
        return packets;
    }

    private static String host(int number) {
        return Wire.address("2001:db8:1::" + Integer.toHexString(2 + number));
    }

    private static String pool4(Random random) {
        return "203.0.113." + random.nextInt(4);
    }
}
