// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import nat64.translator.packet.Packet;
import nat64.translator.testing.TestMode;
import nat64.translator.testing.TestTranslator;
import nat64.translator.wire.Checksum;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(TestMode.class)
class ChecksumVectorTest {

    private final TestTranslator translator;

    ChecksumVectorTest(TestMode mode) {
        translator = mode.start();
    }

    @AfterEach
    void close() {
        translator.close();
    }

    @Test
    @Tag("C-071")
    void sendsAUdpChecksumThatComesOutZeroAsAllOnes() {
        var out = translator.translate(udp6(CLIENT, 1026, SERVER_IN_PREF64, 53, payload(2)));
        int zeros = 0;
        for (int word = 0; word < 0x10000; word++) { // one of these payloads makes the sum come out zero
            var datagram =
                    udp4(SERVER, 53, out.source(), out.sourcePort(), new byte[] {(byte) (word >> 8), (byte) word});
            var back = translator.translate(datagram); // asserts a right checksum
            assertThat(back.u16(46)).isNotZero();
            zeros += back.u16(46) == 0xffff ? 1 : 0;
        }
        assertThat(zeros).isEqualTo(1);
    }

    @Test
    @Tag("C-067")
    void keepsAWrongChecksumWrong() {
        var random = new Random(67);
        for (int i = 0; i < 1000; i++) {
            var packet = udp6(CLIENT, 1026, SERVER_IN_PREF64, 53, payload(20 + i % 100));
            packet[50 + random.nextInt(15)] ^= (byte) (1 << random.nextInt(8));
            var out = translator.send(packet).getFirst();
            assertThat(out.transportSum()).isNotEqualTo(0xffff);
        }
    }

    @Test
    @Tag("C-067")
    void keepsRightChecksumsRight() {
        var random = new Random(68);
        for (int i = 0; i < 2000; i++) {
            var data = new byte[random.nextInt(200)];
            random.nextBytes(data);
            int port = 1024 + random.nextInt(60_000);
            translator.translate(udp6(CLIENT, port, SERVER_IN_PREF64, random.nextInt(65_535) + 1, data));
            translator.pass(Duration.ofMinutes(6));
        }
        for (int i = 0; i < 1000; i++) {
            var data = new byte[random.nextInt(200)];
            random.nextBytes(data);
            translator.translate(tcp6(CLIENT, 1024 + i, SERVER_IN_PREF64, 80, "S", data));
        }
    }

    @Test
    @Tag("C-076")
    void replacesOnlyThePseudoHeaderOfAPartialChecksum() {
        var syn = translator.translate(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "S", new byte[0]));
        var packet = tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "A", payload(3000));
        long sum = 0;
        for (int i = 8; i < 40; i += 2) {
            sum += ByteBuffer.wrap(packet).getShort(i) & 0xffff;
        }
        sum += 3020 + 6;
        ByteBuffer.wrap(packet).putShort(56, (short) Checksum.fold(sum));

        var out = translator
                .sendSuperPacket(packet, Packet.Segmentation.TCP, 1440)
                .getFirst();

        long expected = 3020 + 6;
        for (int i = 12; i < 20; i += 2) {
            expected += out.u16(i);
        }
        assertThat(out.u16(36)).isEqualTo(Checksum.fold(expected));
        assertThat(out.source()).isEqualTo(syn.source());
    }
}
