// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbeStateTest {

    private static final Finding PASSED = new Finding.Passed(Duration.ofMillis(3));
    private static final Finding FAILED = new Finding.Failed("no answer", true);
    private static final Finding EXPLAINED = new Finding.Failed("dropped", false);

    private final ProbeState unknown = ProbeState.unknown("p", 0);

    @Test
    void beforeTheFirstAnswerItIsMissingButDoesNotFail() {
        assertThat(unknown.missing()).contains("the probe of p has not come back yet");
        assertThat(unknown.fails()).isFalse();
        assertThat(unknown.after(FAILED, 1).missing()).contains("no answer");
        assertThat(unknown.after(FAILED, 1).fails()).isFalse();
    }

    @Test
    void oneLossIsChanceAndTwoAreNot() {
        var once = unknown.after(PASSED, 1).after(FAILED, 2);
        assertThat(once.fails()).isFalse();
        assertThat(once.missing()).isEmpty();

        var twice = once.after(EXPLAINED, 3);
        assertThat(twice.fails()).isTrue();
        assertThat(twice.missing()).contains("dropped");
        assertThat(twice.after(PASSED, 4).missing()).isEmpty();
    }

    @Test
    void theRoundTripIsThatOfTheLastTry() {
        assertThat(unknown.after(PASSED, 1).roundTrip()).contains(Duration.ofMillis(3));
        assertThat(unknown.after(PASSED, 1).after(FAILED, 2).roundTrip()).isEmpty();
    }

    @Test
    void onlyWhatNothingExplainsAndOnceWorkedIsAMystery() {
        var passed = unknown.after(PASSED, 1);
        assertThat(passed.after(FAILED, 2).after(FAILED, 3).isMystery(2)).isTrue();
        assertThat(passed.after(FAILED, 2).isMystery(2)).isFalse();
        assertThat(passed.after(FAILED, 2).after(EXPLAINED, 3).isMystery(2)).isFalse();
        assertThat(unknown.after(FAILED, 2).after(FAILED, 3).isMystery(2)).isFalse();
    }
}
