// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import nat64.gateway.admin.AdminActions;
import nat64.gateway.admin.AdminPages;
import nat64.gateway.admin.AdminServer;
import nat64.gateway.admin.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that list what the tables of a gateway hold. */
@SuppressWarnings("NullAway.Init")
class ListCommandsTest {

    private static final Map<String, Object> BINDING = Map.of(
            "protocol",
            "tcp",
            "client",
            "2001:db8::7",
            "client_port",
            4000,
            "pool4",
            "198.51.100.7",
            "pool4_port",
            50321,
            "sessions",
            2,
            "static",
            false);
    private static final Map<String, Object> SESSION = Map.ofEntries(
            Map.entry("protocol", "tcp"),
            Map.entry("client", "2001:db8::7"),
            Map.entry("client_port", 4000),
            Map.entry("pool4", "198.51.100.7"),
            Map.entry("pool4_port", 50321),
            Map.entry("remote", "192.0.2.33"),
            Map.entry("remote_port", 443),
            Map.entry("state", "established"),
            Map.entry("opened_by", "ipv6"),
            Map.entry("answered", true),
            Map.entry("age_seconds", 312),
            Map.entry("expires_in_seconds", 7191));
    private static final Map<String, Object> ADDRESS = Map.of(
            "address",
            "198.51.100.7",
            "draining",
            false,
            "offered",
            1000,
            "tcp",
            Map.of("bound", 1, "held", 2, "free", 997),
            "udp",
            Map.of("bound", 0, "held", 0, "free", 1000),
            "icmp",
            Map.of("bound", 0, "held", 0, "free", 1000));

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    private AdminServer server;

    @BeforeEach
    void start() throws Exception {
        var pages = new AdminPages(
                () -> new AdminPages.Exposition("text/plain", ""),
                List::of,
                () -> Readiness.READY,
                Map::of,
                List::of,
                () -> "",
                Map.of(
                        "/api/v1/sessions", parameters -> page("sessions", SESSION, parameters),
                        "/api/v1/bindings", parameters -> page("bindings", BINDING, parameters),
                        "/api/v1/blocks", ListCommandsTest::blocks,
                        "/api/v1/pool4", parameters -> page("pool4", ADDRESS, parameters)),
                AdminActions.NONE);
        server = AdminServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty(), pages);
        Files.writeString(
                directory.resolve("a.yaml"),
                "admin: {socket: off, listen: 127.0.0.1:" + server.address().getPort() + "}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Object blocks(Map<String, String> parameters) {
        var block = Map.of(
                "subscriber",
                "2001:db8:0:100::/56",
                "pool4",
                "198.51.100.7",
                "first_port",
                50176,
                "last_port",
                50687,
                "bindings",
                3);
        return Map.of("blocks", "50322".equals(parameters.get("port")) ? List.of(block) : List.of());
    }

    private Object page(String name, Map<String, Object> row, Map<String, String> parameters) {
        asked.add(parameters);
        if ("99999".equals(parameters.get("port"))) {
            throw new IllegalArgumentException("the parameter 'port': too large");
        }
        return "1".equals(parameters.get("limit"))
                ? Map.of(name, List.of(row), "next", "17")
                : Map.of(name, List.of(row));
    }

    @Test
    void sessionsAreATable() {
        assertThat(execute("sessions", "2001:db8::/64", "192.0.2.33", "--protocol", "tcp", "--sort", "age"))
                .isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "PROTOCOL  CLIENT              POOL4               REMOTE          STATE        OPENED BY  AGE    EXPIRES IN",
                        "tcp       [2001:db8::7]:4000  198.51.100.7:50321  192.0.2.33:443  established  ipv6       5m12s  1h59m");
        assertThat(asked)
                .containsExactly(
                        Map.of("client", "2001:db8::/64", "ipv4", "192.0.2.33", "protocol", "tcp", "sort", "age"));
    }

    @Test
    void aListSaysHowToGoOn() {
        assertThat(execute("bindings", "--limit", "1")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "PROTOCOL  CLIENT              POOL4               SESSIONS  KIND",
                        "tcp       [2001:db8::7]:4000  198.51.100.7:50321  2         dynamic",
                        "(more: --cursor 17)");
    }

    @Test
    void jsonIsPassedOn() {
        assertThat(execute("bindings", "--output", "json")).isZero();
        assertThat(out.toString()).contains("\"pool4_port\" : 50321");
    }

    @Test
    void aWrongParameterIsWrongUse() {
        assertThat(execute("sessions", "--port", "99999")).isEqualTo(2);
        assertThat(err.toString()).startsWith("nat64: the parameter 'port': too large");
    }

    @Test
    void pool4IsCountedByProtocol() {
        assertThat(execute("pool4")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "ADDRESS       PROTOCOL  BOUND  HELD  FREE  OFFERED",
                        "198.51.100.7  tcp       1      2     997   1000",
                        "198.51.100.7  udp       0      0     1000  1000",
                        "198.51.100.7  icmp      0      0     1000  1000");
    }

    @Test
    void whoHasAPortIsTold() {
        assertThat(execute("who", "198.51.100.7:50321")).isZero();
        assertThat(out.toString()).isEqualTo("tcp 198.51.100.7:50321 is [2001:db8::7]:4000, with 2 sessions\n");
    }

    @Test
    void theSubscriberOfABlockIsToldWhereNoHostHasThePort() {
        assertThat(execute("who", "198.51.100.7:50322")).isZero();
        assertThat(out.toString())
                .isEqualTo("no host has 198.51.100.7:50322, but its block of ports 50176-50687 is of the subscriber"
                        + " 2001:db8:0:100::/56\n");
    }

    @Test
    void aPortThatNoClientHasIsTold() {
        assertThat(execute("who", "198.51.100.7:4000")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("nat64: no client has 198.51.100.7:4000 now\n");
        assertThat(execute("who", "2001:db8::7")).isEqualTo(2);
    }

    private int execute(String... arguments) {
        var all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--config";
        all[arguments.length + 1] = directory.resolve("a.yaml").toString();
        return Nat64Command.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
