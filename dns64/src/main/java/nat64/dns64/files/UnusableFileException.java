// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.files;

import java.io.IOException;

/** A file of the operator is not what it should be. The message begins with its path and says what is wrong. */
final class UnusableFileException extends IOException {

    private static final long serialVersionUID = 1;

    UnusableFileException(String message) {
        super(message);
    }
}
