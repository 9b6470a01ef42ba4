// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.testing.Packets.error4;
import static nat64.translator.testing.Packets.error6;
import static nat64.translator.testing.Packets.payload;
import static nat64.translator.testing.Packets.udp4;
import static nat64.translator.testing.Packets.udp6;
import static nat64.translator.testing.TestMode.ROUTER;
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

/** ICMP errors with extensions of RFC 4884: 20 octets behind the quoted packet, unless said otherwise. */
@ParameterizedClass(name = "{0}")
@EnumSource(TestMode.class)
class IcmpExtensionTest {

    private static final String ROUTER4 = "192.0.2.99";
    private static final byte[] EXTENSION = payload(20);

    private final TestTranslator translator;

    IcmpExtensionTest(TestMode mode) {
        translator = mode.start();
    }

    @AfterEach
    void close() {
        translator.close();
    }

    @ParameterizedTest(name = "{0} octets quoted in ICMPv4 become {1}")
    @CsvSource({"128, 152", "132, 152", "136, 160", "200, 224", "548, 568", "1000, 1024", "1204, 1208", "1400, 1208"})
    @Tag("C-041")
    @Tag("C-043")
    @Tag("C-045")
    void keepsTheExtensionOfAnIpv4Router(int quotedOctets, int length) {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1400)));
        int words = Math.min(quotedOctets, 1020) / 4;
        quotedOctets = words * 4;

        var error = translator.translate(error4(ROUTER4, out.source(), 11, 0, words << 16, quote(out, quotedOctets)));

        int expected = Math.min(length, (quotedOctets + 20 + 7) / 8 * 8);
        assertThat(error.icmpRest()).isEqualTo((expected / 8) << 24);
        assertThat(error.octets()).hasSize(48 + expected + EXTENSION.length);
        assertThat(error.from(48 + expected)).isEqualTo(EXTENSION);
    }

    @ParameterizedTest(name = "{0} octets quoted in ICMPv6 become {1}")
    @CsvSource({"128, 128", "136, 128", "200, 180", "504, 484", "640, 528", "1200, 528"})
    @Tag("C-088")
    @Tag("C-041")
    void keepsTheExtensionOfAnIpv6Router(int quotedOctets, int length) {
        var in = fromServer(1400);

        var error = translator.translate(
                error6(ROUTER, SERVER_IN_PREF64, 3, 0, (quotedOctets / 8) << 24, quote(in, quotedOctets)));

        assertThat(error.icmpRest()).isEqualTo((length / 4) << 16);
        assertThat(error.octets()).hasSize(28 + length + EXTENSION.length);
        assertThat(error.from(28 + length)).isEqualTo(EXTENSION);
    }

    @Test
    @Tag("C-041")
    @Tag("C-044")
    void fillsShortQuotesWithZeros() {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(12)));
        var error = translator.translate(error4(ROUTER4, out.source(), 3, 3, 10 << 16, quote(out, 40)));
        assertThat(error.icmpRest()).isEqualTo(16 << 24);
        assertThat(error.from(48 + 128)).isEqualTo(EXTENSION);
        assertThat(Arrays.copyOfRange(error.octets(), 48 + 60, 48 + 128)).containsOnly(0);

        var in = fromServer(4);
        var other = translator.translate(error6(ROUTER, SERVER_IN_PREF64, 1, 4, 7 << 24, quote(in, 56)));
        assertThat(other.icmpRest()).isEqualTo(32 << 16);
        assertThat(other.from(28 + 128)).isEqualTo(EXTENSION);
    }

    @ParameterizedTest(name = "{0}/{1}")
    @CsvSource({"3, 2, 6", "3, 4, 1420", "12, 0, 0"})
    @Tag("C-042")
    void removesTheExtensionWhereIcmpv6HasNone(int type, int code, int rest) {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(200)));
        int mtu = code == 4 ? 1400 : 0;
        var error = translator.translate(error4(ROUTER4, out.source(), type, code, 32 << 16 | mtu, quote(out, 128)));
        assertThat(error.icmpRest()).isEqualTo(rest);
        assertThat(error.octets()).hasSize(48 + 148);
    }

    @Test
    @Tag("C-043")
    @Tag("C-088")
    void dropsAnExtensionWholeThatDoesNotFit() {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(200)));
        var quoted = Arrays.copyOf(quote(out, 128), 128 + 1108);
        var fromIpv4 = translator.translate(error4(ROUTER4, out.source(), 11, 0, 32 << 16, quoted));
        assertThat(fromIpv4.icmpRest()).isZero();
        assertThat(fromIpv4.octets()).hasSize(48 + 148);

        var in = fromServer(200);
        var fromIpv6 = translator.translate(
                error6(ROUTER, SERVER_IN_PREF64, 3, 0, 16 << 24, Arrays.copyOf(quote(in, 128), 128 + 424)));
        assertThat(fromIpv6.icmpRest()).isZero();
        assertThat(fromIpv6.octets()).hasSize(28 + 108);
    }

    @Test
    @Tag("C-043")
    void keepsTheFirstOctetsOfTheQuoteBeforeALargeExtension() {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(400)));
        var quoted = Arrays.copyOf(quote(out, 400), 400 + 1100);
        var error = translator.translate(error4(ROUTER4, out.source(), 11, 0, 100 << 16, quoted));
        assertThat(error.icmpRest()).isEqualTo(16 << 24);
        assertThat(error.octets()).hasSize(48 + 128 + 1100);
    }

    @Test
    @Tag("C-044")
    void dropsErrorsThatQuoteLessThanTheySay() {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(200)));
        assertThat(translator.send(error4(ROUTER4, out.source(), 11, 0, 40 << 16, quote(out, 128))))
                .isEmpty();
        assertThat(translator.dropped(DropReason.BAD_QUOTED_PACKET)).isEqualTo(1);
    }

    private Wire fromServer(int octets) {
        var out = translator.translate(udp6(CLIENT, 40_000, SERVER_IN_PREF64, 53, payload(1)));
        return translator.translate(udp4(SERVER, 53, out.source(), out.sourcePort(), payload(octets)));
    }

    /** So many octets of the packet, zeros if it is shorter, and then the extension. */
    private static byte[] quote(Wire packet, int octets) {
        var quote = Arrays.copyOf(Arrays.copyOf(packet.octets(), octets), octets + EXTENSION.length);
        System.arraycopy(EXTENSION, 0, quote, octets, EXTENSION.length);
        return quote;
    }
}
