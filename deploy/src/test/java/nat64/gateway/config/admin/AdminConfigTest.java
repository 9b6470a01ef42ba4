// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import nat64.gateway.config.ConfigFile;
import org.junit.jupiter.api.Test;

/** The section {@code admin} of a file that has every key. */
class AdminConfigTest {

    @Test
    void readsEveryKey() {
        assertThat(ConfigFile.load(Path.of("src/test/resources/nat64/gateway/config/every-key.yaml"))
                        .config()
                        .admin())
                .isEqualTo(new AdminConfig(
                        false,
                        socket("127.0.0.1", 9000),
                        true,
                        new AdminSocket.Auto(),
                        new SocketAccess(Optional.of("netops"), PosixFilePermissions.fromString("rw-------")),
                        Optional.of(socket("127.0.0.1", 9001)),
                        Optional.of(new AdminTls(
                                socket("::", 6467),
                                Path.of("/etc/nat64/admin.crt"),
                                Path.of("/etc/nat64/admin.key"),
                                Optional.of(Path.of("/etc/nat64/admin.token")))),
                        Duration.ofSeconds(5)));
    }

    private static InetSocketAddress socket(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }
}
