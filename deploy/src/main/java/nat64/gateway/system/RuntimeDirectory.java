// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import java.nio.file.Path;
import java.util.Optional;

/** Where files of the running gateway lie. */
public final class RuntimeDirectory {

    private RuntimeDirectory() {}

    /**
     * The first directory that systemd names in {@code RUNTIME_DIRECTORY}, else {@code /run/nat64}. It may not exist.
     */
    public static Path path() {
        return Path.of(Optional.ofNullable(System.getenv("RUNTIME_DIRECTORY"))
                .map(directories -> directories.replaceFirst(":.*", ""))
                .orElse("/run/nat64"));
    }
}
