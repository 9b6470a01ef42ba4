// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * First and last addresses of the ranges in the IANA registries of special-purpose addresses (RFC 6890). What the
 * registries say of documentation and dummy addresses is not enforced: laboratories forward the former, and the
 * translator sends from 192.0.0.8.
 */
class SpecialAddressesTest {

    @ParameterizedTest(name = "{0} to {1}: a router forwards it: {2}")
    @CsvSource({
        "0.0.0.0, 0.255.255.255, false", // this network
        "1.0.0.0, 9.255.255.255, true",
        "10.0.0.0, 10.255.255.255, true", // private use
        "100.64.0.0, 100.127.255.255, true", // shared address space
        "126.255.255.255, 126.255.255.255, true",
        "127.0.0.0, 127.255.255.255, false", // loopback
        "128.0.0.0, 169.253.255.255, true",
        "169.254.0.0, 169.254.255.255, false", // link local
        "169.255.0.0, 172.15.255.255, true",
        "172.16.0.0, 172.31.255.255, true", // private use
        "192.0.0.0, 192.0.0.255, true", // IETF protocol assignments
        "192.0.2.0, 192.0.2.255, true", // documentation
        "192.31.196.0, 192.31.196.255, true", // AS112
        "192.52.193.0, 192.52.193.255, true", // AMT
        "192.88.99.0, 192.88.99.255, true", // once 6to4 relays
        "192.168.0.0, 192.168.255.255, true", // private use
        "192.175.48.0, 192.175.48.255, true", // AS112
        "198.18.0.0, 198.19.255.255, true", // benchmarking
        "198.51.100.0, 198.51.100.255, true", // documentation
        "203.0.113.0, 203.0.113.255, true", // documentation
        "223.255.255.255, 223.255.255.255, true",
        "224.0.0.0, 239.255.255.255, false", // multicast
        "240.0.0.0, 255.255.255.254, false", // reserved
        "255.255.255.255, 255.255.255.255, false", // limited broadcast
    })
    @Tag("C-007")
    void knowsWhichIpv4AddressesRoutersForward(String first, String last, boolean routed) {
        assertThat(SpecialIpv4.isRouted(Ipv4Address.parse(first))).as(first).isEqualTo(routed);
        assertThat(SpecialIpv4.isRouted(Ipv4Address.parse(last))).as(last).isEqualTo(routed);
    }

    @ParameterizedTest(name = "{0} to {1}: a router forwards it: {2}")
    @CsvSource({
        "::, ::, false", // unspecified
        "::1, ::1, false", // loopback
        "::2, ::fffe:ffff:ffff, true",
        "::ffff:0:0, ::ffff:ffff:ffff, false", // IPv4-mapped
        "::1:0:0:0, ::1:0:0:0, true",
        "64:ff9b::, 64:ff9b::ffff:ffff, true", // Well-Known Prefix
        "64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff, true", // local-use translation
        "100::, 100::ffff:ffff:ffff:ffff, true", // discard-only
        "2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, true", // IETF protocol assignments, Teredo
        "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, true", // documentation
        "2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true", // 6to4
        "3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, true", // documentation
        "5f00::, 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true", // SRv6 segment identifiers
        "fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true", // unique local
        "fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, false", // link-local
        "fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true", // once site-local (RFC 3879)
        "ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, false", // multicast
    })
    @Tag("C-058")
    void knowsWhichIpv6AddressesRoutersForward(String first, String last, boolean routed) {
        var from = Ipv6Address.parse(first);
        var to = Ipv6Address.parse(last);
        assertThat(SpecialIpv6.isRouted(from.high(), from.low())).as(first).isEqualTo(routed);
        assertThat(SpecialIpv6.isRouted(to.high(), to.low())).as(last).isEqualTo(routed);
    }
}
