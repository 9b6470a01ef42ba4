// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsTest {

    @Test
    void readsMoreThanAPipeHolds() throws HostException {
        assertThat(Commands.run(List.of("sh", "-c", "seq 100000"))).hasLineCount(100_000);
    }

    @Test
    void tellsHowACommandEnded() throws HostException {
        var result = Commands.attempt(List.of("sh", "-c", "echo told >&2; exit 3"), Duration.ofSeconds(5));

        assertThat(result).isEqualTo(new Commands.Result(3, "told\n"));
    }

    @Test
    void killsACommandThatTakesTooLong() {
        assertThatThrownBy(() -> Commands.attempt(List.of("sleep", "60"), Duration.ofMillis(50)))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("took longer");
    }

    @Test
    void findsNoToolThatIsNotThere() {
        assertThat(Commands.locate("nat64-no-such-tool")).isEmpty();
        assertThat(Commands.locate("sh")).isPresent();
    }
}
