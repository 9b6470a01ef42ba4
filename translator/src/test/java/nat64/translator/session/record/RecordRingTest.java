// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RecordRingTest {

    private static final int WORDS = 8;
    private static final int RECORDS = 3_000_000;
    private static final long ODD = 0x9e37_79b9_7f4a_7c15L;

    @Test
    void dropsAndCountsWhatHasNoSlot() {
        var ring = new RecordRing(Arena.ofAuto(), 3, 64);
        for (int i = 0; i < 6; i++) {
            write(ring, i);
        }
        assertThat(ring.dropped()).isEqualTo(2);
        for (int i = 0; i < 4; i++) {
            assertThat(read(ring)).isEqualTo(i);
        }
        assertThat(read(ring)).isEqualTo(RecordRing.NONE);
        write(ring, 6);
        assertThat(read(ring)).isEqualTo(6);
    }

    /** Two threads for as many records as make a torn, lost, doubled or disordered one likely to show. */
    @Test
    void handsRecordsOverWholeAndInOrder() throws InterruptedException {
        try (var arena = Arena.ofShared()) {
            var ring = new RecordRing(arena, 256, 8 * WORDS);
            var writing = new AtomicBoolean(true);
            var writer = Thread.ofPlatform().start(() -> {
                for (long i = 0; i < RECORDS; i++) {
                    write(ring, i);
                }
                writing.set(false);
            });
            long last = -1;
            long seen = 0;
            boolean more = true;
            while (more) {
                more = writing.get();
                for (long value = read(ring); value != RecordRing.NONE; value = read(ring)) {
                    assertThat(value > last).isTrue();
                    last = value;
                    seen++;
                }
            }
            writer.join();
            assertThat(seen + ring.dropped()).isEqualTo(RECORDS);
            assertThat(seen).isPositive();
        }
    }

    private static void write(RecordRing ring, long value) {
        long at = ring.claim();
        if (at != RecordRing.NONE) {
            for (int word = 0; word < WORDS; word++) {
                ring.memory().set(ValueLayout.JAVA_LONG, at + 8L * word, value * ODD + word);
            }
            ring.publish();
        }
    }

    /** The value of the oldest record, all of whose words must belong to it. */
    private static long read(RecordRing ring) {
        long at = ring.poll();
        if (at == RecordRing.NONE) {
            return RecordRing.NONE;
        }
        long first = ring.memory().get(ValueLayout.JAVA_LONG, at);
        for (int word = 1; word < WORDS; word++) {
            if (ring.memory().get(ValueLayout.JAVA_LONG, at + 8L * word) != first + word) {
                throw new AssertionError("a torn record");
            }
        }
        ring.release();
        return first * inverse();
    }

    /** Of an odd number modulo 2 to the 64: each round doubles the number of bits that are right. */
    private static long inverse() {
        long inverse = ODD;
        for (int round = 0; round < 5; round++) {
            inverse *= 2 - ODD * inverse;
        }
        return inverse;
    }
}
