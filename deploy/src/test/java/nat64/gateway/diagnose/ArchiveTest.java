// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aPartThatFailsSaysWhyAndTheOthersAreThere() throws Exception {
        var file = directory.resolve("a.zip");

        Archive.write(file, "report", List.of(new Part("good.txt", () -> "all is well\n"), new Part("bad.txt", () -> {
            throw new IOException("no gateway answers");
        })));

        assertThat(read(file))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "report/good.txt", "all is well\n", "report/bad.txt", "not collected: no gateway answers\n"));
    }

    @Test
    void onlyItsOwnerMayReadIt() throws Exception {
        var file = directory.resolve("a.zip");

        Archive.write(file, "report", List.of());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void noFileIsReplaced() throws Exception {
        var file = Files.writeString(directory.resolve("a.zip"), "precious");

        assertThatThrownBy(() -> Archive.write(file, "report", List.of()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("precious");
    }

    @Test
    void theEndOfALongPartIsKept() throws Exception {
        var file = directory.resolve("a.zip");

        Archive.write(file, "report", List.of(new Part("log.txt", () -> "x".repeat(9 << 20) + "the end")));

        assertThat(read(file).get("report/log.txt"))
                .startsWith("(the beginning is left out)")
                .endsWith("the end");
    }

    private static Map<String, String> read(Path file) throws IOException {
        var parts = new HashMap<String, String>();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                var text = zip.getInputStream(entry).readAllBytes();
                parts.put(entry.getName(), new String(text, StandardCharsets.UTF_8));
            }
        }
        return parts;
    }
}
