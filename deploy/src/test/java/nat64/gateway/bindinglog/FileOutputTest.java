// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import nat64.gateway.bindinglog.format.Batch;
import nat64.gateway.bindinglog.format.JsonEncoder;
import nat64.gateway.bindinglog.format.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class FileOutputTest {

    @TempDir
    private Path directory;

    @Test
    void appendsToWhatIsThere() throws IOException {
        var file = Files.writeString(directory.resolve("log"), "before\n");
        try (var output = new FileOutput(file)) {
            output.write(batch(1));
            output.write(batch(2));
        }

        assertThat(Files.readAllLines(file)).hasSize(3).first().isEqualTo("before");
    }

    @Test
    void aNewFileIsNotForEveryone() throws IOException {
        var file = directory.resolve("log");
        try (var output = new FileOutput(file)) {
            output.write(batch(1));
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .matches("rw-[r-]-----");
    }

    @Test
    void afterARenameTheRestGoesIntoANewFile() throws IOException {
        var file = directory.resolve("log");
        try (var output = new FileOutput(file)) {
            output.write(batch(1));
            Files.move(file, directory.resolve("log.1"));
            output.write(batch(2));
            output.write(batch(3));
        }

        assertThat(Files.readString(directory.resolve("log.1"))).isEqualTo(line(1));
        assertThat(Files.readString(file)).isEqualTo(line(2) + line(3));
    }

    @Test
    void aFileThatWasPutInItsPlaceIsUsed() throws IOException {
        var file = directory.resolve("log");
        try (var output = new FileOutput(file)) {
            output.write(batch(1));
            Files.move(file, directory.resolve("log.1"));
            Files.writeString(file, "new\n"); // `create` of logrotate
            output.write(batch(2));
        }

        assertThat(Files.readString(file)).isEqualTo("new\n" + line(2));
    }

    @Test
    void afterATruncationTheRestBeginsAtTheStart() throws IOException {
        var file = directory.resolve("log");
        try (var output = new FileOutput(file)) {
            output.write(batch(1));
            Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close(); // `copytruncate` of logrotate
            output.write(batch(2));
        }

        assertThat(Files.readString(file)).isEqualTo(line(2));
    }

    @Test
    void aDirectoryThatComesBackIsUsedAgain() throws IOException {
        var folder = Files.createDirectory(directory.resolve("folder"));
        var file = folder.resolve("log");
        try (var output = new FileOutput(file)) {
            Files.delete(file);
            Files.delete(folder);
            var batch = batch(1);
            assertThatThrownBy(() -> output.write(batch)).isInstanceOf(IOException.class);
            Files.createDirectory(folder);
            output.write(batch);
        }

        assertThat(Files.readString(file)).isEqualTo(line(1));
    }

    @Test
    void aMissingDirectoryIsToldWithWhatHelps() {
        var file = directory.resolve("no/log");

        assertThatThrownBy(() -> new FileOutput(file))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot append to " + file + ", which translator.binding-log.json.file names (no such"
                        + " directory); create its directory, and let the user of the gateway write there");
    }

    private static Batch batch(int second) {
        var batch = new Batch();
        new JsonEncoder().encode(new LogRecord.LogEnd(1000L * second), batch, 0);
        return batch;
    }

    private static String line(int second) {
        return "{\"time\":\"1970-01-01T00:00:0" + second + ".000Z\",\"event\":\"log_end\"}\n";
    }
}
