// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminSocketTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("admin.sock");
    }

    @Test
    void servesPagesAndActions() throws Exception {
        try (var _ = start()) {
            var server = UnixDomainSocketAddress.of(path);

            assertThat(AdminClient.send(server, HttpMethod.GET, "/livez"))
                    .isEqualTo(new AdminClient.Answer(200, "alive\n"));
            assertThat(AdminClient.post(server, "/api/v1/flush?name=www.example.org"))
                    .isEqualTo(new AdminClient.Answer(200, "flushed www.example.org\n"));
            assertThat(AdminClient.post(server, "/api/v1/reload"))
                    .isEqualTo(new AdminClient.Answer(409, "nat64.yaml:3: wrong\n"));
            assertThat(AdminClient.post(server, "/api/v1/flush"))
                    .isEqualTo(new AdminClient.Answer(400, "the parameter 'name' is missing\n"));
            assertThat(AdminClient.get(server, "/api/v1/flush?name=a").status()).isEqualTo(405);
        }
    }

    @Test
    void readsParametersAsTheyWereWritten() throws Exception {
        try (var _ = start()) {
            assertThat(AdminClient.post(UnixDomainSocketAddress.of(path), "/api/v1/flush?name=a%20b%26c"))
                    .isEqualTo(new AdminClient.Answer(200, "flushed a b&c\n"));
        }
    }

    @Test
    void isOpenToOwnerAndGroup() throws Exception {
        try (var _ = start()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-rw----");
        }
    }

    @Test
    void hasTheGroupAndTheModeThatTheOperatorWants() throws Exception {
        var group = String.valueOf(Files.getAttribute(directory, "unix:gid"));

        try (var _ = start(new SocketFile(path, Optional.of(group), PosixFilePermissions.fromString("rw-------")))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            assertThat(Files.getAttribute(path, "unix:gid")).hasToString(group);
        }
    }

    @Test
    void saysWhatToDoAboutAGroupThatDoesNotExist() throws Exception {
        var file = new SocketFile(path, Optional.of("no-such-group"), PosixFilePermissions.fromString("rw-rw----"));

        assertThatThrownBy(() -> start(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("admin.socket " + path)
                .hasMessageContaining("the group no-such-group does not exist; create it with groupadd no-such-group");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void isBoundWhereNoOtherUserCanEnter() throws Exception {
        SocketFile.at(path).bind(bound -> {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bound.getParent())))
                    .isEqualTo("rwx------");
            assertThat(bound.toString().length())
                    .isLessThanOrEqualTo(path.toString().length());
            Files.createFile(bound);
        });

        assertThat(directory).isDirectoryContaining(path::equals);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void leavesTheSocketOfAGatewayThatStartsAtTheSameTime() throws Exception {
        assertThatThrownBy(() -> SocketFile.at(path).bind(bound -> {
                    Files.createFile(bound);
                    Files.writeString(path, "of the other one");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another gateway");

        assertThat(path).hasContent("of the other one");
    }

    @Test
    void isDeletedAtTheEnd() throws Exception {
        start().close();

        assertThat(path).doesNotExist();
    }

    @Test
    void replacesWhatACrashHasLeft() throws Exception {
        try (var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();

        try (var _ = start()) {
            assertThat(AdminClient.send(UnixDomainSocketAddress.of(path), HttpMethod.GET, "/livez")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void leavesASecondGatewaysSocketAlone() throws Exception {
        try (var _ = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("admin.socket " + path)
                    .hasMessageContaining("another gateway listens there");
            assertThat(AdminClient.send(UnixDomainSocketAddress.of(path), HttpMethod.GET, "/livez")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void leavesAnOrdinaryFileAlone() throws Exception {
        Files.writeString(path, "precious");

        assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("is not a socket");
        assertThat(path).hasContent("precious");
    }

    @Test
    void namesTheSocketThatCantBeBound() {
        path = directory.resolve("missing/admin.sock");

        assertThatThrownBy(this::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("admin.socket")
                .hasMessageContaining(path.toString());
    }

    @Test
    void theClientSaysThatThereIsNoGateway() {
        assertThatThrownBy(() -> AdminClient.post(UnixDomainSocketAddress.of(path), "/api/v1/reload"))
                .isInstanceOf(IOException.class);
    }

    private AdminServer start() throws IOException {
        return start(SocketFile.at(path));
    }

    private static AdminServer start(SocketFile file) throws IOException {
        var actions = new AdminActions(Map.of(
                "/api/v1/reload",
                _ -> new AdminActions.Result(false, "nat64.yaml:3: wrong"),
                "/api/v1/flush",
                AdminSocketTest::flush));
        return AdminServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(file),
                AdminServerTest.pages(actions));
    }

    private static AdminActions.Result flush(Map<String, String> parameters) {
        var name = parameters.get("name");
        if (name == null) {
            throw new IllegalArgumentException("the parameter 'name' is missing");
        }
        return new AdminActions.Result(true, "flushed " + name);
    }
}
