// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LastingPortsTest {

    private static final long SECOND = 1_000_000_000;

    private final LastingPorts ports = new LastingPorts();

    @Test
    void takesAllThatAreThereAtTheFirstLook() {
        assertThat(ports.of(List.of(7, 5), 0)).containsExactly(5, 7);
    }

    @Test
    void takesOthersAfterTenSecondsWithoutAGap() {
        ports.of(List.of(5), 0);
        assertThat(ports.of(List.of(5, 8, 9), SECOND)).containsExactly(5);
        assertThat(ports.of(List.of(5, 8), 6 * SECOND)).containsExactly(5);
        assertThat(ports.of(List.of(5, 8, 9), 11 * SECOND)).containsExactly(5, 8);
        assertThat(ports.of(List.of(8), 12 * SECOND)).containsExactly(8);
    }
}
