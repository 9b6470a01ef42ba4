// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {

    @Test
    void sumsAsRfc1071Shows() {
        try (var arena = Arena.ofConfined()) {
            var bytes = new byte[] {0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7};
            var buffer = copy(arena, bytes);
            assertThat(Checksum.fold(Checksum.sum(buffer, 0, 8))).isEqualTo(0xddf2);
        }
    }

    @Test
    void sumsLikeTheSimplestLoop() {
        var random = new Random(1071);
        try (var arena = Arena.ofConfined()) {
            for (int length = 0; length < 200; length++) {
                var bytes = new byte[length + 3];
                random.nextBytes(bytes);
                var buffer = copy(arena, bytes);
                assertThat(Checksum.fold(Checksum.sum(buffer, 3, length)))
                        .as("length %d", length)
                        .isEqualTo(simplest(bytes, 3, length));
            }
        }
    }

    @Test
    void updatesToWhatSummingAgainWouldGive() { // RFC 1624
        var random = new Random(1624);
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(64);
            for (int i = 0; i < 100_000; i++) {
                for (int at = 0; at < 64; at += 8) {
                    Octets.u64(buffer, at, random.nextInt(8) == 0 ? 0 : random.nextLong());
                }
                int checksum = Checksum.of(Checksum.sum(buffer, 0, 64));
                long removed = Checksum.sum(buffer, 8, 16);
                Octets.u64(buffer, 8, random.nextLong());
                Octets.u64(buffer, 16, random.nextInt(4) == 0 ? -1L : random.nextLong());
                int updated = Checksum.update(checksum, Checksum.change(removed, Checksum.sum(buffer, 8, 16)));
                assertThat(Checksum.fold(Checksum.sum(buffer, 0, 64) + updated)).isEqualTo(0xffff);
            }
        }
    }

    @Test
    void foldsSumsOfAnyWidth() {
        assertThat(Checksum.fold(0)).isZero();
        assertThat(Checksum.fold(0x1_0000)).isEqualTo(1);
        assertThat(Checksum.fold(0xffff_ffffL)).isEqualTo(0xffff);
        assertThat(Checksum.fold(0x7fff_ffff_ffff_ffffL)).isEqualTo(0x7fff);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0x1234, 0xfffe, 0xffff})
    @Tag("C-071")
    void neverGivesAUdpDatagramTheChecksumZero(int sum) {
        int checksum = Checksum.of(sum);
        assertThat(checksum).isEqualTo(0xffff - sum);
        assertThat(Checksum.of(sum, IpProtocol.TCP)).isEqualTo(checksum);
        assertThat(Checksum.of(sum, IpProtocol.UDP)).isEqualTo(sum == 0xffff ? 0xffff : checksum);
        assertThat(Checksum.nonZero(checksum)).isEqualTo(sum == 0xffff ? 0xffff : checksum);
    }

    @Test
    @Tag("C-071")
    void updatesAUdpChecksumToOtherThanZero() {
        long change = Checksum.change(0x1234, 0x1235); // from the sum 0xfffe to 0xffff
        assertThat(Checksum.update(1, change)).isZero();
        assertThat(Checksum.update(1, change, IpProtocol.TCP)).isZero();
        assertThat(Checksum.update(1, change, IpProtocol.UDP)).isEqualTo(0xffff);
    }

    @Test
    @Tag("C-067")
    void addsChanges() {
        var random = new Random(67);
        for (int i = 0; i < 10_000; i++) {
            int checksum = random.nextInt(0x10000);
            long one = Checksum.change(Checksum.sum(random.nextLong(), -1), Checksum.sum(random.nextInt()));
            long other = Checksum.change(Checksum.sum(-1), Checksum.sum(random.nextLong(), random.nextLong()));
            int updated = Checksum.update(checksum, one + other);
            int twice = Checksum.update(Checksum.update(checksum, one), other);
            assertThat(updated % 0xffff).isEqualTo(twice % 0xffff); // ones' complement has two zeros
        }
    }

    @Test
    @Tag("C-076")
    void updatesTheSumOfAPartialChecksumWithoutComplement() {
        assertThat(Checksum.updateSum(0x1000, Checksum.change(0x0800, 0x0001))).isEqualTo(0x0801);
        assertThat(Checksum.updateSum(0xffff, Checksum.change(0, 1))).isEqualTo(1);
    }

    private static MemorySegment copy(Arena arena, byte[] bytes) {
        var buffer = arena.allocate(bytes.length);
        buffer.copyFrom(MemorySegment.ofArray(bytes));
        return buffer;
    }

    private static int simplest(byte[] bytes, int at, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (bytes[at + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum >>> 16) + (sum & 0xffff);
        }
        return sum;
    }
}
