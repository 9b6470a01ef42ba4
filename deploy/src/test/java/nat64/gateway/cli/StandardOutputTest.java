// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own, where no test has set up logging before. */
class StandardOutputTest {

    @TempDir
    Path directory;

    @Test
    void checkPrintsItsReportAndNoLog() throws Exception {
        var file = Files.writeString(directory.resolve("nat64.yaml"), "dns64: {listen: [\"[::1]:53\"]}\n");
        var errors = directory.resolve("errors").toFile();
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        Main.class.getName(),
                        "check",
                        "--config",
                        file.toString())
                .redirectError(errors)
                .start();
        var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

        assertThat(process.exitValue()).as(Files.readString(errors.toPath())).isZero();
        assertThat(lines).first().isEqualTo(file + ": fine. The gateway would:");
        assertThat(lines.subList(1, lines.size()))
                .allMatch(line -> line.startsWith("  ")
                        || line.startsWith("On this host")
                        || line.equals("Nothing on this host is in the way."));
    }

    /** Without what configures the logging of tests. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Files.exists(Path.of(entry, "logback-test.xml")))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
