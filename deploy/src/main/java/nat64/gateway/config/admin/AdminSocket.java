// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.admin;

import java.nio.file.Path;

/** The Unix domain socket of the admin server, as the key {@code admin.socket} says it. */
public sealed interface AdminSocket {

    /** Where systemd or the host's conventions want it, if the directory can be written. */
    record Auto() implements AdminSocket {}

    /** No socket. */
    record Off() implements AdminSocket {}

    /** This one; the gateway does not start without it. */
    record At(Path path) implements AdminSocket {

        public At {
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException(path + " is not an absolute path");
            }
        }
    }
}
