// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepeatedProbeTest {

    private final LinkedBlockingQueue<Finding> findings = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Boolean> asked = new LinkedBlockingQueue<>();

    /** Answers what the test says, and waits for it. */
    private final RepeatedProbe.Round round = new RepeatedProbe.Round() {
        @Override
        public Map<String, Finding> ask() {
            asked.add(true);
            try {
                return Map.of("p", findings.take());
            } catch (InterruptedException e) {
                return Map.of();
            }
        }

        @Override
        public void cancel() {
            findings.add(new Finding.Failed("cancelled", false));
        }
    };

    @Test
    void eachTryIsLearnt() throws Exception {
        try (var probe = RepeatedProbe.start("test", Duration.ofMillis(1), List.of("p"), round)) {
            awaitTry();
            assertThat(probe.missing()).containsExactly("the probe of p has not come back yet");
            assertThat(probe.fails("p")).isFalse();

            findings.add(new Finding.Passed(Duration.ofMillis(1)));
            awaitTry();
            assertThat(probe.missing()).isEmpty();

            findings.add(new Finding.Failed("lost", false));
            awaitTry();
            findings.add(new Finding.Failed("lost again", false));
            awaitTry();
            assertThat(probe.missing()).containsExactly("lost again");
            assertThat(probe.fails("p")).isTrue();
            assertThat(probe.fails("unknown")).isFalse();
            assertThat(probe.states()).hasSize(1);
        }
    }

    private void awaitTry() throws InterruptedException {
        assertThat(asked.poll(60, TimeUnit.SECONDS)).isTrue();
    }
}
