// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RouteLooksTest {

    private long now;
    private final RouteLooks looks = new RouteLooks(() -> now);

    @Test
    void theFirstLookReadsThem() {
        assertThat(looks.isDue()).isTrue();
    }

    @Test
    void fewRoutesAreReadAtEachLook() {
        read(Duration.ofMillis(10));
        pass(Duration.ofSeconds(3));

        assertThat(looks.isDue()).isTrue();
    }

    @Test
    void manyRoutesAreReadForAHundredthOfTheTime() {
        read(Duration.ofMillis(300));
        pass(Duration.ofSeconds(29));
        assertThat(looks.isDue()).isFalse();

        pass(Duration.ofSeconds(1));
        assertThat(looks.isDue()).isTrue();
    }

    @Test
    void afterAChangeManyRoutesAreReadSooner() {
        read(Duration.ofMillis(300));
        looks.hear();
        pass(Duration.ofSeconds(5));
        assertThat(looks.isDue()).isFalse();

        pass(Duration.ofSeconds(1));
        assertThat(looks.isDue()).isTrue();
    }

    @Test
    void aChangeWhileTheyAreReadIsNotForgotten() {
        looks.begin();
        looks.hear();
        pass(Duration.ofMillis(300));
        looks.end();
        pass(Duration.ofSeconds(6));

        assertThat(looks.isDue()).isTrue();
    }

    @Test
    void theyAreReadOnceAMinuteInAnyCase() {
        read(Duration.ofSeconds(10));
        pass(Duration.ofMinutes(1));

        assertThat(looks.isDue()).isTrue();
    }

    @Test
    void theyAreReadAtOnceWhereThatIsRequired() {
        read(Duration.ofSeconds(10));
        looks.require();

        assertThat(looks.isDue()).isTrue();
    }

    private void read(Duration cost) {
        looks.begin();
        pass(cost);
        looks.end();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
