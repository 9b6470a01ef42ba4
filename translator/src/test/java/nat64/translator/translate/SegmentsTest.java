// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Packet.Segmentation;
import nat64.translator.packet.PacketParser;
import nat64.translator.testing.RawPacket;
import nat64.translator.testing.TestPacket;
import nat64.translator.testing.Wire;
import nat64.translator.wire.TcpHeader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("C-077")
class SegmentsTest {

    private static final int FLAGS_AT = 13;

    private final Segments segments = new Segments(Arena.ofAuto());

    @ParameterizedTest(name = "payload of {0} bytes")
    @ValueSource(ints = {1, 1439, 1440, 1441, 2880, 40_000, 65_475})
    void cutsTcpIntoSegmentsWithTheirOwnHeaders(int length) {
        for (var bytes : new byte[][] {
            tcp4("192.0.2.1", 1, "198.51.100.2", 80, "A", payload(length)),
            tcp6("2001:db8::1", 1, "2001:db8::2", 80, "A", payload(length))
        }) {
            var sent = all(TestPacket.parsedSuperPacket(bytes, Segmentation.TCP, 1440));
            var whole = new ByteArrayOutputStream();
            for (var segment : sent) {
                segment.assertSound();
                assertThat(segment.octets().length - segment.transport()).isLessThanOrEqualTo(20 + 1440);
                int sequence = segment.u16(segment.transport() + 4) << 16 | segment.u16(segment.transport() + 6);
                assertThat(sequence).isEqualTo(0x01020304 + whole.size());
                whole.writeBytes(segment.from(segment.transport() + 20));
            }
            assertThat(whole.toByteArray()).isEqualTo(payload(length));
            assertThat(sent).hasSize((length + 1439) / 1440);
        }
    }

    @Test
    void numbersIpv4SegmentsOneAfterTheOther() {
        var bytes = tcp4("192.0.2.1", 1, "198.51.100.2", 80, "A", payload(4000));
        var sent = all(TestPacket.parsedSuperPacket(bytes, Segmentation.TCP, 1440));
        assertThat(sent.stream().map(segment -> segment.u16(4))).containsExactly(0x4242, 0x4243, 0x4244);
    }

    @Test
    void keepsFinAndPushForTheLastSegment() {
        var bytes = tcp6("2001:db8::1", 1, "2001:db8::2", 80, "AFP", payload(4000));
        assertThat(flags(bytes, false))
                .containsExactly(TcpHeader.ACK, TcpHeader.ACK, TcpHeader.ACK | TcpHeader.FIN | TcpHeader.PSH);
    }

    @Test
    void keepsCwrForTheFirstSegmentIfTheDeviceSaysSo() {
        var bytes = tcp6("2001:db8::1", 1, "2001:db8::2", 80, "A", payload(4000));
        bytes[40 + FLAGS_AT] |= (byte) TcpHeader.CWR;
        int cwr = TcpHeader.ACK | TcpHeader.CWR;
        assertThat(flags(bytes, true)).containsExactly(cwr, TcpHeader.ACK, TcpHeader.ACK);
        assertThat(flags(bytes, false)).containsExactly(cwr, cwr, cwr);
    }

    @ParameterizedTest(name = "payload of {0} bytes")
    @ValueSource(ints = {1, 100, 101, 2500})
    void cutsUdpIntoDatagrams(int length) {
        for (var bytes : new byte[][] {
            udp4("192.0.2.1", 1, "198.51.100.2", 53, payload(length)),
            udp6("2001:db8::1", 1, "2001:db8::2", 53, payload(length))
        }) {
            var sent = all(TestPacket.parsedSuperPacket(bytes, Segmentation.UDP, 100));
            var whole = new ByteArrayOutputStream();
            for (var datagram : sent) {
                datagram.assertSound();
                int udp = datagram.transport();
                assertThat(datagram.u16(udp + 4)).isEqualTo(datagram.octets().length - udp);
                assertThat(datagram.u16(udp + 6)).as("C-071").isNotZero();
                whole.writeBytes(datagram.from(udp + 8));
            }
            assertThat(whole.toByteArray()).isEqualTo(payload(length));
        }
    }

    @Test
    @Tag("C-078")
    void keepsTheFirstSegmentOnly() {
        var bytes = tcp6("2001:db8::1", 1, "2001:db8::2", 80, "AP", payload(4000));
        var packet = TestPacket.parsedSuperPacket(bytes, Segmentation.TCP, 1440);
        segments.keepFirst(packet);
        assertThat(packet.isSuperPacket()).isFalse();
        assertThat(TestPacket.wire(packet).assertSound().octets()).hasSize(40 + 20 + 1440);
    }

    @Test
    void completesTheChecksumOfAnyOtherPacket() {
        var bytes = udp6("2001:db8::1", 1, "2001:db8::2", 53, payload(10));
        var packet = TestPacket.parsed(bytes);
        segments.keepFirst(packet);
        assertThat(TestPacket.wire(packet).octets()).isEqualTo(bytes);
    }

    @Test
    void leavesAPacketWhoseHeadersWereNotRead() {
        var bytes = RawPacket.ipv6(43, "1100 0001 00000000 9c40 0035 0008 0000").bytes();
        var packet = TestPacket.received(bytes).received(bytes.length, true, Segmentation.UDP, 100, false);
        new PacketParser().parse(packet);
        segments.keepFirst(packet);
        assertThat(TestPacket.wire(packet).octets()).isEqualTo(bytes);
    }

    private List<Integer> flags(byte[] bytes, boolean congestionMarks) {
        var packet = TestPacket.received(bytes).received(bytes.length, true, Segmentation.TCP, 1440, congestionMarks);
        new PacketParser().parse(packet);
        return all(packet).stream()
                .map(segment -> segment.octets()[segment.transport() + FLAGS_AT] & 0xff)
                .toList();
    }

    private List<Wire> all(Packet packet) {
        var sent = new ArrayList<Wire>();
        segments.begin(packet);
        while (segments.next(packet)) {
            assertThat(packet.isSuperPacket() || packet.hasPartialChecksum()).isFalse();
            sent.add(TestPacket.wire(packet));
        }
        return sent;
    }
}
