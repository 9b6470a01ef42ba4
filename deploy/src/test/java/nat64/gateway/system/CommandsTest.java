// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void readsMoreThanAPipeHolds() throws HostException {
        assertThat(Commands.run(List.of("sh", "-c", "seq 100000"))).hasLineCount(100_000);
    }

    @Test
    void feedsMoreThanAPipeHolds() throws HostException {
        var lines = IntStream.range(0, 100_000).mapToObj(String::valueOf).toList();

        assertThat(Commands.feed(List.of("cat"), lines).output()).hasLineCount(100_000);
        assertThat(Commands.feed(List.of("true"), lines).isSuccess()).isTrue();
    }

    @Test
    void tellsHowACommandEnded() throws HostException {
        var result = Commands.attempt(List.of("sh", "-c", "echo told >&2; exit 3"), Duration.ofSeconds(60));

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

    @Test
    void readsJsonBesideWarnings() throws HostException {
        var script = "#!/bin/sh\necho careful >&2\necho '[{\"a\": 1}]'\n";

        assertThat(Commands.json(executable(script)).path(0).path("a").asInt()).isEqualTo(1);
    }

    @Test
    void saysWhatIsNotJson() {
        assertThatThrownBy(() -> Commands.json("echo nonsense"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("echo nonsense: not JSON");
    }

    @Test
    void saysWhyACommandForJsonFailed() {
        assertThatThrownBy(() -> Commands.json("ls /no/such/directory"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("No such file");
    }

    private String executable(String script) {
        try {
            var file = Files.writeString(directory.resolve("tool"), script);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
