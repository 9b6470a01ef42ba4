// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixTest {

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "192.0.2.0/24,   192.0.2.128/25, true",
        "192.0.2.128/25, 192.0.2.0/24,   true",
        "192.0.2.0/25,   192.0.2.128/25, false",
        "0.0.0.0/0,      203.0.113.7,    true",
    })
    void tellsOverlappingIpv4Prefixes(String one, String other, boolean overlap) {
        assertThat(Ipv4Prefix.parse(one).overlaps(Ipv4Prefix.parse(other))).isEqualTo(overlap);
    }

    @ParameterizedTest(name = "{0} contains {1}: {2}")
    @CsvSource({
        "2001:db8::/32,        2001:db8:ffff::1,       true",
        "2001:db8::/32,        2001:db9::,             false",
        "2001:db8:0:1::/64,    2001:db8:0:1:ffff::,    true",
        "2001:db8:0:1::/64,    2001:db8:0:2::,         false",
        "64:ff9b::/96,         64:ff9b::ffff:ffff,     true",
        "64:ff9b::/96,         64:ff9b:0:0:0:1::,      false",
        "::/0,                 ffff::,                 true",
        "::1/128,              ::1,                    true",
        "::1/128,              ::2,                    false",
    })
    void knowsWhichIpv6AddressesItContains(String prefix, String address, boolean contained) {
        assertThat(Ipv6Prefix.parse(prefix).contains(Ipv6Address.parse(address)))
                .isEqualTo(contained);
    }

    @Test
    void countsItsAddresses() {
        assertThat(Ipv4Prefix.parse("0.0.0.0/0").size()).isEqualTo(1L << 32);
        assertThat(Ipv4Prefix.parse("192.0.2.7").size()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "192.0.2.1/24,    'write 192.0.2.0/24'",
        "192.0.2.0/33,    'from 0 to 32'",
        "192.0.2.0/x,     'from 0 to 32'",
        "192.0.2/24,      'not an IPv4 address'",
    })
    void refusesBadIpv4PrefixAndSaysHowToWriteIt(String text, String why) {
        assertThatThrownBy(() -> Ipv4Prefix.parse(text)).hasMessageContaining(why);
    }

    @ParameterizedTest(name = "{0} is global: {1}, routed: {2}")
    @CsvSource({
        "8.8.8.8,       true,  true",
        "192.52.193.2,  true,  true",
        "10.1.2.3,      false, true",
        "192.168.0.1,   false, true",
        "198.51.100.2,  false, true",
        "100.64.0.1,    false, true",
        "127.0.0.1,     false, false",
        "224.0.0.1,     false, false",
        "255.255.255.255, false, false",
        "0.0.0.0,       false, false",
        "169.254.1.1,   false, false",
    })
    void knowsSpecialIpv4Addresses(String address, boolean global, boolean routed) {
        assertThat(SpecialIpv4.isGlobal(Ipv4Address.parse(address))).isEqualTo(global);
        assertThat(SpecialIpv4.isRouted(Ipv4Address.parse(address))).isEqualTo(routed);
    }
}
