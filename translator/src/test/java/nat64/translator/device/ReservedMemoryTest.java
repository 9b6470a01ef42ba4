// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedMemoryTest {

    private static final long MEBIBYTE = 1 << 20;

    @ParameterizedTest(name = "{0} octets")
    @ValueSource(longs = {8, 4096, 2 * MEBIBYTE - 8, 2 * MEBIBYTE, 5 * MEBIBYTE + 8})
    void givesZerosThatCanBeWrittenToTheLast(long octets) {
        try (var memory = new ReservedMemory(Long.MAX_VALUE)) {
            var segment = memory.allocate(octets, 64);
            assertThat(segment.byteSize()).isEqualTo(octets);
            assertThat(segment.address() % 64).isZero();
            assertThat(segment.get(ValueLayout.JAVA_LONG, octets - 8)).isZero();
            segment.fill((byte) 0xa5);
            assertThat(segment.get(ValueLayout.JAVA_BYTE, octets - 1)).isEqualTo((byte) 0xa5);
        }
    }

    @Test
    void takesNoMemoryThatIsNotTouched() throws Exception {
        try (var memory = new ReservedMemory(Long.MAX_VALUE)) {
            long before = residentMebibytes();
            var segment = memory.allocate(512 * MEBIBYTE, 64);
            segment.set(ValueLayout.JAVA_BYTE, 300 * MEBIBYTE, (byte) 1);
            assertThat(residentMebibytes() - before).isLessThan(256);
            assertThat(memory.promised()).isEqualTo(512 * MEBIBYTE);
        }
    }

    @Test
    void refusesMoreThanThereIs() {
        try (var memory = new ReservedMemory(100 * MEBIBYTE)) {
            memory.allocate(60 * MEBIBYTE, 64);
            assertThatThrownBy(() -> memory.allocate(50 * MEBIBYTE, 64))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessage("tables of more than 110 MiB are asked for, and this machine has 100 MiB");
        }
    }

    @Test
    void tellsThatTheKernelRefuses() {
        try (var memory = new ReservedMemory(Long.MAX_VALUE)) {
            assertThatThrownBy(() -> memory.allocate(1L << 60, 64))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessageStartingWith("the kernel refuses")
                    .hasMessageContaining("Cannot allocate memory");
        }
    }

    @Test
    void endsWithItsArena() {
        var memory = new ReservedMemory(Long.MAX_VALUE);
        var segment = memory.allocate(4 * MEBIBYTE, 64);
        memory.close();
        assertThatIllegalStateException().isThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 0));
    }

    private static long residentMebibytes() throws Exception {
        var line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(text -> text.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
    }
}
