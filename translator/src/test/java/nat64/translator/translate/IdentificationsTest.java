// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentificationsTest {

    private static final int SOURCE = 0xc0000201;
    private static final int DESTINATION = 0xc6336402;

    @ParameterizedTest(name = "shared {0}")
    @ValueSource(booleans = {false, true})
    @Tag("C-052")
    void repeatsNoneOfAPairBeforeAllWereTaken(boolean shared) {
        var identifications = new Identifications(42, shared);
        var taken = new boolean[0x10000];
        for (int i = 0; i < 0x10000; i++) {
            int identification = identifications.take(SOURCE, DESTINATION, 17, 1);
            assertThat(taken[identification]).isFalse();
            taken[identification] = true;
        }
    }

    @Test
    void takesConsecutiveNumbersForTheSegmentsOfASuperPacket() {
        var identifications = new Identifications(42, false);
        int first = identifications.take(SOURCE, DESTINATION, 6, 44);
        assertThat(identifications.take(SOURCE, DESTINATION, 6, 1)).isEqualTo((first + 44) & 0xffff);
    }

    @Test
    @Tag("C-052")
    void countsPairsOfAddressesApart() {
        var identifications = new Identifications(42, false);
        var random = new Random(52);
        int first = identifications.take(SOURCE, DESTINATION, 17, 1);
        for (int i = 0; i < 1000; i++) {
            identifications.take(random.nextInt(), DESTINATION, 17, 1);
        }
        int distance = (identifications.take(SOURCE, DESTINATION, 17, 1) - first) & 0xffff;
        assertThat(distance).as("1000 other pairs share 16384 counters").isBetween(1, 3);
    }

    @Test
    void startsElsewhereWithAnotherSeed() {
        var firsts = IntStream.range(0, 100)
                .map(seed -> new Identifications(seed * 7919, false).take(SOURCE, DESTINATION, 17, 1))
                .distinct();
        assertThat(firsts.count()).isGreaterThan(90);
    }

    @Test
    void givesEveryThreadItsOwnNumbers() throws InterruptedException {
        var identifications = new Identifications(42, true);
        var taken = ConcurrentHashMap.<Integer>newKeySet();
        var threads = IntStream.range(0, 4)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        taken.add(identifications.take(SOURCE, DESTINATION, 17, 1));
                    }
                }))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(taken).hasSize(40_000);
    }
}
