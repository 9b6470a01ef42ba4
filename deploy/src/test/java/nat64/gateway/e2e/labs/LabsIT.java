// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.labs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.system.Commands;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The labs of docs/labs. A difference between a page and what its lab prints is in the output. */
@ExtendWith(NeedsBed.class)
class LabsIT {

    private static final Path LABS = Path.of("../docs/labs");

    @ParameterizedTest
    @MethodSource("labs")
    void printsWhatItsPageShowsAndLeavesNothing(String lab) throws Exception {
        try {
            var run = Commands.attempt(List.of(LABS.resolve("run-all").toString(), lab), Duration.ofMinutes(15));

            assumeFalse(run.output().startsWith("SKIP"), run.output());
            assertThat(run.exitCode()).as(run.output()).isZero();
        } finally {
            Commands.attempt(List.of(LABS.resolve(lab).resolve("lab").toString(), "down"), Duration.ofMinutes(1));
        }
    }

    static Stream<String> labs() throws IOException {
        try (var folders = Files.list(LABS)) {
            return folders
                    .filter(folder -> Files.exists(folder.resolve("lab")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
