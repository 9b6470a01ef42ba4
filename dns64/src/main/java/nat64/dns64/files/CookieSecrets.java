// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import nat64.dns64.message.ServerCookies;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of server cookies: those of a file that several servers share, followed when it changes (RFC 9018,
 * section 5), or else random ones, each for a day and good for one more. Any thread may read them; one looks.
 */
public final class CookieSecrets {

    private static final Duration LIFETIME = Duration.ofDays(1);
    private static final int MOST = 8;
    private static final HexFormat HEX = HexFormat.of();

    private final Optional<FollowedFiles<ServerCookies>> file;
    private final InstantSource clock;
    private byte[] newest = random();
    private Instant made;
    private volatile ServerCookies random;

    /**
     * Reads the file, if there is one.
     *
     * @throws IOException if it can't be used; it names the file and the reason
     */
    public CookieSecrets(Optional<Path> path, InstantSource clock) throws IOException {
        this.file = path.isEmpty()
                ? Optional.empty()
                : Optional.of(new FollowedFiles<>(List.of(path.get()), files -> read(files.getFirst())));
        this.clock = clock;
        this.made = clock.instant();
        this.random = new ServerCookies(List.of(newest));
    }

    public ServerCookies current() {
        return file.isPresent() ? file.get().current() : random;
    }

    /** Takes what the file says now, or makes another random secret when it is time. */
    public void look() {
        if (file.isPresent()) {
            file.get().look();
        } else if (clock.instant().isAfter(made.plus(LIFETIME))) {
            rollOver();
        }
    }

    private synchronized void rollOver() {
        byte[] next = random();
        random = new ServerCookies(List.of(next, newest));
        newest = next;
        made = clock.instant();
    }

    /** One secret per line, 32 hexadecimal digits; what follows a # is a remark. */
    private static ServerCookies read(NamedFile file) throws UnusableFileException {
        var secrets = new ArrayList<byte[]>();
        for (var line :
                new String(file.bytes(), StandardCharsets.ISO_8859_1).lines().toList()) {
            var text = line.replaceFirst("#.*", "").trim();
            if (!text.isEmpty()) {
                byte[] secret = secret(text);
                if (secret == null) {
                    throw file.unusable("has a line that is not a secret; write 32 hexadecimal digits per line");
                }
                secrets.add(secret);
            }
        }
        if (secrets.isEmpty() || secrets.size() > MOST) {
            throw file.unusable(
                    "has " + secrets.size() + " secrets; write one to 8, each 32 hexadecimal digits on a line");
        }
        return new ServerCookies(secrets);
    }

    private static byte @Nullable [] secret(String text) {
        try {
            byte[] bytes = HEX.parseHex(text);
            return bytes.length == ServerCookies.SECRET_LENGTH ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] random() {
        byte[] secret = new byte[ServerCookies.SECRET_LENGTH];
        new SecureRandom().nextBytes(secret);
        return secret;
    }
}
