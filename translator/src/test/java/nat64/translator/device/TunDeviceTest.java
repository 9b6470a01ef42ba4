// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import nat64.translator.packet.Packet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunDeviceTest {

    private String name = "";

    static boolean isUnprivileged() {
        return !Files.isWritable(Path.of("/dev/net/tun"))
                || !System.getProperty("user.name").equals("root");
    }

    @BeforeEach
    void chooseName() {
        name = "t64-" + ProcessHandle.current().pid() % 100_000;
    }

    @ParameterizedTest(name = "offload: {0}")
    @ValueSource(booleans = {true, false})
    @DisabledIf(value = "isUnprivileged", disabledReason = "making a device needs root and /dev/net/tun")
    void makesADeviceThatVanishesWithIt(boolean offload) throws Exception {
        try (var device = TunDevice.open(name, offload)) {
            assertThat(Path.of("/sys/class/net", name)).exists();
            assertThat(device.isClosed()).isFalse();
        }
        assertThat(Path.of("/sys/class/net", name)).doesNotExist();
    }

    @Test
    @DisabledIf(value = "isUnprivileged", disabledReason = "making a device needs root and /dev/net/tun")
    void saysThatANameIsTaken() throws Exception {
        try (var _ = TunDevice.open(name, true)) {
            assertThatThrownBy(() -> TunDevice.open(name, true))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("choose another name");
        }
    }

    @Test
    @Timeout(10)
    @DisabledIf(value = "isUnprivileged", disabledReason = "making a device needs root and /dev/net/tun")
    void hasNothingToReceiveAtFirstAndWakesWhenTold() throws Exception {
        try (var device = TunDevice.open(name, true);
                var arena = Arena.ofConfined()) {
            assertThat(device.receive(new Packet(arena))).isFalse();
            device.wake();
            long start = System.nanoTime();
            device.await(60_000);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"", "sixteen-octets-x"})
    void refusesANameThatNoInterfaceCanHave(String badName) {
        assertThatThrownBy(() -> TunDevice.open(badName, true)).hasMessageContaining("1 to 15 octets");
    }
}
