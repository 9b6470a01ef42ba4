// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumTest {

    @Test
    void sumsAsRfc1071Shows() {
        try (var arena = Arena.ofConfined()) {
            var octets = new byte[] {0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7};
            var buffer = copy(arena, octets);
            assertThat(Checksum.fold(Checksum.sum(buffer, 0, 8))).isEqualTo(0xddf2);
        }
    }

    @Test
    void sumsLikeTheSimplestLoop() {
        var random = new Random(1071);
        try (var arena = Arena.ofConfined()) {
            for (int length = 0; length < 200; length++) {
                var octets = new byte[length + 3];
                random.nextBytes(octets);
                var buffer = copy(arena, octets);
                assertThat(Checksum.fold(Checksum.sum(buffer, 3, length)))
                        .as("length %d", length)
                        .isEqualTo(simplest(octets, 3, length));
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

    private static MemorySegment copy(Arena arena, byte[] octets) {
        var buffer = arena.allocate(octets.length);
        buffer.copyFrom(MemorySegment.ofArray(octets));
        return buffer;
    }

    private static int simplest(byte[] octets, int at, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (octets[at + i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum >>> 16) + (sum & 0xffff);
        }
        return sum;
    }
}
