// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllowanceTest {

    private long now;
    private final Allowance allowance = new Allowance(2, 10, () -> now);

    @Test
    void allowsSomeAtOnceAndThenOnePerPeriod() {
        assertThat(allowance.take()).isTrue();
        assertThat(allowance.take()).isTrue();
        assertThat(allowance.take()).isFalse();
        now = 9;
        assertThat(allowance.take()).isFalse();
        now = 10;
        assertThat(allowance.take()).isTrue();
        assertThat(allowance.take()).isFalse();
    }

    @Test
    void savesNoMoreThanItHasAtFirst() {
        now = 1000;
        assertThat(allowance.take()).isTrue();
        assertThat(allowance.take()).isTrue();
        assertThat(allowance.take()).isFalse();
    }
}
