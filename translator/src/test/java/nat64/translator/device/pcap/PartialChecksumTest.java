// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import nat64.translator.testing.Packets;
import nat64.translator.wire.Checksum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartialChecksumTest {

    private static final int TCP_CHECKSUM = 16;
    private static final int UDP_CHECKSUM = 6;

    private final PartialChecksum partialChecksum = new PartialChecksum();

    @SuppressWarnings("ArrayRecordComponent")
    record Vector(byte[] packet, int header, int checksum) {}

    private static List<Vector> vectors() {
        return List.of(
                new Vector(Packets.tcp4("192.0.2.1", 1, "192.0.2.2", 2, "A", Packets.payload(99)), 20, TCP_CHECKSUM),
                new Vector(Packets.udp4("192.0.2.1", 1, "192.0.2.2", 2, Packets.payload(99)), 20, UDP_CHECKSUM),
                new Vector(
                        Packets.tcp6("2001:db8::1", 1, "2001:db8::2", 2, "A", Packets.payload(99)), 40, TCP_CHECKSUM),
                new Vector(Packets.udp6("2001:db8::1", 1, "2001:db8::2", 2, Packets.payload(99)), 40, UDP_CHECKSUM));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void takesAWholeChecksumForWhole(Vector vector) {
        assertThat(isPartial(vector.packet())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void recognizesTheSumOfThePseudoHeader(Vector vector) {
        assertThat(isPartial(withPseudoHeaderSum(vector))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void takesADamagedChecksumForWhole(Vector vector) {
        var packet = vector.packet().clone();
        packet[vector.header() + vector.checksum()] ^= 1;

        assertThat(isPartial(packet)).isFalse();
    }

    /** The payload is chosen so that the whole checksum equals the sum of the pseudo-header. */
    @ParameterizedTest
    @MethodSource("vectors")
    void takesAWholeChecksumThatEqualsTheSumForWhole(Vector vector) {
        var packet = withPseudoHeaderSum(vector);
        int last = packet.length - (packet.length - vector.header()) % 2 - 2;
        packet[last] = 0;
        packet[last + 1] = 0;
        var buffer = MemorySegment.ofArray(packet);
        long pseudoHeader = pseudoHeader(vector);
        int missing =
                Checksum.of(pseudoHeader + Checksum.sum(buffer, vector.header(), packet.length - vector.header()));
        packet[last] = (byte) (missing >>> 8);
        packet[last + 1] = (byte) missing;

        assertThat(isPartial(packet)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void looksAtNothingBeyondTheEnd(Vector vector) {
        for (int length = 0; length < vector.packet().length; length++) {
            isPartial(Arrays.copyOf(vector.packet(), length));
        }
    }

    @Test
    void takesAFragmentForWhole() {
        var vector = vectors().get(1);
        var packet = withPseudoHeaderSum(vector);
        packet[6] = 0x20;

        assertThat(isPartial(packet)).isFalse();
    }

    private boolean isPartial(byte[] packet) {
        return partialChecksum.isIn(MemorySegment.ofArray(packet), 0, packet.length);
    }

    private static byte[] withPseudoHeaderSum(Vector vector) {
        var packet = vector.packet().clone();
        int sum = Checksum.fold(pseudoHeader(vector));
        packet[vector.header() + vector.checksum()] = (byte) (sum >>> 8);
        packet[vector.header() + vector.checksum() + 1] = (byte) sum;
        return packet;
    }

    private static long pseudoHeader(Vector vector) {
        var buffer = MemorySegment.ofArray(vector.packet());
        boolean ipv6 = vector.header() == 40;
        int protocol = vector.checksum() == TCP_CHECKSUM ? 6 : 17;
        return Checksum.sum(buffer, ipv6 ? 8 : 12, ipv6 ? 32 : 8) + protocol + vector.packet().length - vector.header();
    }
}
