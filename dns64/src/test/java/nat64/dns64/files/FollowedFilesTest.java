// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R-110")
class FollowedFilesTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("number"), "1");
    }

    @Test
    void readsAtOnce() throws IOException {
        assertThat(followed().current()).isEqualTo(1);
    }

    @Test
    void takesAChangedFile() throws IOException {
        var followed = followed();
        Files.writeString(file, "2");
        followed.look();

        assertThat(followed.current()).isEqualTo(2);
        assertThat(followed.reloads()).isEqualTo(1);
    }

    @Test
    void makesNothingAnewWhileNothingChanges() throws IOException {
        var followed = followed();
        followed.look();
        followed.look();

        assertThat(followed.reloads()).isZero();
    }

    @Test
    void keepsWhatIsGoodAndCountsWhatIsBadOnce() throws IOException {
        var followed = followed();
        Files.writeString(file, "two");
        followed.look();
        followed.look();

        assertThat(followed.current()).isEqualTo(1);
        assertThat(followed.failures()).isEqualTo(1);

        Files.delete(file);
        followed.look();
        assertThat(followed.current()).isEqualTo(1);
        assertThat(followed.failures()).isEqualTo(2);

        Files.writeString(file, "3");
        followed.look();
        assertThat(followed.current()).isEqualTo(3);
    }

    /** As the kubelet does with the secrets that cert-manager writes. */
    @Test
    void followsALinkThatIsReplaced() throws IOException {
        Files.writeString(folder.resolve("other"), "2");
        var link = Files.createSymbolicLink(folder.resolve("link"), file);
        var followed = new FollowedFiles<>(List.of(link), FollowedFilesTest::number);
        var next = Files.createSymbolicLink(folder.resolve("next"), folder.resolve("other"));
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
        followed.look();

        assertThat(followed.current()).isEqualTo(2);
    }

    @Test
    void saysWhichFileIsNotThere() {
        var missing = folder.resolve("missing");

        assertThatThrownBy(() -> new FollowedFiles<>(List.of(missing), FollowedFilesTest::number))
                .isInstanceOf(IOException.class)
                .hasMessage(missing + " does not exist");
    }

    @Test
    void readsNoFolder() {
        assertThatThrownBy(() -> new FollowedFiles<>(List.of(folder), FollowedFilesTest::number))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(folder + " can't be read: ");
    }

    private FollowedFiles<Integer> followed() throws IOException {
        return new FollowedFiles<>(List.of(file), FollowedFilesTest::number);
    }

    private static int number(List<NamedFile> files) throws IOException {
        try {
            return Integer.parseInt(new String(files.getFirst().bytes(), UTF_8));
        } catch (NumberFormatException e) {
            throw new IOException("no number", e);
        }
    }
}
