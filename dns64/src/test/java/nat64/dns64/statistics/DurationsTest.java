// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DurationsTest {

    private final Durations durations = new Durations();

    @Test
    void countsWhatTookNoLongerThanEachBound() {
        durations.add(TimeUnit.MICROSECONDS.toNanos(500));
        durations.add(TimeUnit.MICROSECONDS.toNanos(501));
        durations.add(TimeUnit.MILLISECONDS.toNanos(2500));

        assertThat(durations.counts().upTo()).containsExactly(1L, 2L, 2L, 2L, 2L, 2L, 2L, 2L, 2L, 2L, 2L, 3L, 3L);
    }

    @Test
    void countsWhatTookLongerThanAllAsTheLast() {
        durations.add(TimeUnit.SECONDS.toNanos(3));

        assertThat(durations.counts().upTo().getLast()).isEqualTo(1);
        assertThat(durations.counts().upTo().get(Durations.BOUNDS.size() - 1)).isZero();
        assertThat(durations.counts().seconds()).isEqualTo(3);
    }

    @Test
    void beginsWithNothing() {
        assertThat(durations.counts()).isEqualTo(Durations.Counts.NONE);
        assertThat(durations.counts().upTo()).isEqualTo(Collections.nCopies(Durations.BOUNDS.size() + 1, 0L));
    }
}
