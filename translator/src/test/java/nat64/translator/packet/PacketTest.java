// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp6;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import nat64.translator.packet.Packet.Segmentation;
import nat64.translator.testing.TestPacket;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketTest {

    private static final String HOST = "2001:db8::1";
    private static final String SERVER = "2001:db8::2";

    @ParameterizedTest(name = "{0} bytes in segments of {1}: {2} packets, the largest {3}")
    @CsvSource({"1440, 1440, 1, 1500", "1441, 1440, 2, 1500", "14400, 1440, 10, 1500", "100, 1440, 1, 160"})
    @Tag("C-077")
    void countsTheSegmentsOfASuperPacket(int payload, int segment, int packets, int largest) {
        var bytes = tcp6(HOST, 1, SERVER, 80, "A", payload(payload));
        var packet = TestPacket.parsedSuperPacket(bytes, Segmentation.TCP, segment);
        assertThat(packet.isSuperPacket()).isTrue();
        assertThat(packet.packetsOnWire()).isEqualTo(packets);
        assertThat(packet.lengthOnWire()).isEqualTo(largest);
    }

    @Test
    void isOnePacketOnTheWireOtherwise() {
        var packet = TestPacket.parsed(tcp4("192.0.2.1", 1, "192.0.2.2", 80, "A", payload(100)));
        assertThat(packet.isSuperPacket()).isFalse();
        assertThat(packet.packetsOnWire()).isEqualTo(1);
        assertThat(packet.lengthOnWire()).isEqualTo(140);
    }

    @Test
    void forgetsTheLastPacket() {
        var bytes = tcp6(HOST, 1, SERVER, 80, "A", payload(3000));
        var packet = TestPacket.parsedSuperPacket(bytes, Segmentation.TCP, 1440);
        packet.startAt(99);
        packet.received(40);
        assertThat(packet.start()).isEqualTo(Packet.HEADROOM);
        assertThat(packet.length()).isEqualTo(40);
        assertThat(packet.hasPartialChecksum()).isFalse();
        assertThat(packet.isSuperPacket()).isFalse();
        assertThat(packet.segmentBytes()).isZero();
        assertThat(packet.extensionBytes()).isZero();
        assertThat(packet.layers().transport()).isZero();
        assertThat(packet.layers().isIcmpError()).isFalse();
    }

    @ParameterizedTest(name = "payload of {0} bytes")
    @CsvSource({"0", "1", "2", "1001"})
    void completesAPartialChecksum(int length) {
        for (var whole : new byte[][] {
            tcp6(HOST, 40_000, SERVER, 80, "A", payload(length)), udp6(HOST, 40_000, SERVER, 53, payload(length))
        }) {
            var packet = TestPacket.parsedSuperPacket(partial(whole), Segmentation.NONE, 0);
            packet.completeChecksum();
            assertThat(TestPacket.wire(packet).octets()).isEqualTo(whole);
            assertThat(packet.hasPartialChecksum()).isFalse();
            packet.completeChecksum();
            assertThat(TestPacket.wire(packet).octets()).as("once only").isEqualTo(whole);
        }
    }

    @Test
    @Tag("C-071")
    void completesAUdpChecksumToOtherThanZero() {
        var whole = udp6(HOST, 1, SERVER, 2, new byte[] {0, 0});
        int checksum = ByteBuffer.wrap(whole).getShort(46) & 0xffff;
        whole = udp6(HOST, 1, SERVER, 2, new byte[] {(byte) (checksum >>> 8), (byte) checksum}); // sums up to zeros
        var packet = TestPacket.parsedSuperPacket(partial(whole), Segmentation.NONE, 0);
        packet.completeChecksum();
        assertThat(TestPacket.wire(packet).u16(46)).isEqualTo(0xffff);
    }

    /** The checksum field holds the sum of the pseudo-header, as a host leaves it to its device. */
    private static byte[] partial(byte[] whole) {
        var bytes = ByteBuffer.wrap(whole.clone());
        int field = new Wire(whole).transport() + (whole[6] == 6 ? 16 : 6);
        int sum = (whole.length - 40) + whole[6];
        for (int i = 8; i < 40; i += 2) {
            sum += bytes.getShort(i) & 0xffff;
        }
        sum = (sum >>> 16) + (sum & 0xffff);
        return bytes.putShort(field, (short) ((sum >>> 16) + sum)).array();
    }
}
