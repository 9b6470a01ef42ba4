// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every script of the repository tells how it is used. MainTest covers the commands of nat64. */
class ScriptHelpTest {

    private static final Path LABS = Path.of("../docs/labs");
    private static final List<Path> DIRECTORIES = List.of(
            Path.of("."),
            Path.of("bench"),
            Path.of("package"),
            Path.of("../.ci"),
            LABS,
            Path.of("../docs/site"),
            Path.of("../docs/drawings"));

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} --help")
    @MethodSource("scripts")
    void tellsHowItIsUsed(Path script) throws IOException, InterruptedException {
        var help = Script.run(directory, Duration.ofMinutes(1), script.toString(), "--help");

        assertThat(help.exitCode()).as(help.output()).isZero();
        assertThat(help.output()).contains("Usage: ").doesNotContain("Traceback");
    }

    static Stream<Path> scripts() throws IOException {
        var found = Stream.<Path>builder();
        for (var directory : directories()) {
            try (var files = Files.list(directory)) {
                files.filter(ScriptHelpTest::isScript).sorted().forEach(found);
            }
        }
        return found.build().filter(script -> !script.endsWith("nat64")); // it would build the program first
    }

    private static List<Path> directories() throws IOException {
        try (var labs = Files.list(LABS).filter(Files::isDirectory)) {
            return Stream.concat(DIRECTORIES.stream(), labs).toList();
        }
    }

    private static boolean isScript(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file) && startsWithInterpreter(file);
    }

    private static boolean startsWithInterpreter(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(2), StandardCharsets.US_ASCII).equals("#!");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
