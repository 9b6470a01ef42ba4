// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPortsTest {

    private static final int DRAWS = 20_000;

    @TempDir
    Path directory;

    private long nanos;

    @Test
    void leavesOutWhatTheKernelReserves() throws IOException {
        var ports = ports("8080,36864-65534\n");
        assertThat(draw(ports)).allMatch(port -> (port >= 1024 && port < 36_864) || port == 65_535);
    }

    @Test
    void drawsFromAllPortsWhereNoneIsReserved() throws IOException {
        assertThat(draw(ports("\n")).filter(port -> port >= 36_864).count()).isGreaterThan(DRAWS / 3);
        assertThat(draw(new LocalPorts(new UnpredictableNumbers(), directory.resolve("missing"), () -> nanos)))
                .allMatch(port -> port >= 1024);
    }

    @Test
    void hearsOfAChangeWithinASecond() throws IOException {
        var ports = ports("\n");
        assertThat(draw(ports)).anyMatch(port -> port >= 36_864);
        Files.writeString(file(), "36864-65535\n");
        nanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(draw(ports)).noneMatch(port -> port >= 36_864);
    }

    @Test
    void leavesTheChoiceToTheKernelWhereAllAreReserved() throws IOException {
        assertThat(ports("1-65535\n").draw()).isEqualTo(LocalPorts.ANY);
    }

    private LocalPorts ports(String reserved) throws IOException {
        Files.writeString(file(), reserved);
        return new LocalPorts(new UnpredictableNumbers(), file(), () -> nanos);
    }

    private Path file() {
        return directory.resolve("ip_local_reserved_ports");
    }

    private static IntStream draw(LocalPorts ports) {
        return IntStream.range(0, DRAWS).map(_ -> ports.draw());
    }
}
