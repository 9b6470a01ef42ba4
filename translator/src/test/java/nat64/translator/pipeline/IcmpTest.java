// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.echo4;
import static nat64.translator.testing.Packets.echo6;
import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.tcp6;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestMode.NAT64;
import static nat64.translator.testing.TestMode.ROUTER;
import static nat64.translator.testing.TestMode.ROUTER_V4;
import static nat64.translator.testing.TestNat64.CLIENT;
import static nat64.translator.testing.TestNat64.SERVER;
import static nat64.translator.testing.TestNat64.SERVER_IN_PREF64;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import nat64.translator.packet.DropReason;
import nat64.translator.testing.TestMode;
import nat64.translator.testing.TestTranslator;
import nat64.translator.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(TestMode.class)
class IcmpTest {

    private static final String ROUTER4 = "192.0.2.99";

    private final TestMode mode;
    private final TestTranslator translator;

    IcmpTest(TestMode mode) {
        this.mode = mode;
        translator = mode.start();
    }

    @AfterEach
    void close() {
        translator.close();
    }

    @Test
    @Tag("C-025")
    @Tag("C-079")
    @Tag("C-185")
    void translatesEchoThereAndBack() {
        var request = translator.translate(echo6(CLIENT, SERVER_IN_PREF64, true, 77, 5));
        assertThat(request.icmpType()).isEqualTo(8);
        assertThat(request.destination()).isEqualTo(SERVER);

        var reply = translator.translate(echo4(SERVER, request.source(), false, request.icmpIdentifier(), 5));
        assertThat(reply.icmpType()).isEqualTo(129);
        assertThat(reply.icmpIdentifier()).isEqualTo(77);
        assertThat(reply.source()).isEqualTo(Wire.address(SERVER_IN_PREF64));
        assertThat(reply.destination()).isEqualTo(Wire.address(CLIENT));
    }

