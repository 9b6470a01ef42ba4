// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import nat64.gateway.Version;
import nat64.gateway.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest(name = "nat64 doctor {0}")
    @ValueSource(
            strings = {
                "--target 192.0.2.1",
                "--client --target 2001:db8::1",
                "--client --target 192.0.2.1:0",
                "--client --name example..org",
                "--client --resolver example.org",
                "--client --pref64 2001:db8::/80",
                "--colour"
            })
    void endsWithTwoWhenUsedWrongly(String arguments) {
        assertThat(execute(("doctor " + arguments).split(" "))).isEqualTo(2);
        assertThat(err.toString()).startsWith("nat64: ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aGatewayThatDoesNotRunIsAProblem(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("a.yaml"), "admin: {socket: off, listen: 127.0.0.1:1}");

        assertThat(execute("doctor", "--config", file.toString())).isEqualTo(1);

        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith("failed   gateway "))
                .anyMatch(line -> line.contains("-> start the gateway: systemctl start nat64"))
                .anyMatch(line -> line.startsWith("skipped  readiness"))
                .last()
                .asString()
                .contains(" problem");
    }

    @Test
    void aFileThatIsWrongIsALineOfTheReport(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("a.yaml"), "rol: both\n");

        assertThat(execute("doctor", "--config", file.toString(), "--output", "json"))
                .isEqualTo(1);

        var first = Json.parse(out.toString()).path("checks").path(0);
        assertThat(first.path("name").asText()).isEqualTo("configuration");
        assertThat(first.path("result").asText()).isEqualTo("failed");
        assertThat(first.path("found").asText()).startsWith(file + ":1: ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aGatewayThatRunsIsAsked(@TempDir Path directory) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page(server, "/api/v1/status", Json.of(Map.of("version", Version.text(), "role", "both", "ready", true)));
        page(server, "/api/v1/stats", "{}");
        page(server, "/api/v1/config", "");
        page(server, "/metrics", "");
        server.start();
        try {
            var file = Files.writeString(
                    directory.resolve("a.yaml"),
                    "admin: {socket: off, listen: 127.0.0.1:"
                            + server.getAddress().getPort() + "}");

            execute("doctor", "--config", file.toString());
        } finally {
            server.stop(0);
        }
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("ok +gateway +nat64 .* runs \\(role: both\\), for 0 s"))
                .anyMatch(line -> line.matches("ok +readiness +clients are served"))
                .anyMatch(line -> line.matches("warning +configuration +.* has to be restarted for it"));
    }

    private static void page(HttpServer server, String path, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    private int execute(String... arguments) {
        return Nat64Command.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
