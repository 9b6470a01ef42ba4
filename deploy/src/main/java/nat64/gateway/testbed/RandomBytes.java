// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** A file of any size that looks random and is always the same: what the server sends, and what must arrive. */
public final class RandomBytes {

    private static final int BLOCK = 1 << 16;
    private static final long SEED = 64;

    private RandomBytes() {}

    /** Writes the first octets of it. */
    public static void write(long count, OutputStream out) throws IOException {
        var random = new SplittableRandom(SEED);
        var block = new byte[BLOCK];
        for (long left = count; left > 0; left -= BLOCK) {
            random.nextBytes(block);
            out.write(block, 0, (int) Math.min(left, BLOCK));
        }
    }

    /** SHA-256 of the first octets of it, in hexadecimal. */
    public static String sha256(long count) {
        var digest = newSha256();
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            write(count, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing is written to anything
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of all that a stream has, in hexadecimal. */
    static String sha256(InputStream in) throws IOException {
        var digest = newSha256();
        in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
