// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nat64.gateway.admin.AdminActions;
import nat64.gateway.admin.AdminPages;
import nat64.gateway.admin.AdminServer;
import nat64.gateway.admin.Readiness;
import nat64.gateway.config.JsonSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String running = "";

    @Test
    void printsTheSchema() throws Exception {
        assertThat(check("--schema")).isZero();

        assertThat(out.toString().strip()).isEqualTo(JsonSchema.text().strip());
        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .at("/properties/role/default")
                        .asText())
                .isEqualTo("both");
    }

    @Test
    void listsViewsForwardedZonesAndStaticBindings() throws Exception {
        var file = write("a.yaml", """
                clients: ["2001:db8::/32"]
                translator:
                  static-bindings:
                    - {protocol: tcp, ipv6: "[2001:db8::1]:80", ipv4: 100.64.64.1:8080}
                dns64:
                  forward: {corp.example: [192.0.2.53]}
                  views:
                    - {name: lab, clients: ["2001:db8:1::/48"], synthesize: false}
                """);

        assertThat(check("--config", file)).isZero();
        assertThat(out.toString())
                .contains("bind tcp [2001:db8::1]:80 = 100.64.64.1:8080")
                .contains("forward corp.example. to 192.0.2.53:53")
                .contains("answer 2001:db8:1::/48 from the view lab, without synthesis");
    }

    @Test
    void findsFilesThatCanNotBeUsed() throws Exception {
        var text = Files.writeString(directory.resolve("cookies"), "no secret");
        var file = write("a.yaml", """
                dns64:
                  cookie-secrets: %s
                  tls:
                    certificate: /nowhere/tls.crt
                    key: /nowhere/tls.key
                """.formatted(text));

        assertThat(check("--config", file)).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "nat64: " + file + ":4: dns64.tls.certificate: /nowhere/tls.crt does not exist",
                        "nat64: " + file + ":2: dns64.cookie-secrets: " + text + " has a line that is not a secret;"
                                + " write 32 hexadecimal digits per line");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void showsWhatAReloadChangesComparedWithAnotherFile() throws Exception {
        var old = write("old.yaml", "dns64: {upstreams: [192.0.2.1, 192.0.2.2]}");
        var next = write("new.yaml", "dns64: {upstreams: [192.0.2.2, 192.0.2.3], upstream-timeout: 2s}");

        assertThat(check("--config", next, "--diff", old)).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        next + ": fine. Compared with " + old + ":",
                        "A reload changes:",
                        "  dns64.upstreams: 1 removed, 1 added",
                        "    - 192.0.2.1",
                        "    + 192.0.2.3",
                        "  dns64.upstream-timeout: 1s -> 2s");
    }

    @Test
    void endsWithOneIfAChangeNeedsARestart() throws Exception {
        var old = write("old.yaml", "");
        var next = write("new.yaml", "translator: {max-sessions: 1000000}");

        assertThat(check("--config", next, "--diff", old)).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly(
                        next + ": fine. Compared with " + old + ":",
                        "These changes need a restart:",
                        "  translator.max-sessions: auto -> 1000000");
    }

    @Test
    void saysThatNothingDiffers() throws Exception {
        var old = write("old.yaml", "translator: {port-hold: 120s}");
        var next = write("new.yaml", "");

        assertThat(check("--config", next, "--diff", old)).isZero();
        assertThat(out.toString()).isEqualTo(next + ": fine. It has the same values as " + old + ".\n");
    }

    @Test
    void comparesWithTheGatewayThatRuns() throws Exception {
        try (var server = start()) {
            var admin =
                    "admin: {socket: off, listen: 127.0.0.1:" + server.address().getPort() + "}\n";
            running = admin;
            var next = write("new.yaml", admin + "clients: [2001:db8::/32]\n");

            assertThat(check("--config", next, "--diff")).isZero();
            assertThat(out.toString())
                    .startsWith(next + ": fine. Compared with the running configuration:")
                    .contains("  clients: 1 removed, 1 added\n    - auto\n    + 2001:db8::/32\n");
        }
    }

    @Test
    void endsWithOneIfNoGatewayRuns() throws Exception {
        int free;
        try (var server = start()) {
            free = server.address().getPort();
        }
        var next = write("new.yaml", "admin: {socket: off, listen: 127.0.0.1:" + free + "}");

        assertThat(check("--config", next, "--diff")).isEqualTo(1);
        assertThat(err.toString()).contains("no gateway answers at /127.0.0.1:" + free);
    }

    private AdminServer start() throws Exception {
        var pages = new AdminPages(
                () -> new AdminPages.Exposition("text/plain", ""),
                List::of,
                () -> Readiness.READY,
                Map::of,
                List::of,
                () -> running,
                Map.of(),
                AdminActions.NONE);
        return AdminServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty(), pages);
    }

    private String write(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private int check(String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "check";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Nat64Command.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
