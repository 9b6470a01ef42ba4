// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceManagerTest {

    private static final long PROCESS = 42;

    @Test
    void itHearsOfEachState(@TempDir Path directory) throws Exception {
        var path = directory.resolve("notify").toString();
        try (var socket = new NotifySocket(path)) {
            var manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", path), PROCESS);

            manager.status("not ready:\nno uplink");
            manager.ready("ready");
            manager.alive();
            manager.reloading();
            manager.reloaded();
            manager.stopping();

            assertThat(socket.next()).isEqualTo("STATUS=not ready: no uplink");
            assertThat(socket.next()).isEqualTo("READY=1\nSTATUS=ready");
            assertThat(socket.next()).isEqualTo("WATCHDOG=1");
            assertThat(socket.next()).matches("RELOADING=1\nMONOTONIC_USEC=[0-9]+");
            assertThat(socket.next()).isEqualTo("READY=1");
            assertThat(socket.next()).startsWith("STOPPING=1\n");
        }
    }

    @Test
    void anAbstractSocketIsReached() throws Exception {
        var name = "nat64-test-" + ProcessHandle.current().pid();
        try (var socket = new NotifySocket("\0" + name)) {
            ServiceManager.of(Map.of("NOTIFY_SOCKET", "@" + name), PROCESS).alive();
            assertThat(socket.next()).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void withoutOneNothingIsTold() {
        var none = ServiceManager.of(Map.of("WATCHDOG_USEC", "1000"), PROCESS);

        assertThat(none).isEqualTo(new ServiceManager(Optional.empty(), Optional.empty()));
        none.ready("ready");
    }

    @Test
    void oneThatHasGoneDoesNoHarm(@TempDir Path directory) {
        ServiceManager.of(Map.of("NOTIFY_SOCKET", directory.resolve("gone").toString()), PROCESS)
                .alive();
    }

    @Test
    void theWatchdogIsForThisProcessAlone() {
        assertThat(watchdog("30000000", "42")).contains(Duration.ofSeconds(30));
        assertThat(watchdog("30000000", "43")).isEmpty();
        assertThat(watchdog("soon", "42")).isEmpty();
        assertThat(watchdog("0", "42")).isEmpty();
    }

    private static Optional<Duration> watchdog(String microseconds, String process) {
        return ServiceManager.of(
                        Map.of("NOTIFY_SOCKET", "/none", "WATCHDOG_USEC", microseconds, "WATCHDOG_PID", process),
                        PROCESS)
                .watchdog();
    }
}
