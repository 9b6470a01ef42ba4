// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Ipv4Tuple;
import nat64.translator.packet.Ipv6Tuple;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketParser;
import nat64.translator.testing.TestPacket;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checksums after translation in both directions; the oracle is the simplest loop there is ({@link Wire}). */
class ChecksumPropertyTest {

    private static final String HOST = "2001:db8::1";
    private static final String SERVER = "198.51.100.2";
    private static final String SERVER6 = "64:ff9b::c633:6402";
    private static final String POOL4 = "192.0.2.1";

    private final Packet packet = TestPacket.received(new byte[0]);
    private final PacketParser parser = new PacketParser();
    private final Ipv4ToIpv6 toIpv6 = new Ipv4ToIpv6();
    private final Ipv6ToIpv4 toIpv4 = new Ipv6ToIpv4(new Identifications(1, false));
    private final Ipv4Tuple ipv4 = new Ipv4Tuple();
    private final Ipv6Tuple ipv6 = new Ipv6Tuple();

    @Test
    @Tag("C-067")
    void keepsCorrectChecksumsCorrect() {
        var random = new Random(67);
        for (int i = 0; i < 4000; i++) {
            chooseTuples(random);
            for (var bytes : packets(random)) {
                translated(bytes).assertSound();
            }
        }
    }

    @Test
    @Tag("C-067")
    void keepsAWrongChecksumWrong() {
        var random = new Random(68);
        for (int i = 0; i < 1000; i++) {
            chooseTuples(random);
            for (var bytes : packets(random)) {
                bytes[bytes.length - 1 - random.nextInt(2)] ^= (byte) (1 << random.nextInt(8));
                assertThat(translated(bytes).transportSum()).isNotEqualTo(0xffff);
            }
        }
    }

    @Test
    @Tag("C-071")
    void sendsAUdpChecksumThatComesOutZeroAsAllOnes() {
        chooseTuples(new Random(71));
        for (var bytes :
                new byte[][] {udp4(SERVER, 53, POOL4, 1026, new byte[2]), udp6(HOST, 1026, SERVER6, 53, new byte[2])}) {
            int udp = new Wire(bytes).transport();
            int sum = new Wire(bytes).u16(udp + 6);
            int zeros = 0;
            for (int word = 0; word < 0x10000; word++) { // one of these payloads makes the checksum come out zero
                int checksum = sum - word < 0 ? sum - word + 0xffff : sum - word;
                var datagram = ByteBuffer.wrap(bytes.clone()).putShort(udp + 8, (short) word);
                datagram.putShort(udp + 6, (short) (checksum == 0 ? 0xffff : checksum));
                var wire = translated(datagram.array());
                int translated = wire.u16(wire.transport() + 6);
                assertThat(translated).isNotZero();
                if (translated == 0xffff) {
                    zeros++;
                    wire.assertSound();
                }
            }
            assertThat(zeros).isBetween(1, 2); // the words 0 and 0xffff are equal
        }
    }

    @Test
    @Tag("C-076")
    void replacesOnlyThePseudoHeaderOfAPartialChecksum() {
        ipv4.set(0xc0000201, 1025, 0xc6336402, 80);
        var bytes = tcp6(HOST, 50_000, SERVER6, 80, "A", new byte[3000]);
        ByteBuffer.wrap(bytes).putShort(56, (short) pseudoHeader(bytes, 8, 40));
        var superPacket = TestPacket.parsedSuperPacket(bytes, Packet.Segmentation.TCP, 1440);
        assertThat(toIpv4.translate(superPacket, ipv4, ipv4, TranslationOptions.RFC_7915))
                .isEqualTo(DropReason.NONE);
        var wire = TestPacket.wire(superPacket);
        assertThat(wire.u16(36)).isEqualTo(pseudoHeader(wire.octets(), 12, 20));
    }

    private static byte[][] packets(Random random) {
        var data = new byte[random.nextInt(2, 200)];
        random.nextBytes(data);
        int port = random.nextInt(0x10000);
        int other = random.nextInt(0x10000);
        return new byte[][] {
            udp6(HOST, port, SERVER6, other, data),
            tcp6(HOST, port, SERVER6, other, "S", data),
            echo6(HOST, SERVER6, true, port, other),
            udp4(SERVER, port, POOL4, other, data),
            tcp4(SERVER, port, POOL4, other, "SA", data),
            echo4(SERVER, POOL4, false, port, other),
        };
    }

    private void chooseTuples(Random random) {
        ipv4.set(random.nextInt(), random.nextInt(0x10000), random.nextInt(), random.nextInt(0x10000));
        ipv6.source(random.nextLong(), random.nextLong(), random.nextInt(0x10000))
                .destination(random.nextLong(), random.nextLong(), random.nextInt(0x10000));
    }

    private Wire translated(byte[] bytes) {
        TestPacket.received(packet, bytes);
        assertThat(parser.parse(packet)).isEqualTo(DropReason.NONE);
        var drop = packet.layers().version() == 4
                ? toIpv6.translate(packet, ipv6, ipv6, TranslationOptions.RFC_7915)
                : toIpv4.translate(packet, ipv4, ipv4, TranslationOptions.RFC_7915);
        assertThat(drop).isEqualTo(DropReason.NONE);
        return TestPacket.wire(packet);
    }

    /** The folded sum of addresses, length and protocol of a TCP packet. */
    private static int pseudoHeader(byte[] bytes, int addresses, int end) {
        int sum = bytes.length - end + 6;
        for (int at = addresses; at < end; at += 2) {
            sum += ByteBuffer.wrap(bytes).getShort(at) & 0xffff;
        }
        sum = (sum >>> 16) + (sum & 0xffff);
        return (sum >>> 16) + (sum & 0xffff);
    }
}
