// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BootClockTest {

    @Test
    void runsForwardInOneBoot() throws Exception {
        var first = BootClock.now();
        var second = BootClock.now();

        assertThat(second.boot()).isEqualTo(first.boot());
        assertThat(second.millis()).isGreaterThanOrEqualTo(first.millis()).isPositive();
    }
}
