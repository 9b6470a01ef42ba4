// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nat64.gateway.json.Json;
import org.junit.jupiter.api.Test;

/** What iproute2 6.1 printed in a network namespace. */
class RouteTest {

    private static final Path RECORDED = Path.of("src/test/resources/nat64/gateway/host");

    @Test
    void readsADefaultRouteWithItsMtu() throws Exception {
        assertThat(recorded("ipv4-default-route.json"))
                .containsExactly(new Route("unicast", "default", "198.51.100.1", List.of("eth0"), "main", 1400));
    }

    @Test
    void readsTypesTablesAndNextHopsOfIpv4() throws Exception {
        assertThat(recorded("ipv4-routes.json"))
                .hasSize(10)
                .contains(
                        new Route("unicast", "203.0.113.64/26", "198.51.100.5", List.of("eth0"), "100", 0),
                        new Route("unicast", "203.0.113.0/26", "", List.of("eth0"), "main", 0),
                        new Route("blackhole", "192.0.2.0/24", "", List.of(), "main", 0),
                        new Route("local", "198.51.100.2", "", List.of("eth0"), "local", 0));
    }

    @Test
    void readsTypesTablesAndNextHopsOfIpv6() throws Exception {
        assertThat(recorded("ipv6-routes.json"))
                .hasSize(13)
                .contains(
                        new Route("unicast", "2001:db8:9::/64", "2001:db8:5::9", List.of("eth0"), "main", 1280),
                        new Route("unicast", "2001:db8:7::/48", "", List.of("eth0"), "main", 0),
                        new Route("unreachable", "2001:db8:100::/40", "", List.of("lo"), "main", 0),
                        new Route("anycast", "2001:db8:64::", "", List.of("eth0"), "local", 0));
    }

    @Test
    void tellsTheLinksOfTheHost() throws Exception {
        assertThat(recorded("ipv6-kernel-routes.json"))
                .flatExtracting(Route::devices)
                .containsOnly("eth0", "ppp0");
    }

    @Test
    void readsAnEmptyTable() {
        assertThat(Route.parse(Json.parse("[]"))).isEmpty();
        assertThat(Route.parse(Json.parse(""))).isEmpty();
    }

    @Test
    void isWrittenAsIpWritesIt() {
        assertThat(new Route("unicast", "192.0.2.0/24", "198.51.100.1", List.of("eth0"), "main", 0))
                .hasToString("192.0.2.0/24 via 198.51.100.1 dev eth0");
        assertThat(new Route("local", "192.0.2.7", "", List.of("lo"), "local", 0))
                .hasToString("local 192.0.2.7 dev lo table local");
    }

    private static List<Route> recorded(String file) throws IOException {
        return Route.parse(Json.parse(Files.readString(RECORDED.resolve(file))));
    }
}
