// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import nat64.dns64.Serving;
import nat64.dns64.message.ServerCookies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieSecretsTest {

    private static final byte[] CLIENT = {(byte) 192, 0, 2, 1};
    private static final String FIRST = "e5e973e5a6b2a43f48e7dc849e37bfcf";
    private static final String SECOND = "445536bcd2513298075a5d379663c962";

    @TempDir
    private Path folder;

    private Instant now = Serving.NOW;

    @Test
    void makesRandomSecretsThatNobodyShares() throws IOException {
        byte[] cookie = cookie(random().current());

        assertThat(isGood(random().current(), cookie)).isFalse();
    }

    @Test
    void changesARandomSecretDailyAndForgetsItADayLater() throws IOException {
        var secrets = random();
        byte[] cookie = cookie(secrets.current());
        now = now.plus(Duration.ofHours(23));
        secrets.look();
        assertThat(cookie(secrets.current())).isEqualTo(cookie);

        now = now.plus(Duration.ofHours(2));
        secrets.look();
        assertThat(cookie(secrets.current())).isNotEqualTo(cookie);
        assertThat(isGood(secrets.current(), cookie)).isTrue();

        now = now.plus(Duration.ofHours(25));
        secrets.look();
        assertThat(isGood(secrets.current(), cookie)).isFalse();
    }

    @Test
    void readsSecretsOfAFileAndFollowsIt() throws IOException {
        var file = write("# of all servers\n" + FIRST + " # the old one\n\n");
        var secrets = new CookieSecrets(Optional.of(file), () -> now);
        byte[] cookie = cookie(secrets.current());
        Files.writeString(file, SECOND + "\n" + FIRST + "\n");
        secrets.look();

        assertThat(cookie(secrets.current())).isNotEqualTo(cookie);
        assertThat(isGood(secrets.current(), cookie)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "0011", FIRST + SECOND, "secret"})
    void refusesFilesWithoutSecrets(String text) throws IOException {
        var file = write(text);

        assertThatThrownBy(() -> new CookieSecrets(Optional.of(file), () -> now))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " has ")
                .hasMessageContaining("32 hexadecimal digits");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("secrets"), text);
    }

    private CookieSecrets random() throws IOException {
        return new CookieSecrets(Optional.empty(), () -> now);
    }

    /** Always of the same second, so that only the secret makes a difference. */
    private static byte[] cookie(ServerCookies cookies) {
        byte[] cookie = new byte[ServerCookies.BOTH_COOKIES];
        cookies.renew(cookie, CLIENT, Serving.NOW.getEpochSecond());
        return cookie;
    }

    private static boolean isGood(ServerCookies cookies, byte[] cookie) {
        return cookies.isGood(cookie, CLIENT, Serving.NOW.getEpochSecond());
    }
}
