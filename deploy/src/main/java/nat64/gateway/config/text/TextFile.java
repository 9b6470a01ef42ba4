// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file of the operator as text. */
public final class TextFile {

    private static final int LARGEST = 32 << 20;

    private TextFile() {}

    /**
     * All of a file.
     *
     * @param ifMissing what to do if it is not there
     * @throws MalformedTextException if it can't be read, is too large or is not text
     */
    public static String read(Source source, Path file, String ifMissing) throws MalformedTextException {
        try {
            if (Files.notExists(file)) {
                throw refusal(source, "there is no such file; " + ifMissing);
            }
            if (Files.isDirectory(file)) {
                throw refusal(source, "this is a directory; name the file in it");
            }
            return decode(source, head(file));
        } catch (AccessDeniedException e) {
            throw refusal(source, "permission denied; change the owner or mode of the file");
        } catch (IOException e) {
            throw refusal(source, "cannot be read: " + e.getMessage());
        }
    }

    /** All of a file, or of one that is too large enough to know that. */
    public static byte[] head(Path file) throws IOException {
        try (var input = Files.newInputStream(file)) {
            return input.readNBytes(LARGEST + 1); // endless files, such as /dev/zero, too
        }
    }

    private static String decode(Source source, byte[] bytes) throws MalformedTextException {
        if (bytes.length > LARGEST) {
            throw refusal(source, "is larger than 32 MiB; this is not a configuration of nat64");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refusal(source, "is not UTF-8 text; save it as UTF-8");
        }
    }

    private static MalformedTextException refusal(Source source, String text) {
        return new MalformedTextException(source.at(0), text);
    }
}