    @ParameterizedTest(name = "ICMPv4 {0}/{1} with {2} becomes ICMPv6 {3}/{4} with {5}")
    @CsvSource({
        "3, 0, 0,          1, 0, 0", // C-028
        "3, 1, 0,          1, 0, 0",
        "3, 5, 0,          1, 0, 0",
        "3, 6, 0,          1, 0, 0",
        "3, 7, 0,          1, 0, 0",
        "3, 8, 0,          1, 0, 0",
        "3, 11, 0,         1, 0, 0",
        "3, 12, 0,         1, 0, 0",
        "3, 2, 0,          4, 1, 6", // C-029
        "3, 3, 0,          1, 4, 0", // C-030
        "3, 4, 1400,       2, 0, 1420", // C-031
        "3, 4, 576,        2, 0, 1280",
        "3, 4, 65535,      2, 0, 65535",
        "3, 9, 0,          1, 1, 0", // C-033
        "3, 10, 0,         1, 1, 0",
        "3, 13, 0,         1, 1, 0",
        "3, 15, 0,         1, 1, 0",
        "11, 0, 0,         3, 0, 0", // C-034
        "11, 1, 0,         3, 1, 0",
        "12, 0, 0,         4, 0, 0", // C-035
        "12, 0, 0x01000000, 4, 0, 1",
        "12, 0, 0x02000000, 4, 0, 4",
        "12, 0, 0x08000000, 4, 0, 7",
        "12, 0, 0x09000000, 4, 0, 6",
        "12, 2, 0x0c000000, 4, 0, 8",
        "12, 0, 0x10000000, 4, 0, 24",
    })
    @Tag("C-028")
    @Tag("C-029")
    @Tag("C-030")
    @Tag("C-031")
    @Tag("C-033")
    @Tag("C-034")
    @Tag("C-035")
    @Tag("C-037")
    @Tag("C-190")
    @Tag("C-191")
    @Tag("C-192")
    @SuppressWarnings("checkstyle:ParameterNumber") // a column each
    void translatesErrorsFromTheIpv4Side(int type, int code, String rest, int type6, int code6, int rest6) {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(100)));

        var error = translator.translate(error4(ROUTER4, out.source(), type, code, Integer.decode(rest), out.octets()));

        assertThat(error.icmpType()).isEqualTo(type6);
        assertThat(error.icmpCode()).isEqualTo(code6);
        assertThat(error.icmpRest()).isEqualTo(rest6);
        assertThat(error.source()).as("C-191: who reports it").isEqualTo(Wire.address("2001:db8:64::c000:263"));
        assertThat(error.destination()).isEqualTo(Wire.address(CLIENT));
        var quoted = error.quoted().assertSound(); // C-037, C-192
        assertThat(quoted.source()).isEqualTo(Wire.address(CLIENT));
        assertThat(quoted.destination()).isEqualTo(Wire.address(SERVER_IN_PREF64));
        assertThat(quoted.sourcePort()).isEqualTo(40_000);
        assertThat(quoted.destinationPort()).isEqualTo(53);
        assertThat(quoted.octets()[7])
                .as("C-037: its hop limit as the router saw it")
                .isEqualTo((byte) 63);
    }

    @ParameterizedTest(name = "ICMPv6 {0}/{1} with {2} becomes ICMPv4 {3}/{4} with {5}")
    @CsvSource({
        "1, 0, 0,    3, 1, 0", // C-081
        "1, 1, 0,    3, 10, 0",
        "1, 2, 0,    3, 1, 0",
        "1, 3, 0,    3, 1, 0",
        "1, 4, 0,    3, 3, 0",
        "2, 0, 1400, 3, 4, 1380", // C-082
        "2, 0, 1280, 3, 4, 1260",
        "3, 0, 0,    11, 0, 0", // C-084
        "3, 1, 0,    11, 1, 0",
        "4, 0, 0,    12, 0, 0", // C-085
        "4, 0, 1,    12, 0, 0x01000000",
        "4, 0, 4,    12, 0, 0x02000000",
        "4, 0, 6,    12, 0, 0x09000000",
        "4, 0, 7,    12, 0, 0x08000000",
        "4, 0, 8,    12, 0, 0x0c000000",
        "4, 0, 24,   12, 0, 0x10000000",
        "4, 0, 39,   12, 0, 0x10000000",
        "4, 1, 40,   3, 2, 0", // C-086
    })
    @Tag("C-081")
    @Tag("C-082")
    @Tag("C-084")
    @Tag("C-085")
    @Tag("C-086")
    @Tag("C-087")
    @Tag("C-114")
    @Tag("C-192")
    @Tag("C-195")
    @SuppressWarnings("checkstyle:ParameterNumber") // a column each
    void translatesErrorsFromTheIpv6Side(int type, int code, int rest, int type4, int code4, String rest4) {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(10)));
        var in = translator.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(100)));

        var error = translator.translate(error6(ROUTER, SERVER_IN_PREF64, type, code, rest, in.octets()));

        assertThat(error.icmpType()).isEqualTo(type4);
        assertThat(error.icmpCode()).isEqualTo(code4);
        assertThat(error.icmpRest()).isEqualTo(Integer.decode(rest4));
        assertThat(error.source()).as("C-195, C-114").isEqualTo(mode == NAT64 ? out.source() : ROUTER_V4);
        assertThat(error.destination()).isEqualTo(SERVER);
        var quoted = error.quoted().assertSound(); // C-087, C-192
        assertThat(quoted.source()).isEqualTo(SERVER);
        assertThat(quoted.destination()).isEqualTo(out.source());
        assertThat(quoted.sourcePort()).isEqualTo(53);
        assertThat(quoted.destinationPort()).isEqualTo(out.sourcePort());
    }

    @ParameterizedTest(name = "ICMPv4 {0}/{1} with {2}")
    @CsvSource({
        "3, 14, 0",
        "3, 16, 0",
        "4, 0, 0",
        "5, 1, 0",
        "12, 1, 0",
        "12, 3, 0",
        "12, 0, 0x04000000",
        "12, 0, 0x14000000"
    })
    @Tag("C-026")
    @Tag("C-033")
    @Tag("C-036")
    void dropsErrorsOfTheIpv4SideThatHaveNoCounterpart(int type, int code, String rest) {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(100)));
        assertThat(translator.send(error4(ROUTER4, out.source(), type, code, Integer.decode(rest), out.octets())))
                .isEmpty();
        assertThat(translator.dropped(DropReason.UNTRANSLATABLE_ICMP)).isEqualTo(1);
    }

    @ParameterizedTest(name = "ICMPv6 {0}/{1} with {2}")
    @CsvSource({"1, 5, 0", "1, 6, 0", "4, 2, 0", "4, 0, 2", "4, 0, 3", "4, 0, 40", "100, 0, 0"})
    @Tag("C-080")
    @Tag("C-081")
    @Tag("C-085")
    @Tag("C-086")
    void dropsErrorsOfTheIpv6SideThatHaveNoCounterpart(int type, int code, int rest) {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(10)));
        var in = translator.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(100)));
        assertThat(translator.send(error6(ROUTER, SERVER_IN_PREF64, type, code, rest, in.octets())))
                .isEmpty();
        assertThat(translator.dropped(DropReason.UNTRANSLATABLE_ICMP)).isEqualTo(1);
    }

    @ParameterizedTest(name = "type {0}")
    @CsvSource({"130", "133", "135", "137", "143", "200"})
    @Tag("C-080")
    void dropsOtherIcmpv6Messages(int type) {
        assertThat(translator.send(error6(CLIENT, SERVER_IN_PREF64, type, 0, 0, payload(40))))
                .isEmpty();
        assertThat(translator.dropped(DropReason.UNTRANSLATABLE_ICMP)).isEqualTo(1);
    }

    @Test
    @Tag("C-032")
    void takesAPlateauWhereAnOldRouterTellsNoMtu() {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1472)));
        var error = translator.translate(error4(ROUTER4, out.source(), 3, 4, 0, Arrays.copyOf(out.octets(), 128)));
        assertThat(error.icmpRest()).isEqualTo(1492 + 20);
    }

    @Test
    @Tag("C-039")
    void translatesErrorsThatQuoteEightOctetsOfTcp() {
        var syn = translator.translate(tcp6(CLIENT, 50_000, SERVER_IN_PREF64, 80, "S", new byte[0]));
        var error = translator.translate(error4(ROUTER4, syn.source(), 11, 0, 0, Arrays.copyOf(syn.octets(), 28)));
        assertThat(error.quoted().sourcePort()).isEqualTo(50_000);
        assertThat(error.quoted().u16(4)).as("C-039: payload length as it was").isEqualTo(20);
    }

    @Test
    void translatesErrorsThatQuoteAnEcho() {
        var request = translator.translate(echo6(CLIENT, SERVER_IN_PREF64, true, 77, 5));
        var error = translator.translate(error4(ROUTER4, request.source(), 11, 0, 0, request.octets()));
        var quoted = error.quoted().assertSound();
        assertThat(quoted.icmpType()).isEqualTo(128);
        assertThat(quoted.icmpIdentifier()).isEqualTo(77);
    }

    @Test
    void translatesErrorsFromTheIpv6SideThatQuoteAnEcho() {
        var request = translator.translate(echo6(CLIENT, SERVER_IN_PREF64, true, 77, 5));
        var in = translator.translate(echo4(SERVER, request.source(), true, request.icmpIdentifier(), 9));
        var error = translator.translate(error6(ROUTER, SERVER_IN_PREF64, 1, 3, 0, in.octets()));
        var quoted = error.quoted().assertSound();
        assertThat(quoted.icmpType()).isEqualTo(8);
        assertThat(quoted.icmpIdentifier()).isEqualTo(request.icmpIdentifier());
    }

    @Test
    @Tag("C-045")
    void keepsErrorsWithinTheSizesOfTheRfcs() {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1400)));
        var fromIpv4 = translator.translate(error4(ROUTER4, out.source(), 11, 0, 0, out.octets()));
        assertThat(fromIpv4.octets()).hasSize(1280);

        var in = translator.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(1100)));
        var fromIpv6 = translator.translate(error6(ROUTER, SERVER_IN_PREF64, 3, 0, 0, in.octets()));
        assertThat(fromIpv6.octets()).hasSize(576);
    }

    @Test
    @Tag("C-121")
    void dropsErrorsAboutErrors() {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(100)));
        var inner = error4(out.source(), SERVER, 3, 3, 0, out.octets());
        assertThat(translator.send(error4(ROUTER4, out.source(), 11, 0, 0, inner)))
                .isEmpty();
        assertThat(translator.dropped(DropReason.BAD_QUOTED_PACKET)).isEqualTo(1);
    }

    @Test
    @Tag("C-075")
    void dropsErrorsWhoseChecksumIsWrong() {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(100)));
        var error = error4(ROUTER4, out.source(), 3, 3, 0, out.octets());
        error[error.length - 1] ^= 1;
        assertThat(translator.send(error)).isEmpty();
        assertThat(translator.dropped(DropReason.BAD_ICMP_CHECKSUM)).isEqualTo(1);
    }

    @Test
    @Tag("C-121")
    void dropsErrorsThatQuoteTooLittle() {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(100)));
        for (int length = 0; length < 28; length++) {
            assertThat(translator.send(error4(ROUTER4, out.source(), 3, 3, 0, Arrays.copyOf(out.octets(), length))))
                    .isEmpty();
        }
        assertThat(translator.dropped(DropReason.BAD_QUOTED_PACKET)).isEqualTo(28);
    }
}
