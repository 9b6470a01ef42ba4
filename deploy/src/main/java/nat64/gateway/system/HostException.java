// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import java.util.Objects;

/** The host can't be made a gateway; the message says why and what to do about it. */
public final class HostException extends Exception {

    private static final long serialVersionUID = 1L;

    public HostException(String message) {
        super(message);
    }

    public HostException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
