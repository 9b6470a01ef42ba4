// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerTest {

    private enum Side {
        FROM_IPV6
    }

    private record Traffic(long packetsSent, Map<Side, Long> bySide) {}

    private static final AdminActions ACTIONS = new AdminActions(Map.of(
            "/api/v1/reload", _ -> new AdminActions.Result(true, "reloaded"),
            "/api/v1/flush", _ -> new AdminActions.Result(true, "flushed")));

    static AdminPages pages(AdminActions actions) {
        return new AdminPages(
                () -> new AdminPages.Exposition("text/plain", ""),
                List::of,
                () -> Readiness.READY,
                Map::of,
                List::of,
                () -> "",
                Map.of(),
                actions);
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Readiness readiness = Readiness.READY;
    private volatile List<String> stuck = List.of();
    private AdminServer server;

    @BeforeEach
    void start() throws IOException {
        server = AdminServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                new AdminPages(
                        () -> new AdminPages.Exposition("text/plain; version=0.0.4", "nat64_sessions 1\n"),
                        () -> stuck,
                        () -> readiness,
                        () -> Map.of("translator", new Traffic(7, Map.of(Side.FROM_IPV6, 3L))),
                        () -> List.of("translates 64:ff9b::/96"),
                        () -> "role: both\n",
                        Map.of("/api/v1/things", AdminServerTest::things),
                        ACTIONS));
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void showsMetricsInTheirContentType() throws Exception {
        var answer = send("GET", "/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4");
        assertThat(answer.body()).isEqualTo("nat64_sessions 1\n");
    }

    @Test
    void showsTheConfigurationThatRuns() throws Exception {
        var answer = send("GET", "/api/v1/config");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/yaml");
        assertThat(answer.body()).isEqualTo("role: both\n");
    }

    @Test
    void livenessFailsWhenSomethingIsStuck() throws Exception {
        assertThat(send("GET", "/livez").statusCode()).isEqualTo(200);
        stuck = List.of("nat64-worker-1 has done nothing for more than 5 s");
        var answer = send("GET", "/livez");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("nat64-worker-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/flush?name=www.example.org", "/api/v1/reload"})
    void changesNothingForClientsOfTcp(String path) throws Exception {
        assertThat(send("GET", path).statusCode()).isEqualTo(405);
        assertThat(send("POST", path).statusCode()).isEqualTo(403);
        assertThat(send("POST", path).body()).isEqualTo("only through the admin socket (admin.socket)\n");
    }

    @Test
    void keepsAConnectionThatGetsRefusals() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(send("GET", "/nothing").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void lives() throws Exception {
        assertThat(send("GET", "/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhatIsMissingUntilReady() throws Exception {
        readiness = new Readiness(List.of("no upstream answers"));
        var before = send("GET", "/readyz");
        readiness = Readiness.READY;
        var after = send("GET", "/readyz");

        assertThat(before.statusCode()).isEqualTo(503);
        assertThat(before.body()).contains("no upstream answers");
        assertThat(after.statusCode()).isEqualTo(200);
    }

    @Test
    void showsStatisticsAsJson() throws Exception {
        var answer = send("GET", "/api/v1/stats");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body())
                .isEqualToIgnoringWhitespace(
                        "{\"translator\": {\"packets_sent\": 7, \"by_side\": {\"from_ipv6\": 3}}}");
    }

    @Test
    void showsStatusPage() throws Exception {
        readiness = new Readiness(List.of("no upstream answers"));

        assertThat(send("GET", "/").body())
                .contains("not ready", "no upstream answers", "translates 64:ff9b::/96", "/metrics");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/metrics/", "/metrics/../etc/passwd", "/..%2f..%2fetc/passwd", "/%3Cscript%3E"})
    void knowsNoOtherPathAndRepeatsNone(String path) throws Exception {
        var answer = send("GET", path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("not found; / lists all pages\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void refusesToBeChanged(String method) throws Exception {
        var answer = send(method, "/metrics");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void answersHeadWithLengthAndNoBody() throws Exception {
        var answer = send("HEAD", "/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("17");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void survivesPageThatFails() throws Exception {
        server.close();
        server = AdminServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                new AdminPages(
                        () -> {
                            throw new IllegalStateException("secret");
                        },
                        List::of,
                        () -> Readiness.READY,
                        Map::of,
                        List::of,
                        () -> "",
                        Map.of(),
                        AdminActions.NONE));

        var answer = send("GET", "/metrics");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret");
        assertThat(send("GET", "/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void answersOthersWhileSomeSendNothing() throws Exception {
        var silent = new Socket[8];
        for (int i = 0; i < silent.length; i++) {
            silent[i] =
                    new Socket(server.address().getAddress(), server.address().getPort());
        }
        assertThat(send("GET", "/livez").statusCode()).isEqualTo(200);
        for (var socket : silent) {
            socket.close();
        }
    }

    @Test
    void closesConnectionOfWhatIsNoHttp() throws Exception {
        try (var socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.getOutputStream().write("\0\0 nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            assertThat(new String(answer.readAllBytes(), StandardCharsets.US_ASCII))
                    .doesNotContain(" 200 ");
        }
        assertThat(send("GET", "/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void namesTheAddressThatIsTaken() {
        assertThatThrownBy(() -> AdminServer.start(server.address(), Optional.empty(), pages(AdminActions.NONE)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("admin.listen")
                .hasMessageContaining(String.valueOf(server.address().getPort()));
    }

    @Test
    void answersAQueryInJson() throws Exception {
        var answer = send("GET", "/api/v1/things?colour=light%20red");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).contains("\"colour\" : \"light red\"");
        assertThat(send("POST", "/api/v1/things").statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({
        "?size=1, 400, unknown parameter 'size'",
        "?colour=a&colour=b, 400, the parameter 'colour' is given more than once",
        "'', 409, there are no things",
    })
    void saysWhyAQueryHasNoAnswer(String parameters, int status, String text) throws Exception {
        var answer = send("GET", "/api/v1/things" + parameters);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(text + "\n");
    }

    private static Object things(Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            throw new IllegalStateException("there are no things");
        }
        if (!parameters.containsKey("colour")) {
            throw new IllegalArgumentException("unknown parameter 'size'");
        }
        return parameters;
    }

    @Test
    void tellsPagesOfOtherSitesNothingAboutHosts() throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + "/api/v1/things?colour=red"))
                .header("Sec-Fetch-Site", "cross-site")
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("not for pages of other sites\n");
        assertThat(send("GET", "/api/v1/things?colour=red").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        var address = server.address();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
