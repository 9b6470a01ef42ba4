// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.files;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the operator is not what it should be. The message begins with its path and says what is wrong. */
public final class UnusableFileException extends IOException {

    private static final long serialVersionUID = 1;

    private final transient Path file;

    UnusableFileException(Path file, String why) {
        super(file + " " + why);
        this.file = file;
    }

    public Path file() {
        return file;
    }
}
