// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64;

import java.nio.file.Path;
import java.util.Optional;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;

/** How the path of a file is written. */
final class FileFormats {

    private FileFormats() {}

    /** A path from the root on; the word {@code none} is none. */
    static Format<Optional<Path>> orNone(String example) {
        return Formats.orNone(Format.of(example, FileFormats::file));
    }

    private static Path file(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException(text + " is not an absolute path; write the path from / on");
        }
        return Path.of(text);
    }
}
