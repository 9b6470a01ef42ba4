// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    private static final Ipv4Prefix POOL4 = Ipv4Prefix.parse("192.0.2.0/25");
    private static final Ipv6Prefix PREF64 = Ipv6Prefix.parse("2001:db8:64::/96");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.0/25 dev eth0 proto kernel scope link src 192.0.2.1",
                "192.0.2.0/24 via 198.51.100.1 dev eth0",
                "192.0.2.7 dev eth0",
                "local 192.0.2.7 dev lo table local proto kernel scope host src 192.0.2.7",
                "blackhole 192.0.2.0/25",
                "unreachable 192.0.2.64/26",
            })
    void findsRoutesThatShareAddressesWithPool4(String route) {
        assertThat(Routes.overlapping(POOL4, "default via 198.51.100.1 dev eth0\n" + route + "\n"))
                .contains(route);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default via 198.51.100.1 dev eth0",
                "0.0.0.0/1 via 198.51.100.1 dev eth0",
                "128.0.0.0/1 via 198.51.100.1 dev eth0",
                "198.51.100.0/24 dev eth0 proto kernel scope link src 198.51.100.2",
                "blackhole 192.0.2.0/24",
                "192.0.2.0/24 via 198.51.100.1 dev eth0 table 100",
                "broadcast 192.0.2.127 dev eth0 table local proto kernel scope link src 192.0.2.1",
                "\tnexthop via 192.0.2.1 dev eth0 weight 1",
                "unreachable default dev lo metric 4294967295 error -101",
            })
    void passesOverRoutesThatLeadNobodyToPool4(String route) {
        assertThat(Routes.overlapping(POOL4, route + "\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001:db8:64::/96 dev tun0 metric 1024 pref medium",
                "2001:db8:64::/64 dev eth0 proto kernel metric 256 pref medium",
                "2001:db8:64::1 dev eth0 metric 1024",
                "anycast 2001:db8:64:: dev eth0 table local proto kernel metric 0 pref medium",
            })
    void findsRoutesThatShareAddressesWithPref64(String route) {
        assertThat(Routes.overlapping(PREF64, route + "\n")).contains(route);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default via fe80::1 dev eth0 proto ra metric 1024 expires 1790sec pref medium",
                "2000::/3 via fe80::1 dev eth0",
                "fe80::/64 dev eth0 proto kernel metric 256 pref medium",
                "unreachable 2001:db8::/32 dev lo metric 1024 pref medium",
                "multicast ff00::/8 dev eth0 table local proto kernel metric 256 pref medium",
                "",
            })
    void passesOverRoutesThatLeadNobodyToPref64(String route) {
        assertThat(Routes.overlapping(PREF64, route + "\n")).isEmpty();
    }

    @Test
    void findsNothingInEmptyTables() {
        assertThat(Routes.overlapping(POOL4, "")).isEmpty();
    }
}
