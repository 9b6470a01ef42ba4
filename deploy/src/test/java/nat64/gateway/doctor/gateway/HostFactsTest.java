// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import nat64.gateway.config.ConfigChanges;
import nat64.gateway.config.ConfigFile;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;
import nat64.gateway.health.Finding;
import nat64.gateway.json.Json;
import org.junit.jupiter.api.Test;

/** The checks that judge the file and the host. */
class HostFactsTest {

    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 53);
    private static final InetSocketAddress THERE = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 53);
    private static final RunningState RUNNING = new RunningState(
            Optional.of(Json.parse("{}")), Json.parse("{\"dns64\": {}}"), "", List.of(), List.of(), "");

    @Test
    void aFileThatIsWrongIsRedWithItsLine() {
        var check = new ConfigurationCheck(
                "a.yaml", List.of("a.yaml:3: rol: unknown key", "x"), List.of(), Optional.empty());

        assertThat(check.examine()).isInstanceOf(Failed.class);
        assertThat(check.examine().found()).isEqualTo("a.yaml:3: rol: unknown key (and 1 more)");
    }

    @Test
    void aFileThatDoesNotRunYetNeedsAReloadOrARestart() {
        assertThat(remedy(compared("translator: {subscribers: {max-sessions: 5}}")))
                .contains("nat64 reload");
        assertThat(remedy(compared("dns64: {threads: 1}"))).contains("restart the gateway");
        assertThat(compared("")).isEqualTo(new Ok("a.yaml is right, and it is what runs"));
    }

    private static Result compared(String text) {
        var changes = ConfigChanges.between(ConfigFile.parse("running", ""), ConfigFile.parse("a.yaml", text));
        return new ConfigurationCheck("a.yaml", List.of(), List.of(), Optional.of(changes)).examine();
    }

    @Test
    void severalGatewaysAreAWarning() {
        assertThat(new ProcessesCheck(List.of(7L)).examine()).isEqualTo(new Ok("one gateway: process 7"));
        assertThat(new ProcessesCheck(List.of(7L, 9L)).examine().found())
                .isEqualTo("2 gateways run here: processes 7, 9");
        assertThat(new ProcessesCheck(List.of()).examine()).isInstanceOf(Skipped.class);
    }

    @Test
    void onlyTheCommandRunIsAGateway() {
        assertThat(ThisGateway.isGatewayCommand("java\0-Xmx1g\0nat64.gateway.cli.Main\0run\0--config\0a\0"))
                .isTrue();
        assertThat(ThisGateway.isGatewayCommand("java\0nat64.gateway.cli.Main\0doctor\0"))
                .isFalse();
        assertThat(ThisGateway.isGatewayCommand("grep\0run\0")).isFalse();
    }

    @Test
    void eachAddressOfTheDns64IsAsked() {
        Finding passed = new Finding.Passed(Duration.ofMillis(1));
        Finding failed = new Finding.Failed("the DNS64 does not answer on 192.0.2.1", false);

        assertThat(new ListeningCheck(RUNNING, List.of(HERE, THERE), _ -> passed).examine())
                .isEqualTo(new Ok("answers on [2001:db8::1]:53, 192.0.2.1:53"));
        assertThat(new ListeningCheck(RUNNING, List.of(HERE, THERE), address -> address.equals(HERE) ? passed : failed)
                        .examine())
                .isInstanceOf(Warning.class);
        assertThat(new ListeningCheck(RUNNING, List.of(THERE), _ -> failed)
                        .examine()
                        .found())
                .isEqualTo("the DNS64 does not answer on 192.0.2.1");
        assertThat(new ListeningCheck(RUNNING, List.of(), _ -> failed).examine().found())
                .startsWith("the DNS64 listens nowhere");
    }

    @Test
    void findingsOfPreflightKeepTheirRemedy() {
        assertThat(new ObstacleCheck(new nat64.gateway.preflight.Finding.Warning("firewall", "it drops", "accept"))
                        .examine())
                .isEqualTo(new Warning("it drops", "accept"));
        assertThat(new ObstacleCheck(new nat64.gateway.preflight.Finding.Refused("privileges", "none", "use sudo"))
                        .examine())
                .isEqualTo(new Failed("none", "use sudo"));
    }

    @Test
    void theClockIsJudgedIfItIsKnown() {
        assertThat(new ClockCheck(ThisGateway.isYes("yes\n")).examine()).isEqualTo(new Ok("synchronized"));
        assertThat(new ClockCheck(ThisGateway.isYes("no\n")).examine()).isInstanceOf(Warning.class);
        assertThat(new ClockCheck(ThisGateway.isYes("Failed to connect to bus")).examine())
                .isInstanceOf(Skipped.class);
    }

    @Test
    void openFilesWarnBeforeTheLimit() {
        var limit = ThisGateway.openFilesLimit("""
                Limit                     Soft Limit           Hard Limit           Units
                Max open files            1024                 524288               files
                """);

        assertThat(limit).hasValue(1024);
        assertThat(new OpenFilesCheck(Optional.of(new Fill("open files", 900, limit.getAsLong()))).examine())
                .isInstanceOf(Warning.class)
                .extracting(Result::found)
                .isEqualTo("open files: 900 of 1024 (87 %)");
        assertThat(new OpenFilesCheck(Optional.of(new Fill("open files", 90, 1024))).examine())
                .isInstanceOf(Ok.class);
        assertThat(new OpenFilesCheck(Optional.empty()).examine()).isInstanceOf(Skipped.class);
    }

    @Test
    void lostDatagramsAreAWarningWhereTheKernelGrantsSmallBuffersOnly() {
        var lost = ThisGateway.lostDatagrams("""
                Ip: Forwarding DefaultTTL
                Ip: 1 64
                Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors
                Udp: 100 0 0 100 30 0
                """, "Udp6InErrors\t0\nUdp6RcvbufErrors                \t12\n");

        assertThat(lost).hasValue(42);
        assertThat(new ReceiveBuffersCheck(RUNNING, OptionalLong.of(212_992), lost).examine())
                .isEqualTo(new Warning(
                        "42 datagrams were lost since the start of this host, as buffers were full",
                        "set net.core.rmem_max=1048576, and restart the gateway"));
        assertThat(new ReceiveBuffersCheck(RUNNING, OptionalLong.of(1 << 21), lost).examine())
                .isInstanceOf(Ok.class);
        assertThat(new ReceiveBuffersCheck(RUNNING, OptionalLong.of(212_992), OptionalLong.of(0)).examine())
                .isEqualTo(new Ok("no datagram was lost"));
    }

    private static String remedy(Result result) {
        return result instanceof Warning(var _, var remedy) ? remedy : "";
    }
}
