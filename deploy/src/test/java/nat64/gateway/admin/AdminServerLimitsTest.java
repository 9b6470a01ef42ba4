// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients can't do to the server, spoken octet by octet. */
class AdminServerLimitsTest {

    private static final AdminLimits LIMITS = new AdminLimits(4, 1024, 1000, 60, 60);
    private static final String HOST = "Host: localhost\r\n";
    private static final String LAST = "Connection: close\r\n\r\n";
    private static final int PATIENCE = (int) Duration.ofMinutes(1).toMillis();

    private final CountDownLatch reloadHasBegun = new CountDownLatch(1);
    private final CountDownLatch reloadMayEnd = new CountDownLatch(1);
    private AdminServer server;
    private Path socket;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        socket = directory.resolve("admin.sock");
        server = start(LIMITS);
    }

    @AfterEach
    void stop() {
        reloadMayEnd.countDown();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /livez HTTP/1.1, Host: attacker.example, 421",
        "POST /api/v1/reload HTTP/1.1, Host: attacker.example, 421",
        "GET http://localhost/livez HTTP/1.1, Host: localhost, 200",
        "GET /livez?x=%zz HTTP/1.1, Host: localhost, 400",
        "GET /livez HTTP/1.1, X: no host, 400",
        "GET /livez HTTP/1.0, X: no host, 200",
        "nonsense, Host: localhost, 400",
    })
    void answersByTheFirstLineAndAHeader(String line, String header, int status) throws IOException {
        assertThat(exchange(line + "\r\n" + header + "\r\n" + LAST)).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void refusesALongRequestLine() throws IOException {
        assertThat(exchange("GET /" + "a".repeat(2000) + " HTTP/1.1\r\n" + HOST + LAST))
                .startsWith("HTTP/1.1 414");
    }

    @Test
    void refusesALargeHeader() throws IOException {
        assertThat(exchange("GET /livez HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(2000) + "\r\n" + LAST))
                .startsWith("HTTP/1.1 431");
    }

    @Test
    void refusesALargeBody() throws IOException {
        assertThat(exchange("POST /api/v1/reload HTTP/1.1\r\n" + HOST + "Content-Length: 1001\r\n" + LAST))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        var answers = exchange("GET /livez HTTP/1.1\r\n" + HOST + "\r\nGET /nothing HTTP/1.1\r\n" + HOST
                + "\r\nGET /livez HTTP/1.1\r\n" + HOST + LAST);

        var statuses = Pattern.compile("HTTP/1.1 (\\d+)").matcher(answers).results();
        assertThat(statuses.map(status -> status.group(1))).containsExactly("200", "404", "200");
    }

    @Test
    void closesAConnectionThatSendsNoWholeRequestInTime() throws IOException {
        server.close();
        server = start(new AdminLimits(4, 1024, 1000, 1, 60));
        try (var socket = connect()) {
            write(socket, "GET /livez HTTP/1.1\r\nHost: loc");

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void closesConnectionsAboveTheLimitAndServesTheOthers() throws IOException {
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < LIMITS.connections(); i++) {
            sockets.add(connect());
            write(sockets.get(i), "GET /livez HTTP/1.1\r\n" + HOST + "\r\n"); // it is counted when it is answered
            assertThat(sockets.get(i).getInputStream().read()).isEqualTo('H');
        }
        try (var more = connect()) {
            assertThat(readsNothing(more)).isTrue();
        }
        write(sockets.getFirst(), "GET /livez HTTP/1.1\r\n" + HOST + LAST);
        assertThat(read(sockets.getFirst())).contains("alive");
        for (var socket : sockets) {
            socket.close();
        }
    }

    @Test
    void tellsItsHealthDuringALongReload() throws Exception {
        try (var clients = Executors.newSingleThreadExecutor()) {
            var reload = clients.submit(() -> AdminClient.post(UnixDomainSocketAddress.of(socket), "/api/v1/reload"));
            reloadHasBegun.await();
            assertThat(exchange("GET /livez HTTP/1.1\r\n" + HOST + LAST)).contains("alive");

            reloadMayEnd.countDown();
            assertThat(reload.get().body()).isEqualTo("reloaded\n");
        }
    }

    private AdminServer start(AdminLimits limits) throws IOException {
        var actions = new AdminActions(Map.of("/api/v1/reload", _ -> reload()));
        return AdminServer.start(
                new AdminListeners(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Optional.of(SocketFile.at(socket)),
                        Optional.empty()),
                AdminServerTest.pages(actions),
                limits);
    }

    private AdminActions.Result reload() {
        reloadHasBegun.countDown();
        try {
            reloadMayEnd.await();
            return new AdminActions.Result(true, "reloaded");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String exchange(String request) throws IOException {
        try (var socket = connect()) {
            write(socket, request);
            return read(socket);
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(PATIENCE);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static boolean readsNothing(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketException e) {
            return true; // reset
        }
    }
}
