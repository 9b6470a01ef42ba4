// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.device.ethernet.IpAddresses;
import nat64.translator.device.ethernet.NextHops.Route;
import org.junit.jupiter.api.Test;

/** What {@code ip -json route show dev eth0} of iproute2 6.1 prints. */
class InterfaceRoutesTest {

    @Test
    void readsIpv6Routes() throws Exception {
        var printed = """
                [{"dst":"2001:db8:1::/64","protocol":"kernel","metric":256,"flags":[],"pref":"medium"},
                 {"dst":"fe80::/64","protocol":"kernel","metric":256,"flags":[],"pref":"medium"},
                 {"dst":"2001:db8:9::1","gateway":"fe80::9","metric":1024,"flags":[],"pref":"medium"},
                 {"dst":"default","gateway":"fe80::1","protocol":"ra","metric":1024,"flags":[],"pref":"medium"}]
                """;

        assertThat(InterfaceRoutes.of(printed, "eth0", 6))
                .containsExactly(
                        route6("2001:db8:1::/64", ""),
                        route6("fe80::/64", ""),
                        route6("2001:db8:9::1/128", "fe80::9"),
                        route6("::/0", "fe80::1"));
    }

    @Test
    void readsIpv4Routes() throws Exception {
        var printed = """
                [{"dst":"default","gateway":"192.0.2.1","flags":[]},
                 {"dst":"192.0.2.0/24","protocol":"kernel","scope":"link","prefsrc":"192.0.2.2","flags":[]}]
                """;

        assertThat(InterfaceRoutes.of(printed, "eth0", 4))
                .containsExactly(route4("0.0.0.0/0", "192.0.2.1"), route4("192.0.2.0/24", ""));
    }

    @Test
    void prefersTheLowerMetric() throws Exception {
        var printed = """
                [{"dst":"default","gateway":"192.0.2.1","metric":200,"flags":[]},
                 {"dst":"default","gateway":"192.0.2.3","metric":100,"flags":[]}]
                """;

        assertThat(InterfaceRoutes.of(printed, "eth0", 4).getFirst()).isEqualTo(route4("0.0.0.0/0", "192.0.2.3"));
    }

    @Test
    void takesTheOwnPartOfARouteOverSeveralLinks() throws Exception {
        var printed = """
                [{"dst":"default","flags":[],"nexthops":[{"gateway":"198.51.100.1","dev":"eth1","weight":1,"flags":[]},
                  {"gateway":"192.0.2.1","dev":"eth0","weight":1,"flags":[]}]}]
                """;

        assertThat(InterfaceRoutes.of(printed, "eth0", 4)).containsExactly(route4("0.0.0.0/0", "192.0.2.1"));
    }

    @Test
    void leavesOutWhatNoPacketCanTake() throws Exception {
        var printed = """
                [{"type":"unreachable","dst":"198.51.100.0/24","flags":[]},
                 {"dst":"192.0.2.0/24","flags":["dead","linkdown"]},
                 {"dst":"203.0.113.0/24","via":{"family":"inet6","host":"fe80::1"},"flags":[]}]
                """;

        assertThat(InterfaceRoutes.of(printed, "eth0", 4)).isEmpty();
        assertThat(InterfaceRoutes.of("", "eth0", 4)).isEmpty();
    }

    @Test
    void anOperatorsGatewayTakesThePlaceOfAllRoutesThroughGateways() {
        var kernel = List.of(route4("0.0.0.0/0", "192.0.2.1"), route4("192.0.2.0/24", ""));
        var gateway = IpAddresses.ipv4(Ipv4Address.parse("192.0.2.7"));

        assertThat(InterfaceRoutes.withGateway(kernel, Optional.of(gateway), 4))
                .containsExactly(route4("192.0.2.0/24", ""), route4("0.0.0.0/0", "192.0.2.7"));
        assertThat(InterfaceRoutes.withGateway(kernel, Optional.empty(), 4)).isEqualTo(kernel);
    }

    @Test
    void saysWhatItCannotRead() {
        assertThatThrownBy(() -> InterfaceRoutes.of("default via 192.0.2.1", "eth0", 4))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("routes over eth0");
    }

    private static Route route6(String prefix, String gateway) {
        return new Route(
                Ipv6Prefix.parse(prefix),
                gateway.isEmpty() ? Optional.empty() : Optional.of(Ipv6Address.parse(gateway)));
    }

    private static Route route4(String prefix, String gateway) {
        return new Route(
                IpAddresses.ipv4(Ipv4Prefix.parse(prefix)),
                gateway.isEmpty() ? Optional.empty() : Optional.of(IpAddresses.ipv4(Ipv4Address.parse(gateway))));
    }
}
