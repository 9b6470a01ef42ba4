// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.capture;

import java.io.IOException;
import java.nio.file.Path;

/** A capture file that can't be read; the message names the file, says why, and what helps. */
public final class CaptureException extends IOException {

    private static final long serialVersionUID = 1;

    CaptureException(String message) {
        super(message);
    }

    static CaptureException ofLinkType(Path file, int number) {
        return new CaptureException(file + " has link type " + number
                + "; only Ethernet (1) and raw IP (101) are read: capture on one interface, not on \"any\"");
    }
}
