// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest(name = "nat64 {0}")
    @ValueSource(strings = {"--help", "-h", "--version", "run --version", "run -h"})
    void tellsHowItIsUsed(String arguments) {
        assertThat(execute(arguments.split(" "))).isZero();
        assertThat(out.toString()).contains("nat64");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void tellsItsVersionAndItsHelpAsWordsToo() {
        assertThat(execute("version")).isZero();
        assertThat(out.toString()).startsWith("nat64 ");
        out.getBuffer().setLength(0);
        assertThat(execute("help", "sessions")).isZero();
        assertThat(out.toString()).startsWith("Usage: nat64 sessions");
    }

    @Test
    void tellsAMistakeFirstAndTheUsageInTwoLines() {
        assertThat(execute("sessions", "--colour")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "nat64: Unknown option: '--colour'",
                        "Possible solutions: --config",
                        "Usage: nat64 sessions [OPTIONS] [ADDRESS[/LENGTH]...]",
                        "See 'nat64 sessions --help'.");
    }

    @ParameterizedTest(name = "nat64 {0} --help")
    @MethodSource("commands")
    void everyCommandTellsHowItIsUsed(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: nat64 " + command);
        assertThat(err.toString()).isEmpty();
    }

    static Set<String> commands() {
        return Nat64Command.commandLine().getSubcommands().keySet();
    }

    @ParameterizedTest(name = "nat64 {0}")
    @ValueSource(
            strings = {
                "",
                "fly",
                "fly --help",
                "--help fly",
                "run fly --help",
                "check --colour",
                "check --colour --help",
                "explain",
                "explain example..org",
                "explain example.org --type X",
                "explain example.org --client me",
                "explain ::1 ::2"
            })
    void endsWithTwoWhenUsedWrongly(String arguments) {
        assertThat(execute(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void saysWhatTheGatewayWouldDo(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("a.yaml"), "translate-non-global: true");

        assertThat(execute("check", "--config", file.toString())).isZero();
        assertThat(out.toString())
                .contains(file + ": fine.")
                .contains(
                        "translate 64:ff9b::/96 to IPv4 as ports 36864-65534 of this host's own IPv4 address; where it has"
                                + " none, as 100.64.64.0/29 ports 1024-65535")
                .contains("http://127.0.0.1:6464");
        assertThat(err.toString()).startsWith("warning: " + file + ":1: translate-non-global: ");
    }

    @Test
    void summarizesOnlyTheHalfThatRuns(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("a.yaml"), "role: dns64\nadmin: {enabled: false}");

        assertThat(execute("check", "-c", file.toString())).isZero();
        assertThat(out.toString())
                .contains("answer DNS on port 53 of every address of the host but those of its uplink")
                .contains("show no metrics")
                .doesNotContain("sessions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "run", "explain ::1"})
    void endsWithTwoAndOneLineForEachMistakeInTheConfiguration(String command, @TempDir Path directory)
            throws Exception {
        var file = Files.writeString(directory.resolve("a.yaml"), "rol: both\npref64: []\n");

        assertThat(execute((command + " --config " + file).split(" "))).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("nat64: " + file + ":"));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void endsWithTwoWhenTheConfigurationIsMissing() {
        assertThat(execute("run", "--config", "/nowhere/nat64.yaml")).isEqualTo(2);
        assertThat(err.toString()).startsWith("nat64: /nowhere/nat64.yaml: there is no such file");
    }

    @Test
    void refusesToRunWithAMissingKeyBeforeItChangesTheHost(@TempDir Path directory) throws Exception {
        var file = Files.writeString(
                directory.resolve("a.yaml"),
                "dns64: {tls: {certificate: /nowhere/tls.crt, key: /nowhere/tls.key}}\nadmin: {enabled: false}");

        assertThat(execute("run", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("nat64: " + file + ":1: dns64.tls.certificate: /nowhere/tls.crt does not exist");
    }

    @Test
    void namesTheGatewayThatRunsAlready(@TempDir Path directory) throws Exception {
        var socket = directory.resolve("admin.sock");
        var file = Files.writeString(directory.resolve("a.yaml"), "admin: {socket: " + socket + "}");
        try (var running = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            running.bind(UnixDomainSocketAddress.of(socket));

            assertThat(execute("run", "--config", file.toString())).isEqualTo(1);
        }
        assertThat(err.toString()).startsWith("nat64: another gateway").contains("already listens on " + socket);
    }

    @Test
    void explainsAddress() {
        assertThat(execute("explain", "::ffff:8.8.8.8")).isZero();
        assertThat(out.toString()).contains("use 64:ff9b::808:808");
    }

    private int execute(String... arguments) {
        return Nat64Command.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
