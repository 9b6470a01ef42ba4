// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nat64.gateway.e2e.Beds;
import nat64.gateway.e2e.NeedsBed;
import nat64.gateway.system.Commands;
import nat64.gateway.systemd.NotifySocket;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What systemd hears of a gateway that it has started, and whether the unit is right. */
@ExtendWith(NeedsBed.class)
@SuppressWarnings("NullAway.Init")
class ServiceManagerIT {

    private static final Path UNIT = Path.of("systemd/nat64.service");

    private static final String AS_USER = "setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs"
            + " --bounding-set=-all,+net_admin,+net_bind_service --inh-caps=-all,+net_admin,+net_bind_service"
            + " --ambient-caps=-all,+net_admin,+net_bind_service ";

    private static final String RELOAD = "curl -sSf -X POST --unix-socket %s/admin.sock http://localhost/api/v1/reload";

    private TestBed bed;

    @BeforeEach
    void build() throws Exception {
        bed = Beds.build();
    }

    @AfterEach
    void remove() throws Exception {
        bed.close();
    }

    @Test
    void itHearsOfReadinessReloadsAndTheEnd() throws Exception {
        var file = bed.directory().resolve("nat64.yaml");
        Files.writeString(file, "dns64: {upstreams: [192.52.193.99]}\n"); // no host
        var path = bed.directory().resolve("notify").toString();
        try (var socket = new NotifySocket(path)) {
            var variables = Map.of("NOTIFY_SOCKET", path, "WATCHDOG_USEC", "2000000");
            var gateway = bed.startGatewayWith(variables, "--config", file.toString());
            assertThat(socket.next("STATUS=")).isEqualTo("STATUS=not ready: no upstream resolver has answered yet");
            assertThat(socket.next("WATCHDOG=1")).isEqualTo("WATCHDOG=1");

            Files.writeString(file, "dns64: {upstreams: [192.52.193.2]}\n");
            Beds.run(bed.gateway(), RELOAD.formatted(bed.directory()));
            assertThat(socket.next("READY=1")).isEqualTo("READY=1\nSTATUS=ready");

            Beds.run(bed.gateway(), RELOAD.formatted(bed.directory()));
            assertThat(socket.next("RELOADING=1")).contains("MONOTONIC_USEC=");
            assertThat(socket.next("READY=1")).isEqualTo("READY=1");

            gateway.terminate();
            assertThat(socket.next("STOPPING=1")).startsWith("STOPPING=1");
            gateway.awaitEnd(Beds.PATIENCE);
        }
    }

    /** As the unit has it; udev lets any user open /dev/net/tun, so another node of it takes its place here. */
    @Test
    void anOrdinaryUserWithTwoCapabilitiesIsEnough() throws Exception {
        assumeThat(Commands.locate("setpriv")).as("setpriv is there").isPresent();
        var launcher = System.getenv("NAT64_LAUNCHER");
        assumeThat(Beds.attempt(bed.gateway(), AS_USER + "test -x " + launcher).exitCode())
                .as("an ordinary user may run %s", launcher)
                .isZero();
        var directory = bed.directory().resolve("user");
        var script = Files.writeString(bed.directory().resolve("run.sh"), """
                mkdir %1$s && mknod %1$s/tun c 10 200 && chmod 666 %1$s/tun && chown 65534:65534 %1$s \\
                && mount --bind %1$s/tun /dev/net/tun && export RUNTIME_DIRECTORY=%1$s && exec %2$s %3$s run
                """.formatted(directory, AS_USER, launcher));
        var gateway = new ProcessBuilder(bed.gateway().inside(List.of("bash", script.toString())))
                .redirectErrorStream(true)
                .redirectOutput(bed.directory().resolve("user.log").toFile())
                .start();
        try {
            Beds.await(bed.gateway(), "curl -sSf " + TestBed.READY_URL);
            assertThat(Files.readString(Path.of("/proc/" + gateway.pid() + "/status")))
                    .containsPattern("Uid:\\s65534\\s65534")
                    .containsPattern("CapEff:\\s0000000000001400");

            Beds.run(bed.gateway(), "nft flush ruleset; echo 0 >/proc/sys/net/ipv4/ip_forward");
            Beds.await(bed.gateway(), "nft list table ip nat64 >/dev/null 2>&1");
            Beds.await(bed.gateway(), "grep -q 1 /proc/sys/net/ipv4/ip_forward");
        } finally {
            gateway.destroy();
            assertThat(gateway.waitFor(Beds.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(Beds.run(bed.gateway(), "nft list tables; ip -br link | cut -d ' ' -f 1"))
                .doesNotContain("nat64");
    }

    @Test
    void theUnitIsRight(@TempDir Path directory) throws Exception {
        assumeThat(Commands.locate("systemd-analyze"))
                .as("systemd-analyze is there")
                .isPresent();
        var unit = directory.resolve("nat64.service");
        Files.writeString(unit, Files.readString(UNIT).replace("/usr/bin/nat64 ", "/bin/true "));

        var verified = Commands.attempt(
                List.of("systemd-analyze", "verify", "--man=no", unit.toString()), Duration.ofMinutes(2));

        assertThat(verified.exitCode()).as(verified.output()).isZero();
        assertThat(verified.output()).doesNotContain("Unknown key", "nat64.service:");
    }
}
