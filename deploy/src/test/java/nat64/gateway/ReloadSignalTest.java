// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReloadSignalTest {

    @Test
    void reloadsAtEachHangupEvenAfterAFailure() throws Exception {
        var reloads = new Semaphore(0);
        try (var _ = ReloadSignal.on(() -> {
            reloads.release();
            throw new IllegalStateException("refused");
        })) {
            for (int i = 0; i < 2; i++) {
                hangUp();
                assertThat(reloads.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
            }
        }
    }

    /** As an operator does. */
    private static void hangUp() throws Exception {
        var kill = new ProcessBuilder(
                        "kill", "-HUP", String.valueOf(ProcessHandle.current().pid()))
                .start();
        assertThat(kill.waitFor()).isZero();
    }
}
