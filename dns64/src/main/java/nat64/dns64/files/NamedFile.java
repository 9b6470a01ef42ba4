// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.files;

import java.nio.file.Path;
import java.util.Arrays;

/** A file as it was when it was read. */
public final class NamedFile {

    private final Path path;
    private final byte[] octets;

    /**
     * @param octets not copied
     */
    NamedFile(Path path, byte[] octets) {
        this.path = path;
        this.octets = octets;
    }

    Path path() {
        return path;
    }

    byte[] octets() {
        return octets;
    }

    UnusableFileException unusable(String why) {
        return new UnusableFileException(path + " " + why);
    }

    boolean hasSameOctets(NamedFile other) {
        return Arrays.equals(octets, other.octets);
    }
}
