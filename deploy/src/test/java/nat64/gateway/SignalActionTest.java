// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalActionTest {

    @Test
    void actsAtEachSignalEvenAfterAFailure() throws Exception {
        assumeFalse(isIgnored(), "this process ignores SIGHUP: it was started by nohup");
        var reloads = new Semaphore(0);
        try (var _ = SignalAction.on(SignalAction.RELOAD, () -> {
            reloads.release();
            throw new IllegalStateException("refused");
        })) {
            for (int i = 0; i < 2; i++) {
                send(SignalAction.RELOAD);
                assertThat(reloads.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
            }
        }
    }

    @Test
    void theJvmLeavesTheSignalOfAHandoverToUs() throws Exception {
        var handovers = new Semaphore(0);
        try (var _ = SignalAction.on(SignalAction.HAND_OVER, handovers::release)) {
            send(SignalAction.HAND_OVER);
            assertThat(handovers.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    /** A process that was started by nohup ignores SIGHUP, and the JVM leaves it at that. */
    private static boolean isIgnored() throws Exception {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) != 0);
        }
    }

    /** As an operator does. */
    private static void send(String signal) throws Exception {
        var kill = new ProcessBuilder(
                        "kill",
                        "-" + signal,
                        String.valueOf(ProcessHandle.current().pid()))
                .start();
        assertThat(kill.waitFor()).isZero();
    }
}
