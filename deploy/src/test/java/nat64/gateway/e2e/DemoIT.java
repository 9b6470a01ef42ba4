// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import nat64.gateway.system.Commands;
import nat64.gateway.testbed.TestBed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code nat64 demo}, by its launcher. */
@ExtendWith(NeedsBed.class)
class DemoIT {

    private static final String BED = Beds.NAME + "-demo";
    private static final String LAUNCHER = System.getenv().getOrDefault("NAT64_LAUNCHER", "nat64");

    @AfterEach
    void remove() throws Exception {
        TestBed.remove(BED);
    }

    @Test
    void showsThatAllWorksAndLeavesNothing() throws Exception {
        var demo = Commands.attempt(List.of(LAUNCHER, "demo", "--bed", BED, "--size", "1M"), Duration.ofMinutes(8));

        assertThat(demo.exitCode()).as(demo.output()).isZero();
        assertThat(demo.output().lines().toList()).last().isEqualTo("All checks passed.");
        assertNothingIsLeft();
    }

    @Test
    void keepsTheBedOnRequestAndRemovesItOnRequest() throws Exception {
        var kept = Commands.attempt(
                List.of(LAUNCHER, "demo", "--bed", BED, "--size", "1K", "--offload", "off", "--keep"),
                Duration.ofMinutes(8));
        assertThat(kept.output())
                .contains("sudo ip netns exec " + BED + "-client bash")
                .endsWith("All checks passed.\n");
        assertThat(Commands.run("ip netns exec " + BED + "-client ping -c 1 -W 20 64:ff9b::192.52.193.2"))
                .contains(" 0% packet loss");

        var removed = Commands.attempt(List.of(LAUNCHER, "demo", "--bed", BED, "--remove"), Duration.ofMinutes(5));

        assertThat(removed.exitCode()).as(removed.output()).isZero();
        assertNothingIsLeft();
    }

    @Test
    void interruptedItLeavesNothing(@TempDir Path directory) throws Exception {
        var transcript = directory.resolve("transcript");
        var demo = new ProcessBuilder(LAUNCHER, "demo", "--bed", BED)
                .redirectErrorStream(true)
                .redirectOutput(transcript.toFile())
                .start();
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!Files.readString(transcript).contains("Starting the gateway") && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }

        Commands.run("kill -TERM " + demo.pid()); // SIGINT is ignored where a shell runs the tests in the background

        assertThat(demo.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(demo.exitValue()).isNotZero();
        assertThat(Files.readString(transcript)).endsWith("Interrupted: removing the three hosts\n");
        assertNothingIsLeft();
    }

    private static void assertNothingIsLeft() throws Exception {
        assertThat(Commands.run("ip netns list")).doesNotContain(BED);
        assertThat(Path.of("/run", BED)).doesNotExist();
        assertThat(Path.of("/etc/netns", BED + "-client")).doesNotExist();
        assertThat(ProcessHandle.allProcesses()).noneMatch(DemoIT::wasStartedOnTheBed);
    }

    private static boolean wasStartedOnTheBed(ProcessHandle process) {
        try {
            var environment = Files.readString(Path.of("/proc/" + process.pid() + "/environ"), ISO_8859_1);
            return environment.contains("RUNTIME_DIRECTORY=/run/" + BED);
        } catch (IOException e) {
            return false; // it has just ended
        }
    }
}
