// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
            Beds.run(bed.gateway(), "curl -sSf -X POST http://127.0.0.1:6464/api/v1/reload");
            assertThat(socket.next("READY=1")).isEqualTo("READY=1\nSTATUS=ready");

            Beds.run(bed.gateway(), "curl -sSf -X POST http://127.0.0.1:6464/api/v1/reload");
            assertThat(socket.next("RELOADING=1")).contains("MONOTONIC_USEC=");
            assertThat(socket.next("READY=1")).isEqualTo("READY=1");

            gateway.terminate();
            assertThat(socket.next("STOPPING=1")).startsWith("STOPPING=1");
            gateway.awaitEnd(Beds.PATIENCE);
        }
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
