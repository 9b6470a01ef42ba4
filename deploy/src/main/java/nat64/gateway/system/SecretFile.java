// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.regex.Pattern;

/** A file that holds one token (RFC 6750, section 2.1), and that no other user may read. No message contains it. */
public final class SecretFile {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{32,512}=*");
    private static final int LARGEST = 4096;
    private static final String MAKE = "make one with: openssl rand -hex 32 >";

    private SecretFile() {}

    /**
     * Reads the token.
     *
     * @throws IOException if it can't be used; the message begins with the path and says what to do
     */
    public static String read(Path file) throws IOException {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(SecretFile::isOfOthers)) {
                throw new IOException("%s can be read or written by every user of this host; run chmod 0640 %s, and"
                                .formatted(file, file)
                        + " write a new token into it");
            }
            if (Files.size(file) > LARGEST) {
                throw new IOException(file + " is too large for a token; " + MAKE + " " + file);
            }
            var token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (!TOKEN.matcher(token).matches()) {
                throw new IOException(
                        "%s must have one line with 32 to 512 of the characters A-Z a-z 0-9 . _ ~ + / -; %s %s"
                                .formatted(file, MAKE, file));
            }
            return token;
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist; " + MAKE + " " + file, e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " can't be read: permission denied; give it to the group of this process", e);
        }
    }

    private static boolean isOfOthers(PosixFilePermission permission) {
        return permission == PosixFilePermission.OTHERS_READ || permission == PosixFilePermission.OTHERS_WRITE;
    }
}
