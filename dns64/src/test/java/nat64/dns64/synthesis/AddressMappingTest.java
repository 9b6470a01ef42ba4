// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import nat64.dns64.testing.Records;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ARecord;

class AddressMappingTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({ // RFC 6052, section 2.4
        "2001:db8::/32,         2001:db8:c000:221::",
        "2001:db8:100::/40,     2001:db8:1c0:2:21::",
        "2001:db8:122::/48,     2001:db8:122:c000:2:2100::",
        "2001:db8:122:300::/56, 2001:db8:122:3c0:0:221::",
        "2001:db8:122:344::/64, 2001:db8:122:344:c0:2:2100::",
        "2001:db8:122:344::/96, 2001:db8:122:344::192.0.2.33",
    })
    @Tag("R-39")
    void embedsTheExampleOfRfc6052(String prefix, String expected) {
        assertThat(addresses(prefix, false, "192.0.2.33")).containsExactly(Ipv6Address.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.1",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "169.254.1.1",
                "172.16.0.1",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255"
            })
    @Tag("R-35")
    void keepsNonGlobalAddressesOutOfTheWellKnownPrefix(String address) {
        assertThat(addresses("64:ff9b::/96", false, address)).isEmpty();
    }

    @Test
    void putsNonGlobalAddressesIntoTheWellKnownPrefixIfTold() {
        assertThat(addresses("64:ff9b::/96", true, "10.1.2.3")).containsExactly(Ipv6Address.parse("64:ff9b::a01:203"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64:ff9b:1::/96", "2001:db8:64::/96"})
    void putsPrivateAddressesIntoOtherPrefixes(String prefix) {
        assertThat(addresses(prefix, false, "10.1.2.3")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "169.254.1.1", "224.0.0.1", "255.255.255.255"})
    @Tag("R-36")
    void neverMapsWhatNoRouterForwards(String address) {
        assertThat(addresses("2001:db8:64::/96", true, address)).isEmpty();
        assertThat(addresses("64:ff9b::/96", true, address)).isEmpty();
    }

    @Test
    void needsAPrefix() {
        assertThatThrownBy(() -> new AddressMapping(List.of(), false)).hasMessageContaining("at least one Pref64");
    }

    private static List<Ipv6Address> addresses(String prefix, boolean translateNonGlobal, String ipv4) {
        var record =
                (ARecord) Records.records("www.example.org. 60 IN A " + ipv4).getFirst();
        return new AddressMapping(List.of(Pref64.parse(prefix)), translateNonGlobal)
                .addresses(record)
                .toList();
    }
}
