// SPDX-License-Identifier: Apache-2.0
package nat64.translator.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Packets made by {@link PacketGrammar}, and noise, through each mode. As many as the system property
 * {@code fuzz.packets} says, from the seed {@code fuzz.seed}; docs/fuzzing.md tells what came of ten million.
 */
class PacketFloodTest {

    private static final long PACKETS = Long.getLong("fuzz.packets", 100_000);
    private static final long SEED = Long.getLong("fuzz.seed", 7915);
    private static final int NOISE = 8; // one packet in so many

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void noPacketBreaksAnything(FuzzMode mode) throws IOException {
        try (var translator = new FuzzedTranslator(mode)) {
            var random = new SplittableRandom(SEED);
            var grammar = new PacketGrammar(mode.hosts(), translator.port(), random);
            feed(translator, grammar, random, PACKETS / 10);
            long heap = heap();
            long resident = resident();
            feed(translator, grammar, random, PACKETS - PACKETS / 10);
            System.out.printf(
                    "%s, seed %d: %,d packets in, %,d out; %d exceptions, %d bad checksums; "
                            + "heap %,d KiB then %,d KiB, resident %,d KiB then %,d KiB%n",
                    mode,
                    SEED,
                    translator.fed(),
                    translator.port().count(),
                    translator.defects(),
                    translator.port().badChecksums(),
                    heap >> 10,
                    heap() >> 10,
                    resident,
                    resident());
            assertThat(translator.fed()).isEqualTo(PACKETS);
            assertThat(translator.port().count()).as("packets sent").isGreaterThan(PACKETS / 10);
        }
    }

    private static void feed(
            FuzzedTranslator translator, PacketGrammar grammar, SplittableRandom random, long packets) {
        var noise = new byte[200];
        for (long i = 0; i < packets; i++) {
            int milliseconds = random.nextInt(1000) == 0 ? random.nextInt(60_000) : random.nextInt(3);
            if (random.nextInt(NOISE) == 0) {
                random.nextBytes(noise);
                noise[0] = (byte) (random.nextBoolean() ? 0x60 : 0x45);
                translator.feed(noise, random.nextInt(noise.length + 1), milliseconds);
            } else {
                int length = grammar.make();
                translator.feed(grammar.octets(), length, milliseconds);
            }
        }
    }

    private static long heap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Memory of the process in KiB: off-heap memory shows here too. */
    private static long resident() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }
}
