// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {

    private static final String[] PARTS = {"0", "1", "ffff", "aB9", "0012", "", "0", "7", "192.0.2.1", "x"};

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource({
        "2001:DB8:0:0:0:0:0:1,      2001:db8::1",
        "2001:db8:0:1:1:1:1:1,      2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1,        2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1,      2001:db8::1:0:0:1",
        "0:0:0:0:0:0:0:0,           ::",
        "::1,                       ::1",
        "1::,                       1::",
        "64:ff9b::192.0.2.33,       64:ff9b::c000:221",
        "::ffff:192.0.2.1,          ::ffff:192.0.2.1",
        "::ffff:c000:201,           ::ffff:192.0.2.1",
    })
    void writesIpv6AsRfc5952(String text, String canonical) {
        assertThat(Ipv6Address.parse(text)).hasToString(canonical);
    }

    @Test
    void readsBackWhateverItWrites() throws Exception {
        var random = new Random(5952);
        for (int i = 0; i < 10_000; i++) {
            // Sparse addresses, so that runs of zero groups of every length appear.
            long mask = -1L >>> random.nextInt(64);
            var address = new Ipv6Address(
                    random.nextLong() & mask & 0xffff_0000_ffff_0000L,
                    random.nextLong() & (i % 2 == 0 ? 0xffff_0000_0000_ffffL : mask) & 0xffff_ffff_0000_ffffL);
            if (!address.isIpv4Mapped()) {
                assertThat(InetAddress.ofLiteral(address.toString()).getAddress())
                        .isEqualTo(address.bytes());
            }
            assertThat(Ipv6Address.parse(address.toString())).isEqualTo(address);
        }
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(
            strings = {
                "",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.1.5",
                "1",
                "0x7f.0.0.1",
                "a.b.c.d",
                " 192.0.2.1",
                "192.0.2.",
                ".0.2.1",
                "192..2.1",
                "192.0.2.0001",
                "192.0.2.-1",
                "192.0.2.\u0661"
            })
    void refusesWhatIsNoDottedQuad(String text) {
        assertThatThrownBy(() -> Ipv4Address.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(
            strings = {
                "",
                "192.0.2.1",
                "fe80::1%eth0",
                "[::1]",
                "1:2:3",
                "1::2::3",
                "12345::",
                "example.org",
                ":",
                ":::",
                ":1",
                "1:",
                "::1:",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "1:2:3:4::5:6:7:8",
                "1:2:3:4:5:6:7:192.0.2.1",
                "::192.0.2.1:1",
                "::192.0.2",
                "::g",
                "::\u0661",
                " ::1",
                "::1 "
            })
    void refusesWhatIsNoIpv6Address(String text) {
        assertThatThrownBy(() -> Ipv6Address.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsIpv6AsTheLibraryOfJavaDoes() {
        var random = new Random(4291);
        int good = 0;
        for (int i = 0; i < 200_000; i++) {
            var text = new StringBuilder();
            for (int parts = 1 + random.nextInt(9); parts > 0; parts--) {
                text.append(PARTS[random.nextInt(PARTS.length)]).append(random.nextInt(8) == 0 ? "::" : ":");
            }
            text.setLength(Math.max(0, text.length() - random.nextInt(3)));
            good += comparedWithTheLibrary(text.toString()) ? 1 : 0;
        }
        assertThat(good).isGreaterThan(1000);
    }

    private static boolean comparedWithTheLibrary(String text) {
        byte[] expected;
        try {
            expected = InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            assertThatThrownBy(() -> Ipv6Address.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
            return false;
        }
        if (expected.length == Ipv6Address.LENGTH) { // else it is IPv4-mapped
            assertThat(Ipv6Address.parse(text).bytes()).as(text).isEqualTo(expected);
        }
        return true;
    }

    @Test
    void keepsMappedAddressIpv6() {
        var mapped = Ipv6Address.parse("::ffff:192.0.2.1");
        assertThat(mapped.isIpv4Mapped()).isTrue();
        assertThat(mapped.bytes()).hasSize(16);
    }
}
