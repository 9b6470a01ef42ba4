// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-116")
class ServerHealthTest {

    private static final long RTT = TimeUnit.MILLISECONDS.toNanos(10);

    private final ServerHealth health = new ServerHealth();
    private long now;

    @Test
    void forgivesTwoSilencesButNotThree() {
        assertThat(health.silent(now)).isFalse();
        assertThat(health.silent(now)).isFalse();
        assertThat(health.isReliable()).isTrue();

        assertThat(health.silent(now)).isTrue();
        assertThat(health.isReliable()).isFalse();
    }

    @Test
    void startsAfreshWithEachAnswer() {
        for (int i = 0; i < 10; i++) {
            health.silent(now);
            health.silent(now);
            health.answered(RTT);
        }

        assertThat(health.isReliable()).isTrue();
    }

    @Test
    void opensAfterALongRunOfFailuresOnly() {
        for (int i = 0; i < 1000; i++) {
            health.failed(RTT, now);
            health.failed(RTT, now);
            health.answered(RTT);
        }
        assertThat(health.isReliable()).isTrue();

        for (int i = 0; i < 100; i++) {
            health.failed(RTT, now);
        }
        assertThat(health.isReliable()).isFalse();
    }

    @Test
    void probesAtOnceThenAfterPausesThatDouble() {
        open();
        for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
            assertThat(health.needsProbe(now)).isTrue();
            health.probeFailed(now);
            now += TimeUnit.SECONDS.toNanos(seconds) - 1;
            assertThat(health.needsProbe(now)).isFalse();
            now++;
        }
    }

    @Test
    void closesWithTheFirstAnswer() {
        open();

        assertThat(health.answered(RTT)).isTrue();
        assertThat(health.isReliable()).isTrue();
        assertThat(health.needsProbe(now)).isFalse();
        assertThat(health.answered(RTT)).isFalse();
    }

    @Test
    void anyResponseEndsTheDistrustThatSilenceEarned() {
        open();

        assertThat(health.heardOf()).isTrue();
        health.failed(RTT, now);
        assertThat(health.isReliable()).isTrue();
        assertThat(health.heardOf()).isFalse();
    }

    @Test
    void errorsDoNotEndTheDistrustThatErrorsEarned() {
        for (int i = 0; i < 100; i++) {
            health.failed(RTT, now);
        }

        assertThat(health.heardOf()).isFalse();
        assertThat(health.isReliable()).isFalse();
    }

    @Test
    void smoothsTheRoundTripTime() {
        health.answered(800);
        health.answered(1600);

        assertThat(health.roundTripNanos()).isEqualTo(900);
    }

    private void open() {
        for (int i = 0; i < 3; i++) {
            health.silent(now);
        }
        assertThat(health.isReliable()).isFalse();
    }
}
