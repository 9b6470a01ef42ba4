// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import nat64.gateway.health.Uplink.Link;
import org.junit.jupiter.api.Test;

class UplinkTest {

    private static final Link LAN = new Link("lan", true, false);
    private static final Link WAN = new Link("wan", true, true);
    private static final Link WAN_DOWN = new Link("wan", false, true);

    private final Uplink uplink = new Uplink(List.of("nat64"));

    @Test
    void aDefaultRouteOverALinkThatIsUpIsFine() {
        assertThat(judge("wan", LAN, WAN)).isEqualTo("passed");
    }

    @Test
    void aLinkThatIsDownIsNamed() {
        assertThat(judge("wan", LAN, WAN_DOWN))
                .isEqualTo("no IPv4 uplink: the link wan, over which the default route goes, is down");
    }

    @Test
    void aDefaultRouteThatIsGoneIsMissed() {
        judge("wan", LAN, WAN);

        assertThat(judge("", LAN, WAN)).isEqualTo("no IPv4 uplink: the default route over wan is gone");
        assertThat(judge("", LAN, WAN_DOWN))
                .isEqualTo("no IPv4 uplink: the default route over wan is gone, and the link is down");
        assertThat(judge("wan", LAN, WAN)).isEqualTo("passed");
    }

    @Test
    void aHostThatNeverHadADefaultRouteMayServeOthers() {
        assertThat(judge("", LAN, WAN)).isEqualTo("passed");
        assertThat(judge("", LAN, WAN_DOWN)).isEqualTo("no IPv4 uplink: all links with an IPv4 address are down: wan");
        assertThat(judge("", LAN)).isEqualTo("no IPv4 uplink: no link has an IPv4 address");
    }

    private String judge(String way, Link... links) {
        return switch (uplink.judge(Optional.of(way).filter(name -> !name.isEmpty()), List.of(links))) {
            case Finding.Passed _ -> "passed";
            case Finding.Failed(var why, var _) -> why;
        };
    }
}
