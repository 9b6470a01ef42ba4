// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import java.io.IOException;

/** A capture file that can't be read; the message names the file, says why, and what helps. */
public final class CaptureException extends IOException {

    private static final long serialVersionUID = 1;

    CaptureException(String message) {
        super(message);
    }
}
