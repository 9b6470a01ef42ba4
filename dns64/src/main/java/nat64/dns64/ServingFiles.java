// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nat64.dns64.files.CookieSecrets;
import nat64.dns64.files.FollowedFiles;
import nat64.dns64.files.ServerCertificate;
import nat64.dns64.files.UnusableFileException;
import nat64.dns64.settings.ServingSettings;

/** The files that a DNS64 reads when it starts, checked before it does. Any thread may use it. */
public final class ServingFiles {

    private ServingFiles() {}

    /**
     * Reads the files that the settings name.
     *
     * @return those that can't be used, each with a message that begins with its path and says why
     */
    public static Map<Path, String> unusable(ServingSettings settings, InstantSource clock) {
        var found = new LinkedHashMap<Path, String>();
        settings.tls().ifPresent(tls -> {
            var files = List.of(tls.certificate(), tls.key());
            read(
                    found,
                    tls.certificate(),
                    () -> new FollowedFiles<>(files, read -> {
                        return ServerCertificate.read(read.getFirst(), read.getLast(), clock.instant());
                    }));
        });
        settings.cookieSecrets()
                .ifPresent(file -> read(found, file, () -> new CookieSecrets(settings.cookieSecrets(), clock)));
        return found;
    }

    private interface Reader {
        Object read() throws IOException;
    }

    private static void read(Map<Path, String> unusable, Path file, Reader reader) {
        try {
            var _ = reader.read();
        } catch (UnusableFileException e) {
            unusable.put(e.file(), String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) { // the JDK throws either at certificates that make no sense
            unusable.put(file, file + " can't be used: " + e.getMessage());
        }
    }
}
