// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.common;

import java.nio.file.Path;
import java.util.Optional;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;

/** How the path of a table is written. */
public final class TableFormats {

    private TableFormats() {}

    /** A path, which may be relative to the file that has it; the word {@code none} means no file. */
    public static Format<Optional<Path>> orNone(String example) {
        return Formats.orNone(Format.of(example, TableFormats::file));
    }

    private static Path file(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("this is not the name of a file");
        }
        return Path.of(text);
    }
}
