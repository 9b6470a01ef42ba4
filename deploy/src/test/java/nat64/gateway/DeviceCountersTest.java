// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import nat64.gateway.metrics.DeviceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceCountersTest {

    @TempDir
    private Path interfaces;

    @Test
    void takesWhatTheKernelDidNotQueue() throws Exception {
        var statistics = Files.createDirectories(interfaces.resolve("nat64/statistics"));
        Files.writeString(statistics.resolve("tx_dropped"), "17\n");

        assertThat(DeviceCounters.ofTun(interfaces, "nat64"))
                .containsExactly(new DeviceStatus("nat64", 17, 0, OptionalInt.empty()));
    }

    @Test
    void saysNothingOfADeviceThatIsGone() {
        assertThat(DeviceCounters.ofTun(interfaces, "nat64")).isEmpty();
    }
}
