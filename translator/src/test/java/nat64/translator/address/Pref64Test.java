// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Pref64Test {

    @ParameterizedTest(name = "C-099 {0} puts 192.0.2.33 at {1}")
    @CsvSource({
        "2001:db8::/32,          2001:db8:c000:221::",
        "2001:db8:100::/40,      2001:db8:1c0:2:21::",
        "2001:db8:122::/48,      2001:db8:122:c000:2:2100::",
        "2001:db8:122:300::/56,  2001:db8:122:3c0:0:221::",
        "2001:db8:122:344::/64,  2001:db8:122:344:c0:2:2100::",
        "2001:db8:122:344::/96,  2001:db8:122:344::c000:221",
        "64:ff9b::/96,           64:ff9b::c000:221",
    })
    @Tag("C-099")
    @Tag("C-095")
    @Tag("R-39")
    void embedsAsTheTableOfRfc6052(String prefix, String address) {
        var pref64 = Pref64.parse(prefix);
        int ipv4 = Ipv4Address.parse("192.0.2.33");

        assertThat(pref64.embed(ipv4)).isEqualTo(Ipv6Address.parse(address));
        assertThat(pref64.extract(Ipv6Address.parse(address))).isEqualTo(ipv4);
    }

    @ParameterizedTest(name = "/{0}")
    @ValueSource(ints = {32, 40, 48, 56, 64, 96})
    @Tag("C-096")
    void extractsWhatItEmbedded(int length) {
        var random = new Random(6052 + length);
        for (int i = 0; i < 10_000; i++) {
            var pref64 = randomPref64(random, length);
            int ipv4 = random.nextInt();
            var address = pref64.embed(ipv4);

            assertThat(pref64.contains(address)).isTrue();
            assertThat(pref64.extract(address)).isEqualTo(ipv4);
            assertThat(address.bytes()[8]).as("C-096: bits 64 to 71").isZero();
        }
    }

    @Test
    @Tag("C-097")
    @Tag("R-40")
    void ignoresTheSuffixWhenItReads() {
        var pref64 = Pref64.parse("2001:db8:122::/48");
        assertThat(pref64.extract(Ipv6Address.parse("2001:db8:122:c000:2:2100:dead:beef")))
                .isEqualTo(Ipv4Address.parse("192.0.2.33"));
    }

    @Test
    @Tag("C-098")
    void ignoresBits64To71WhenItReads() {
        var pref64 = Pref64.parse("2001:db8:122::/48");
        assertThat(pref64.extract(Ipv6Address.parse("2001:db8:122:c000:ff02:2100::")))
                .isEqualTo(Ipv4Address.parse("192.0.2.33"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2001:db8::/72,            'length of 32, 40, 48, 56, 64 or 96'",
        "2001:db8::/33,            'length of 32, 40, 48, 56, 64 or 96'",
        "::ffff:0:0/96,            'IPv4-mapped'",
        "2001:db8:0:0:100::/96,    'bits 64 to 71'",
        "64:ff9b::/64,             'no other length'",
        "fe80::/96,                'do not forward'",
        "ff0e::/96,                'do not forward'",
        "::/96,                    'do not forward'",
        "2001:db8::1/96,           'bits set beyond its length'",
        "2001:db8::/129,           'from 0 to 128'",
        "192.0.2.0/24,             'not an IPv6 address'",
    })
    @Tag("C-094")
    @Tag("C-096")
    @Tag("R-37")
    @Tag("R-38")
    void refusesPrefixThatCannotCarryIpv4(String prefix, String why) {
        assertThatThrownBy(() -> Pref64.parse(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    @Tag("C-101")
    @Tag("R-45")
    void acceptsLocalUsePrefix() {
        assertThat(Pref64.parse("64:ff9b:1::/48").isWellKnown()).isFalse();
        assertThat(Pref64.parse("64:ff9b:1:fffe::/96").isWellKnown()).isFalse();
        assertThat(Pref64.WELL_KNOWN.isWellKnown()).isTrue();
    }

    private static Pref64 randomPref64(Random random, int length) {
        long high = 0x2001_0db8_0000_0000L | random.nextInt();
        long low = length == 96 ? random.nextLong() & 0x00ff_ffff_0000_0000L : 0;
        return new Pref64(new Ipv6Prefix(
                length >= 64 ? high & 0x2001_0db8_ffff_ffffL : high & 0x2001_0db8_ffff_ffffL & -1L << (64 - length),
                low,
                length));
    }
}
