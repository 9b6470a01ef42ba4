// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Packet.Segmentation;
import nat64.translator.packet.PacketParser;
import nat64.translator.testing.Packets;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.Octets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtioNetHeaderTest {

    private static final long HEADER = Packet.HEADROOM - VirtioNetHeader.LENGTH;

    private final Arena arena = Arena.ofConfined();
    private final Packet packet = new Packet(arena);

    @AfterEach
    void close() {
        arena.close();
    }

    @ParameterizedTest(name = "type {0} is {1}")
    @CsvSource({"0, NONE, false", "1, TCP, false", "4, TCP, false", "0x81, TCP, true", "5, UDP, false", "3, NONE, false"
    })
    void readsHowAPacketIsToBeCut(String type, Segmentation segmentation, boolean congestionMarks) {
        var tcp = Packets.tcp6("2001:db8:1::2", 1, "2001:db8:64::c633:6402", 2, "A", Packets.payload(2940));
        MemorySegment.copy(MemorySegment.ofArray(tcp), 0, packet.buffer(), Packet.HEADROOM, tcp.length);
        fill(1, Integer.decode(type), 1440, 40, 16);
        VirtioNetHeader.read(packet, 3000);
        assertThat(packet.segmentation()).isEqualTo(segmentation);
        assertThat(packet.segmentBytes()).isEqualTo(segmentation == Segmentation.NONE ? 0 : 1440);
        assertThat(packet.hasCongestionMarks()).isEqualTo(congestionMarks);
        assertThat(packet.hasPartialChecksum()).isTrue();
        assertThat(packet.length()).isEqualTo(3000);
    }

    @Test
    void treatsASuperPacketOfSegmentsOfZeroAsOne() {
        fill(0, 1, 0, 0, 0);
        VirtioNetHeader.read(packet, 3000);
        assertThat(packet.isSuperPacket()).isFalse();
        assertThat(packet.packetsOnWire()).isEqualTo(1);
    }

    @Test
    void completesChecksumsThatAreNeitherTcpNorUdp() {
        var echo = Packets.echo6("2001:db8:1::2", "2001:db8:64::c633:6402", true, 1, 1);
        long pseudoHeader = 0;
        for (int i = 8; i < 40; i += 2) {
            pseudoHeader += ((echo[i] & 0xff) << 8) | (echo[i + 1] & 0xff);
        }
        pseudoHeader += 64 + 58;
        int partial = Checksum.fold(pseudoHeader);
        int right = ((echo[42] & 0xff) << 8) | (echo[43] & 0xff);
        echo[42] = (byte) (partial >> 8);
        echo[43] = (byte) partial;
        MemorySegment.copy(MemorySegment.ofArray(echo), 0, packet.buffer(), Packet.HEADROOM, echo.length);
        fill(1, 0, 0, 40, 2);

        VirtioNetHeader.read(packet, echo.length);

        assertThat(packet.hasPartialChecksum()).isFalse();
        assertThat(Octets.u16(packet.buffer(), Packet.HEADROOM + 42)).isEqualTo(right);
    }

    @Test
    void completesAChecksumDeeperInsideThatOnlyLooksLikeUdp() {
        var udp = Packets.udp6("2001:db8:1::2", 1, "2001:db8:64::c633:6402", 4789, Packets.payload(60));
        MemorySegment.copy(MemorySegment.ofArray(udp), 0, packet.buffer(), Packet.HEADROOM, udp.length);
        fill(1, 0, 0, 80, 6);

        VirtioNetHeader.read(packet, udp.length);

        assertThat(packet.hasPartialChecksum()).isFalse();
        int before = ((udp[86] & 0xff) << 8) | (udp[87] & 0xff);
        long covered = Checksum.sum(MemorySegment.ofArray(udp), 80, udp.length - 80);
        assertThat(Octets.u16(packet.buffer(), Packet.HEADROOM + 86))
                .isNotEqualTo(before)
                .isEqualTo(Checksum.of(covered));
    }

    @Test
    void ignoresAChecksumPlaceBeyondThePacket() {
        fill(1, 0, 0, 60_000, 60_000);
        VirtioNetHeader.read(packet, 100);
        assertThat(packet.hasPartialChecksum()).isFalse();
    }

    @Test
    void writesWhatTheKernelNeedsToKnow() {
        var tcp = Packets.tcp6("2001:db8:1::2", 1, "2001:db8:64::c633:6402", 2, "A", Packets.payload(3000));
        MemorySegment.copy(MemorySegment.ofArray(tcp), 0, packet.buffer(), Packet.HEADROOM, tcp.length);
        packet.received(tcp.length, true, Segmentation.TCP, 1400, true);
        assertThat(new PacketParser().parse(packet)).isEqualTo(DropReason.NONE);

        long at = VirtioNetHeader.write(packet);

        assertThat(at).isEqualTo(HEADER);
        assertThat(packet.buffer().get(ValueLayout.JAVA_BYTE, at)).isEqualTo((byte) 1);
        assertThat(packet.buffer().get(ValueLayout.JAVA_BYTE, at + 1)).isEqualTo((byte) 0x84);
        assertThat(u16(at + 2)).as("hdr_len").isEqualTo(60);
        assertThat(u16(at + 4)).as("gso_size").isEqualTo(1400);
        assertThat(u16(at + 6)).as("csum_start").isEqualTo(40);
        assertThat(u16(at + 8)).as("csum_offset").isEqualTo(16);
        assertThat(packet.packetsOnWire()).isEqualTo(3);
        assertThat(packet.lengthOnWire()).isEqualTo(1460);
    }

    private void fill(int flags, int type, int size, int checksumStart, int checksumOffset) {
        packet.buffer().set(ValueLayout.JAVA_BYTE, HEADER, (byte) flags);
        packet.buffer().set(ValueLayout.JAVA_BYTE, HEADER + 1, (byte) type);
        u16(HEADER + 4, size);
        u16(HEADER + 6, checksumStart);
        u16(HEADER + 8, checksumOffset);
    }

    private int u16(long at) {
        return packet.buffer().get(ValueLayout.JAVA_SHORT_UNALIGNED, at) & 0xffff;
    }

    private void u16(long at, int value) {
        packet.buffer().set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) value);
    }
}
