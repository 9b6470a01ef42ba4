// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceKitTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void passesItsOwnTests() throws Exception {
        var tests = Script.run(
                directory,
                Duration.ofMinutes(10),
                "python3",
                "-B",
                "-m",
                "unittest",
                "discover",
                "-s",
                "bench",
                "-p",
                "test_*.py");

        assertThat(tests.exitCode()).as(tests.output()).isZero();
    }

    @Test
    void refusesAServerThatIsNoAddress() throws Exception {
        var kit = Script.run(directory, Duration.ofMinutes(2), "bench/dns64-conformance", "localhost");

        assertThat(kit.exitCode()).as(kit.output()).isEqualTo(2);
        assertThat(kit.output()).contains("not an address, or address and port: localhost");
    }
}
