// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import nat64.gateway.system.SecretFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The token of a file, followed when it changes; a bad file is logged once, and the last good token stays. */
public final class FollowedToken {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedToken.class);

    private final Path file;
    private volatile byte[] digest;
    private String complaint = "";

    /**
     * Reads the file.
     *
     * @throws IOException if it can't be used; the message says what to do
     */
    public FollowedToken(Path file) throws IOException {
        this.file = file;
        this.digest = digest(SecretFile.read(file));
    }

    /** Whether a client has sent the token. Takes as long whatever it has sent. */
    public boolean is(String sent) {
        return MessageDigest.isEqual(digest, digest(sent));
    }

    /** Looks whether the file has changed. Reads from the disk; one thread at a time. */
    public synchronized void look() {
        try {
            byte[] now = digest(SecretFile.read(file));
            if (!MessageDigest.isEqual(digest, now)) {
                digest = now;
                LOG.info("reloaded {}", file);
            }
            complaint = "";
        } catch (IOException e) {
            var message = String.valueOf(e.getMessage());
            if (!message.equals(complaint)) {
                complaint = message;
                LOG.warn("{}; the previous token stays in use", message);
            }
        }
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
