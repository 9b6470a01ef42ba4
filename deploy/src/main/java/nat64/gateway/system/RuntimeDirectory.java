// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import java.io.IOException;
import java.nio.file.Files;
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

    /**
     * A file of the gateway with a device. A device name is unique in its network namespace only, and so is the file.
     *
     * @param kind how its name ends, such as {@code .undo}
     * @throws HostException if the network namespace has no name
     */
    public static Path file(String device, String kind) throws HostException {
        try {
            var namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
            return path().resolve(device + "-" + namespace.replaceAll("\\D", "") + kind);
        } catch (IOException e) {
            throw new HostException("cannot tell the network namespace: " + e, e);
        }
    }
}
