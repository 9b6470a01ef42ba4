// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import nat64.translator.translate.NextHopMtus;
import org.junit.jupiter.api.Test;

class LinkMtusTest {

    private static final Map<String, Integer> LINKS =
            Map.of("ppp0", 1492, "eth0", 1500, "lo", 65_536, "nat64", 65_535, "eth9", 9000);

    @Test
    void takesTheLinkOfTheDefaultRoute() {
        assertThat(largest("default via 192.0.2.1 dev ppp0 proto dhcp metric 100\n"))
                .isEqualTo(1492);
    }

    @Test
    void takesTheMtuThatTheRouteHasOfItsOwn() {
        assertThat(largest("default via 192.0.2.1 dev eth0 mtu 1400\n")).isEqualTo(1400);
        assertThat(largest("default via 192.0.2.1 dev eth0 mtu lock 1400\n")).isEqualTo(1400);
    }

    @Test
    void takesTheLargestOfAllLinks() {
        assertThat(largest("2001:db8:1::/64 dev eth0 metric 256 pref medium\nfe80::/64 dev ppp0 metric 256\n"))
                .isEqualTo(1500);
    }

    @Test
    void readsRoutesWithSeveralNextHops() {
        assertThat(largest("default\n\tnexthop via 192.0.2.1 dev ppp0 weight 1\n\tnexthop via 192.0.2.9 dev eth0"))
                .isEqualTo(1500);
    }

    @Test
    void leavesOutLoopbackAndTheTranslatorsOwnDevice() {
        assertThat(largest("64:ff9b::/96 dev nat64 metric 1024\n::1 dev lo\n2001:db8::/64 dev ppp0\n"))
                .isEqualTo(1492);
    }

    @Test
    void knowsNothingWhereThereIsNoRouteOrTheLinkIsGone() {
        assertThat(largest("")).isEqualTo(NextHopMtus.UNKNOWN);
        assertThat(largest("default via 192.0.2.1 dev gone0\n")).isEqualTo(NextHopMtus.UNKNOWN);
        assertThat(largest("blackhole default\n")).isEqualTo(NextHopMtus.UNKNOWN);
    }

    private static int largest(String printed) {
        return LinkMtus.largest(printed, "nat64", device -> LINKS.getOrDefault(device, 0));
    }
}
