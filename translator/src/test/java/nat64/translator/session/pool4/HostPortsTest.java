// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostPortsTest {

    @Test
    void holdsEachPortGivenAndNoOther() {
        var ports = HostPorts.of(IntStream.of(0, 63, 64, 51_820, 65_535));
        assertThat(IntStream.rangeClosed(0, 65_535).filter(ports::contains)).containsExactly(0, 63, 64, 51_820, 65_535);
        assertThat(ports.stream()).containsExactly(0, 63, 64, 51_820, 65_535);
        assertThat(ports).hasToString("0, 63, 64, 51820, 65535");
    }

    @Test
    void isEqualToAnotherWithTheSamePorts() {
        assertThat(HostPorts.of(IntStream.of(1, 2)))
                .isEqualTo(HostPorts.of(IntStream.of(2, 1)))
                .hasSameHashCodeAs(HostPorts.of(IntStream.of(2, 1)))
                .isNotEqualTo(HostPorts.NONE);
    }

    @Test
    void refusesWhatIsNotAPort() {
        assertThatThrownBy(() -> HostPorts.of(IntStream.of(65_536))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HostPorts.of(IntStream.of(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
