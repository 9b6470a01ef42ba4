// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nat64.gateway.host.routes.PrefixMap;
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
                "unicast 192.0.2.0/25",
                "unicast 192.0.2.7",
                "local 192.0.2.7 local",
                "blackhole 192.0.2.0/25",
                "unreachable 192.0.2.64/26",
            })
    void findsRoutesThatShareAddressesWithPool4(String route) {
        assertThat(Routes.ipv4(List.of(route("unicast default"), route(route))).inside(PrefixMap.inIpv6(POOL4)))
                .contains(route(route));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unicast default",
                "unicast 0.0.0.0/1",
                "unicast 128.0.0.0/1",
                "unicast 198.51.100.0/24",
                "blackhole 192.0.2.0/24",
                "unicast 192.0.2.0/24",
                "unicast 192.0.2.0/25 100",
                "broadcast 192.0.2.127 local",
                "unreachable default",
            })
    void ignoresRoutesThatAreNotInTheWayOfPool4(String route) {
        assertThat(Routes.ipv4(List.of(route(route))).inside(PrefixMap.inIpv6(POOL4)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unicast 2001:db8:64::/96",
                "unicast 2001:db8:64::1",
                "anycast 2001:db8:64:: local",
            })
    void findsRoutesThatShareAddressesWithPref64(String route) {
        assertThat(Routes.ipv6(List.of(route(route))).inside(PREF64)).contains(route(route));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unicast default",
                "unicast 2000::/3",
                "unicast fe80::/64",
                "unicast 2001:db8:64::/64",
                "unreachable 2001:db8::/32",
                "multicast ff00::/8 local",
            })
    void ignoresRoutesThatAreNotInTheWayOfPref64(String route) {
        assertThat(Routes.ipv6(List.of(route(route))).inside(PREF64)).isEmpty();
    }

    @Test
    void findsNothingInEmptyTables() {
        assertThat(Routes.ipv4(List.of()).inside(PrefixMap.inIpv6(POOL4))).isEmpty();
    }

    @Test
    void readsTheAnswersToManyQuestions() {
        assertThat(Routes.parse("""
                [{"dst":"192.0.2.0/25","dev":"eth0","flags":[]}]
                []
                [[[]
                Error: ipv4: FIB table does not exist.
                Dump terminated
                """)).extracting(Route::destination).containsExactly("192.0.2.0/25");
    }

    /** @param text type, destination and, unless it is main, table */
    private static Route route(String text) {
        var words = text.split(" ", -1);
        return new Route(words[0], words[1], "", List.of("eth0"), words.length > 2 ? words[2] : "main", 0);
    }
}
