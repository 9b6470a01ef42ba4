// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with a token. */
@SuppressWarnings("NullAway.Init")
class SecretFileTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private Path file;

    @BeforeEach
    void write(@TempDir Path directory) throws IOException {
        file = Files.writeString(directory.resolve("token"), TOKEN + "\n");
        allow("rw-r-----");
    }

    @Test
    void readsTheTokenOfItsOneLine() throws IOException {
        assertThat(SecretFile.read(file)).isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r---w-"})
    void refusesAFileThatOtherUsersCanUse(String mode) throws IOException {
        allow(mode);

        assertThatThrownBy(() -> SecretFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        file + " can be read or written by every user of this host; run chmod 0640 " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", TOKEN + "\n" + TOKEN, TOKEN + " " + TOKEN})
    void refusesWhatIsNoTokenAndDoesNotTellIt(String text) throws IOException {
        Files.writeString(file, text);

        assertThatThrownBy(() -> SecretFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " must have one line")
                .hasMessageContaining("openssl rand -hex 32")
                .message()
                .doesNotContain(TOKEN);
    }

    @Test
    void saysHowToMakeAFileThatIsMissing() throws IOException {
        Files.delete(file);

        assertThatThrownBy(() -> SecretFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not exist; make one with: openssl rand -hex 32 > " + file);
    }

    private void allow(String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
