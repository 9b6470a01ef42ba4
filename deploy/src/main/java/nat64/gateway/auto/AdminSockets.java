// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import nat64.gateway.config.admin.AdminSocket;
import nat64.gateway.system.RuntimeDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which Unix domain socket is meant by {@code admin.socket}. {@code auto} is {@code admin.sock} in the
 * {@linkplain RuntimeDirectory runtime directory}; without the right to write there, as when run by hand and not as
 * root, a gateway has no socket.
 */
public final class AdminSockets {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");
    private static final String NAME = "admin.sock";

    private AdminSockets() {}

    /** Where a gateway listens. */
    public static Optional<Path> toListenOn(AdminSocket configured) {
        return switch (configured) {
            case AdminSocket.At(var path) -> Optional.of(path);
            case AdminSocket.Off() -> Optional.empty();
            case AdminSocket.Auto() -> inWritable(RuntimeDirectory.path());
        };
    }

    /** Where a command finds the gateway that runs with this configuration; if nowhere, it listens on TCP alone. */
    public static Optional<Path> toConnectTo(AdminSocket configured) {
        return switch (configured) {
            case AdminSocket.At(var path) -> Optional.of(path);
            case AdminSocket.Off() -> Optional.empty();
            case AdminSocket.Auto() ->
                Optional.of(RuntimeDirectory.path().resolve(NAME)).filter(Files::isWritable);
        };
    }

    static Optional<Path> inWritable(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            LOG.debug("Cannot create {}: {}", directory, e.toString());
        }
        if (Files.isWritable(directory)) {
            return Optional.of(directory.resolve(NAME));
        }
        LOG.info("no admin socket: {} is not writable; admin.listen serves alone", directory);
        return Optional.empty();
    }
}
