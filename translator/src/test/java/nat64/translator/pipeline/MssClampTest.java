// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import nat64.translator.packet.Packet;
import nat64.translator.testing.TestMode;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import nat64.translator.translate.MssClamp;
import nat64.translator.translate.NextHopMtus;
import nat64.translator.translate.TranslationOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(TestMode.class)
class MssClampTest {

    private static final String MSS_1440 = "020405a0";
    private static final int PARTIAL = 0x1234;

    private final TestMode mode;

    MssClampTest(TestMode mode) {
        this.mode = mode;
    }

    @ParameterizedTest(name = "{0}, IPv6 {1}, IPv4 {2}: {3}")
    @CsvSource({
        "-1, 1500, 1500, 1440",
        "-1, 1500, 1000, 960",
        "-1, 1400, 1500, 1340",
        "-1, 9000, 9000, 1440",
        "1200, 1500, 1500, 1200",
        "1441, 1500, 1500, 1440",
        "0, 1280, 576, 1440",
    })
    void lowersWhatDoesNotFit(int setting, int ipv6, int ipv4, int mss) {
        try (var translator = translator(setting, ipv6, ipv4)) {
            var syn = translator.translate(syn6("S", MSS_1440));
            assertThat(syn.u16(42)).isEqualTo(mss);

            var synAck = tcp4(SERVER, 80, syn.source(), syn.sourcePort(), "SA", options(MSS_1440));
            assertThat(translator.translate(withOptions(synAck, 20)).u16(62)).isEqualTo(mss);
        }
    }

    @Test
    void leavesAChecksumThatTheDeviceCompletes() {
        assertThat(partial(1000).u16(42)).isEqualTo(1000);
        assertThat(partial(1000).u16(36)).isEqualTo(partial(MssClamp.OFF).u16(36));
    }

    private Wire partial(int setting) {
        try (var translator = translator(setting, 1500, 1500)) {
            var syn = syn6("S", MSS_1440);
            ByteBuffer.wrap(syn).putShort(56, (short) PARTIAL);
            return translator.sendSuperPacket(syn, Packet.Segmentation.NONE, 0).getFirst();
        }
    }

    private TestTranslator translator(int setting, int ipv6, int ipv4) {
        return mode.start(new TranslationOptions(
                1280, new NextHopMtus.Fixed(ipv6, ipv4), setting, TranslationOptions.COPY, TranslationOptions.COPY));
    }

    private static byte[] syn6(String flags, String options) {
        return withOptions(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, flags, options(options)), 40);
    }

    /** Makes the payload options; the checksum is about both alike but for the length of the header. */
    private static byte[] withOptions(byte[] packet, int tcp) {
        packet[tcp + 12] = (byte) (((packet.length - tcp) / 4) << 4);
        ByteBuffer.wrap(packet).putShort(tcp + 16, (short) 0);
        ByteBuffer.wrap(packet).putShort(tcp + 16, (short) ~new Wire(packet).transportSum());
        return packet;
    }

    private static byte[] options(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
