// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class DemoCommandTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "4K, 4000", "100M, 100000000", "10G, 10000000000"})
    void readsSizes(String text, long octets) {
        assertThat(new DemoCommand.Size().convert(text)).isEqualTo(octets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--size=", "--size=M", "--size=1.5M", "--size=-1", "--size=1T", "--offload=maybe"})
    void refusesWhatIsNoValue(String option) {
        assertThatThrownBy(() -> new CommandLine(new DemoCommand()).parseArgs(option))
                .isInstanceOf(ParameterException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--offload=on", "--offload=off", "--size=100M", "--keep", "--remove"})
    void takesItsOptions(String option) {
        assertThat(new CommandLine(new DemoCommand()).parseArgs(option).hasMatchedOption(option.split("=", 2)[0]))
                .isTrue();
    }
}
