// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import nat64.translator.packet.Packet;
import nat64.translator.testing.Packets;
import nat64.translator.testing.TestPacket;
import nat64.translator.testing.Wire;
import nat64.translator.wire.Checksum;
import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Ports;
import nat64.translator.wire.UdpHeader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The addresses of the IP header stay here, so that the checksum of the whole packet can be verified. */
class TransportRewriteTest {

    private static final String HOST = "192.0.2.1";
    private static final String SERVER = "198.51.100.2";
    private static final int PORTS = Ports.both(0xfffe, 0x8001);
    private static final long SAME_ADDRESSES = Checksum.change(0, 0);

    @Test
    @Tag("C-067")
    void writesPortsAndUpdatesTheChecksum() {
        for (var bytes : new byte[][] {
            tcp4(HOST, 40_000, SERVER, 80, "A", payload(11)), udp4(HOST, 40_000, SERVER, 53, payload(11))
        }) {
            var wire = rewritten(TestPacket.parsed(bytes), SAME_ADDRESSES).assertSound();
            assertThat(wire.sourcePort()).isEqualTo(0xfffe);
            assertThat(wire.destinationPort()).isEqualTo(0x8001);
            assertThat(Arrays.copyOfRange(wire.octets(), 0, 20)).isEqualTo(Arrays.copyOfRange(bytes, 0, 20));
            assertThat(wire.from(38)).isEqualTo(Arrays.copyOfRange(bytes, 38, bytes.length));
        }
    }

    @Test
    @Tag("C-067")
    void keepsAWrongChecksumWrong() {
        var bytes = tcp4(HOST, 40_000, SERVER, 80, "A", payload(11));
        bytes[bytes.length - 1] ^= 0x10;
        var wire = rewritten(TestPacket.parsed(bytes), SAME_ADDRESSES);
        assertThat(wire.transportSum())
                .isEqualTo(new Wire(bytes).transportSum())
                .isNotEqualTo(0xffff);
    }

    @Test
    @Tag("C-073")
    void keepsAUdpDatagramWithoutChecksum() {
        var bytes = udp4(HOST, 40_000, SERVER, 53, payload(11));
        bytes[26] = 0;
        bytes[27] = 0;
        assertThat(rewritten(TestPacket.parsed(bytes), SAME_ADDRESSES).u16(26)).isZero();
    }

    @Test
    @Tag("C-071")
    void writesAUdpChecksumThatComesOutZeroAsAllOnes() {
        var bytes = udp4(HOST, 1, SERVER, 2, new byte[2]);
        int checksum =
                new Wire(rewritten(TestPacket.parsed(bytes), SAME_ADDRESSES).octets()).u16(26);
        bytes = udp4(HOST, 1, SERVER, 2, new byte[] {(byte) (checksum >>> 8), (byte) checksum});
        assertThat(rewritten(TestPacket.parsed(bytes), SAME_ADDRESSES).u16(26)).isEqualTo(0xffff);
    }

    @Test
    @Tag("C-076")
    void changesOnlyTheAddressesInAPartialChecksum() {
        var bytes = tcp4(HOST, 40_000, SERVER, 80, "A", payload(11));
        bytes[36] = 0x10;
        bytes[37] = 0x00;
        var packet = TestPacket.parsedSuperPacket(bytes, Packet.Segmentation.NONE, 0);
        assertThat(rewritten(packet, Checksum.change(0x0800, 0x0001)).u16(36)).isEqualTo(0x0801);
    }

    @Test
    @Tag("C-192")
    void leavesWhatFollowsAQuotedHeaderThatIsCut() {
        var quoted = Arrays.copyOf(tcp6("2001:db8::1", 1, "2001:db8::2", 80, "A", payload(9)), 48);
        var packet = TestPacket.parsed(error6("2001:db8::2", "2001:db8::1", 1, 4, 0, quoted));
        TransportRewrite.ports(packet, packet.quoted(), PORTS, SAME_ADDRESSES);
        var wire = TestPacket.wire(packet).quoted();
        assertThat(wire.sourcePort()).isEqualTo(0xfffe);
        assertThat(wire.from(44)).isEqualTo(Arrays.copyOfRange(quoted, 44, 48));
        var behind = packet.buffer().asSlice(packet.end(), 32).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        assertThat(behind).containsOnly(0xa5);
    }

    @Test
    @Tag("C-025")
    @Tag("C-067")
    void rewritesEchoes() {
        var random = new Random(25);
        for (int i = 0; i < 1000; i++) {
            var packet = TestPacket.parsed(echo4(HOST, SERVER, true, random.nextInt(0x10000), random.nextInt(0x10000)));
            int identifier = random.nextInt(0x10000);
            echo(packet, IcmpHeader.message(0, 0), identifier);
            var wire = TestPacket.wire(packet).assertSound();
            assertThat(wire.icmpType()).isZero();
            assertThat(wire.icmpIdentifier()).isEqualTo(identifier);
        }
    }

    @Test
    void givesAnEchoReplyOfZerosTheChecksumOfAllOnes() {
        var request = Packets.ipv4(
                HOST, SERVER, org.pcap4j.packet.namednumber.IpNumber.ICMPV4, 64, true, Packets.unknown(new byte[] {
                    8, 0, (byte) 0xf7, (byte) 0xfe, 0, 1, 0, 0
                }));
        var packet = TestPacket.parsed(request);
        echo(packet, IcmpHeader.message(0, 0), 0);
        assertThat(TestPacket.wire(packet).assertSound().u16(22)).isEqualTo(0xffff);
    }

    @Test
    @Tag("C-070")
    @Tag("C-071")
    void computesTheChecksumOfTheDatagramAlone() {
        var bytes = udp4(HOST, 40_000, SERVER, 53, payload(11));
        var longer = Arrays.copyOf(bytes, bytes.length + 3); // the datagram ends before the packet
        longer[3] = (byte) longer.length;
        var packet = TestPacket.parsed(Packets.withHeaderChecksum(longer));
        UdpHeader.checksum(packet.buffer(), packet.layers().transport(), 0);
        TransportRewrite.computeUdpChecksum(
                packet.buffer(), packet.layers(), packet.layers().addressSum());
        assertThat(TestPacket.wire(packet).u16(26)).isEqualTo(new Wire(bytes).u16(26));
    }

    private static Wire rewritten(Packet packet, long addresses) {
        TransportRewrite.ports(packet, packet.layers(), PORTS, addresses);
        return TestPacket.wire(packet);
    }

    private static void echo(Packet packet, int message, int identifier) {
        TransportRewrite.echo(packet.buffer(), packet.layers().transport(), message, identifier, Checksum.change(0, 0));
    }
}
