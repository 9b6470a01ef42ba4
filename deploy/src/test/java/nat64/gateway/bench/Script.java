// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A program that ended, and what it printed. */
record Script(int exitCode, String output) {

    /** Runs a command in the directory of the module; it fails the test if it takes longer. */
    static Script run(Path directory, Duration patience, String... command) throws IOException, InterruptedException {
        var printed = directory.resolve("printed");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            assertThat(process.waitFor(patience.toSeconds(), TimeUnit.SECONDS))
                    .as("%s ends within %s", command[0], patience)
                    .isTrue();
        } finally {
            process.destroy();
        }
        return new Script(process.exitValue(), Files.readString(printed, StandardCharsets.UTF_8));
    }
}
