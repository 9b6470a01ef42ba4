// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryWheelTest {

    private static final int ROWS = 200;

    private final Arena arena = Arena.ofConfined();
    private final ExpiryWheel wheel = new ExpiryWheel(arena, arena.allocate(16L * ROWS), 16, 8);

    @AfterEach
    void close() {
        arena.close();
    }

    @ParameterizedTest(name = "{0} ms")
    @ValueSource(longs = {0, 1, 999, 1000, 1001, 60_000, 300_000, 7_200_000})
    void bringsARowUpWithinASecondAfterItsDeadline(long deadline) {
        wheel.add(7, deadline);
        if (deadline > 0) {
            assertThat(wheel.poll(deadline - 1)).isEqualTo(ExpiryWheel.NONE);
        }
        assertThat(wheel.poll(deadline + 999)).isEqualTo(7);
        assertThat(wheel.poll(deadline + 100_000)).isEqualTo(ExpiryWheel.NONE);
    }

    @Test
    void startsWhereverTheClockStands() {
        long epoch = 1_795_000_000_000L;
        assertThat(wheel.poll(epoch)).isEqualTo(ExpiryWheel.NONE);
        wheel.add(3, epoch + 5_000);
        assertThat(wheel.poll(epoch + 4_000)).isEqualTo(ExpiryWheel.NONE);
        assertThat(wheel.poll(epoch + 6_000)).isEqualTo(3);
    }

    @Test
    void bringsUpEveryRowOnceAndNeverEarly() {
        var random = new Random(7);
        var deadlines = new HashMap<Integer, Long>();
        long now = 0;
        for (int step = 0; step < 50_000; step++) {
            int row = random.nextInt(ROWS);
            if (deadlines.remove(row) != null) {
                wheel.remove(row);
            } else {
                long deadline = now + random.nextInt(20_000);
                wheel.add(row, deadline);
                deadlines.put(row, deadline);
            }
            now += random.nextInt(40);
            for (int due = wheel.poll(now); due != ExpiryWheel.NONE; due = wheel.poll(now)) {
                Long deadline = deadlines.remove(due);
                assertThat(deadline).as("row %d is known", due).isNotNull().isLessThanOrEqualTo(now);
            }
            long latest = now;
            assertThat(deadlines.values()).allMatch(deadline -> deadline > latest - 1000);
        }
    }

    @Test
    void bringsRowsBeyondItsReachUpEarlySoThatTheyCanBePutInAgain() {
        wheel.add(1, 100_000_000);
        assertThat(wheel.poll(8_190_000)).isEqualTo(ExpiryWheel.NONE);
        assertThat(wheel.poll(8_192_000)).isEqualTo(1);
    }
}
