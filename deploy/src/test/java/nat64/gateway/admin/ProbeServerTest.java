// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeServerTest {

    private static final int TIMEOUT_MILLIS = 30_000;

    private volatile List<String> stuck = List.of();
    private volatile Readiness readiness = Readiness.READY;
    private final AdminPages pages = new AdminPages(
            () -> new AdminPages.Exposition("", ""),
            () -> stuck,
            () -> readiness,
            Map::of,
            List::of,
            () -> "",
            Map.of(),
            AdminActions.NONE);
    private ProbeServer server;

    @BeforeEach
    void start() throws IOException {
        server = ProbeServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), pages);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /livez HTTP/1.1, 200",
        "HEAD /livez HTTP/1.1, 200",
        "GET /livez HTTP/1.0, 200",
        "GET /readyz?verbose HTTP/1.1, 200",
        "GET /metrics HTTP/1.1, 404",
        "GET /api/v1/config HTTP/1.1, 404",
        "POST /api/v1/reload HTTP/1.1, 405",
        "POST /livez HTTP/1.1, 405",
        "nonsense, 400"
    })
    void answersProbesAndNothingElse(String line, int status) throws IOException {
        assertThat(exchange(line)).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void saysWhatIsStuck() throws IOException {
        stuck = List.of("worker 1 stands still");

        assertThat(exchange("GET /livez HTTP/1.1"))
                .startsWith("HTTP/1.1 503 ")
                .endsWith("stuck\nworker 1 stands still\n");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        readiness = new Readiness(List.of("the gateway is shutting down"));

        assertThat(exchange("GET /readyz HTTP/1.1"))
                .startsWith("HTTP/1.1 503 ")
                .endsWith("not ready\nthe gateway is shutting down\n");
        assertThat(exchange("GET /livez HTTP/1.1")).endsWith("alive\n");
    }

    @Test
    void closesAConnectionThatAsksNothing() throws IOException {
        try (var socket = connect()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void closesAConnectionThatSendsNoWholeRequest() throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write("GET /live".getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void answersProbesWhileOthersHoldAsManyConnectionsAsThereMayBe() throws IOException {
        var idle = new ArrayList<Socket>();
        for (int i = 0; i < 2 * ProbeServer.MOST_CONNECTIONS; i++) {
            idle.add(connect());
        }
        assertThat(exchange("GET /readyz HTTP/1.1")).endsWith("ready\n");
        for (var socket : idle) {
            socket.close();
        }
    }

    @Test
    void namesTheKeyOfAnAddressThatCantBeBound() {
        assertThatThrownBy(() -> ProbeServer.start(server.address(), pages))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("admin.probes ");
    }

    private String exchange(String line) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream()
                    .write((line + "\r\nHost: 10.0.0.1:6465\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }
}
