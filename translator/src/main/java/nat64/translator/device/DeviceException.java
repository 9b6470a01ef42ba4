// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import java.io.IOException;

/** A packet device that can't be had; the message says why and what helps. */
public final class DeviceException extends IOException {

    private static final long serialVersionUID = 1;

    public DeviceException(String message) {
        super(message);
    }
}
