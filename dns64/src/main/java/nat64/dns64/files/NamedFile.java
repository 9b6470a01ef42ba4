// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.files;

import java.nio.file.Path;
import java.util.Arrays;

/** A file as it was when it was read. */
public final class NamedFile {

    private final Path path;
    private final byte[] bytes;

    /**
     * @param bytes not copied
     */
    NamedFile(Path path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    Path path() {
        return path;
    }

    byte[] bytes() {
        return bytes;
    }

    UnusableFileException unusable(String why) {
        return new UnusableFileException(path, why);
    }

    boolean hasSameBytes(NamedFile other) {
        return Arrays.equals(bytes, other.bytes);
    }
}
