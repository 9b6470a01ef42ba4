// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static nat64.translator.testing.Packets.tcp4;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.translate.TranslationOptions.COPY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import nat64.translator.packet.Packet;
import nat64.translator.testing.Bytes;
import nat64.translator.testing.RawPacket;
import nat64.translator.testing.TestPacket;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MssClampTest {

    private static final String MSS_1440 = "020405a0";

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
    void lowersTheSizeToWhatFitsBothSides(int setting, int ipv6, int ipv4, int size) {
        for (var flags : new String[] {"S", "SA"}) {
            var clamped = clamp(TestPacket.parsed(syn6(flags, MSS_1440)), options(setting, ipv6, ipv4));
            assertThat(clamped.assertSound().u16(62)).isEqualTo(size);
            clamped = clamp(TestPacket.parsed(syn4(flags, MSS_1440)), options(setting, ipv6, ipv4));
            assertThat(clamped.assertSound().u16(42)).isEqualTo(size);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "01020405a0010101, 43",
        "0101020405a00000, 44",
        "01010102 0405a000, 45",
        "080a0102030405060708010101020405a0000000, 55"
    })
    void findsTheOptionAtAnyPlace(String options, int value) {
        var clamped = clamp(TestPacket.parsed(syn4("S", options)), options(1000, 1500, 1500));
        assertThat(clamped.assertSound().u16(value)).isEqualTo(1000);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "0300020405a00000",
                "0301020405a00000",
                "00020405a0000000",
                "01010102",
                "03ff020405a00000",
                "020505a0",
                "020305a0",
            })
    void leavesBrokenOptionsUnchanged(String options) {
        var syn = syn4("S", options);
        assertThat(clamp(TestPacket.parsed(syn), options(1000, 1500, 1500)).octets())
                .isEqualTo(syn);
    }

    @Test
    void leavesOtherPacketsUnchanged() {
        for (var bytes : new byte[][] {
            syn4("A", MSS_1440),
            syn4("SA", ""),
            RawPacket.ipv4(6, "9c40 0050 00000000 00000000 6002 1000 0000 0000" + MSS_1440)
                    .fragment(1)
                    .bytes(),
            RawPacket.ipv4(99, "9c40 0050 00000000 00000000 6002 1000 0000 0000" + MSS_1440)
                    .bytes(),
        }) {
            assertThat(clamp(TestPacket.parsed(bytes), options(1000, 1500, 1500))
                            .octets())
                    .isEqualTo(bytes);
        }
    }

    @Test
    void leavesAChecksumThatTheDeviceCompletes() {
        var syn = syn4("S", MSS_1440);
        var packet = TestPacket.parsedSuperPacket(syn, Packet.Segmentation.NONE, 0);
        var clamped = clamp(packet, options(1000, 1500, 1500));
        assertThat(clamped.u16(42)).isEqualTo(1000);
        assertThat(clamped.u16(36)).isEqualTo(new Wire(syn).u16(36));
    }

    private static Wire clamp(Packet packet, TranslationOptions options) {
        MssClamp.apply(packet, options);
        return TestPacket.wire(packet);
    }

    private static TranslationOptions options(int setting, int ipv6, int ipv4) {
        return new TranslationOptions(1280, new NextHopMtus.Fixed(ipv6, ipv4), setting, COPY, COPY);
    }

    private static byte[] syn4(String flags, String options) {
        return withOptions(tcp4("192.0.2.1", 40_000, "198.51.100.2", 80, flags, Bytes.of(options)), 20);
    }

    private static byte[] syn6(String flags, String options) {
        return withOptions(tcp6("2001:db8::1", 40_000, "2001:db8::2", 80, flags, Bytes.of(options)), 40);
    }

    /** Makes the payload options. */
    private static byte[] withOptions(byte[] packet, int tcp) {
        packet[tcp + 12] = (byte) (((packet.length - tcp) / 4) << 4);
        ByteBuffer.wrap(packet).putShort(tcp + 16, (short) 0);
        ByteBuffer.wrap(packet).putShort(tcp + 16, (short) ~new Wire(packet).transportSum());
        return packet;
    }
}
