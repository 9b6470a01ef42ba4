// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import nat64.translator.translate.NextHopMtus;
import org.junit.jupiter.api.Test;

class LinkMtusTest {

    private static final Map<String, Integer> LINKS =
            Map.of("ppp0", 1492, "eth0", 1500, "lo", 65_536, "nat64", 65_535, "eth9", 9000);

    @Test
    void takesTheLinkOfTheDefaultRoute() {
        assertThat(largest(route("default", 0, "ppp0"))).isEqualTo(1492);
    }

    @Test
    void takesTheMtuThatTheRouteHasOfItsOwn() {
        assertThat(largest(route("default", 1400, "eth0"))).isEqualTo(1400);
        assertThat(largest(route("default", 9000, "eth0"))).isEqualTo(1500);
    }

    @Test
    void takesTheLargestOfAllLinks() {
        assertThat(largest(route("2001:db8:1::/64", 0, "eth0"), route("fe80::/64", 0, "ppp0")))
                .isEqualTo(1500);
    }

    @Test
    void takesEveryNextHop() {
        assertThat(largest(route("default", 0, "ppp0", "eth0"))).isEqualTo(1500);
    }

    @Test
    void leavesOutLoopbackAndTheTranslatorsOwnDevice() {
        assertThat(largest(route("64:ff9b::/96", 0, "nat64"), route("::1", 0, "lo"), route("2001:db8::/64", 0, "ppp0")))
                .isEqualTo(1492);
    }

    @Test
    void isUnknownWithoutARouteOrWhenTheLinkIsGone() {
        assertThat(largest()).isEqualTo(NextHopMtus.UNKNOWN);
        assertThat(largest(route("default", 0, "gone0"))).isEqualTo(NextHopMtus.UNKNOWN);
        assertThat(largest(new Route("blackhole", "default", "", List.of(), "main", 0)))
                .isEqualTo(NextHopMtus.UNKNOWN);
    }

    private static Route route(String destination, int mtu, String... devices) {
        return new Route("unicast", destination, "", List.of(devices), "main", mtu);
    }

    private static int largest(Route... routes) {
        return LinkMtus.largest(List.of(routes), "nat64", device -> LINKS.getOrDefault(device, 0));
    }
}
