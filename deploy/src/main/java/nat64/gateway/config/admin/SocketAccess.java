// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.admin;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Who may use the admin socket: the kernel lets in those who may write to its file.
 *
 * @param group of the file, by name or number; without it, that of the gateway's process
 * @param mode of the file
 */
public record SocketAccess(Optional<String> group, Set<PosixFilePermission> mode) {

    /** The owner and the group of the gateway's process. */
    public static final SocketAccess DEFAULT =
            new SocketAccess(Optional.empty(), PosixFilePermissions.fromString("rw-rw----"));

    public SocketAccess {
        mode = Set.copyOf(mode);
    }

    /** Whether every user of this host may use it. */
    public boolean isOpenToAll() {
        return mode.contains(PosixFilePermission.OTHERS_WRITE);
    }
}
