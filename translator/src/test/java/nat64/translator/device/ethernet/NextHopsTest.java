// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.device.ethernet.NextHops.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextHopsTest {

    private static final NextHops IPV6 = NextHops.of(List.of(
            route6("::/0", "fe80::1"),
            route6("2001:db8::/32", "fe80::2"),
            route6("2001:db8:1::/64", ""),
            route6("2001:db8:1::/64", "fe80::3")));

    @ParameterizedTest
    @CsvSource({
        "2001:db9::1,     fe80::1",
        "2001:db8:2::1,   fe80::2",
        "2001:db8:1::5,   2001:db8:1::5",
        "2001:db8:1:1::5, fe80::2"
    })
    void findsTheNextHopOnTheLongestPrefix(String destination, String expected) {
        assertThat(nextHop(IPV6, Ipv6Address.parse(destination))).isEqualTo(Ipv6Address.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.2.7", "198.51.100.1, 192.0.2.1"})
    void findsTheNextHopOfIpv4(String destination, String expected) {
        var routes = NextHops.of(List.of(
                new Route(IpAddresses.ipv4(Ipv4Prefix.parse("192.0.2.0/24")), Optional.empty()),
                new Route(IpAddresses.ipv4(new Ipv4Prefix(0, 0)), Optional.of(ipv4("192.0.2.1")))));

        assertThat(nextHop(routes, ipv4(destination))).isEqualTo(ipv4(expected));
    }

    @Test
    void knowsWhenThereIsNoRoute() {
        var routes = NextHops.of(List.of(route6("2001:db8:1::/64", "")));

        assertThat(routes.route(Ipv6Address.parse("2001:db8:2::1").high(), 1)).isEqualTo(NextHops.NO_ROUTE);
        assertThat(NextHops.NONE.route(0, 0)).isEqualTo(NextHops.NO_ROUTE);
    }

    private static Ipv6Address nextHop(NextHops routes, Ipv6Address destination) {
        int route = routes.route(destination.high(), destination.low());
        return new Ipv6Address(routes.high(route, destination.high()), routes.low(route, destination.low()));
    }

    private static Ipv6Address ipv4(String text) {
        return IpAddresses.ipv4(Ipv4Address.parse(text));
    }

    private static Route route6(String prefix, String gateway) {
        return new Route(
                Ipv6Prefix.parse(prefix),
                gateway.isEmpty() ? Optional.empty() : Optional.of(Ipv6Address.parse(gateway)));
    }
}
