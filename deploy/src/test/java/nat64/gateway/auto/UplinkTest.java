// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.gateway.json.Json;
import nat64.translator.address.Ipv4Address;
import org.junit.jupiter.api.Test;

class UplinkTest {

    @Test
    void isTheLinkAndTheSourceOfARouteToTheInternet() {
        assertThat(Uplink.of(Json.parse("""
                [{"dst":"198.41.0.4","gateway":"192.0.2.1","dev":"eth0","prefsrc":"192.0.2.10","flags":[],"uid":0,
                  "cache":[]}]
                """))).hasValue(new Uplink("eth0", Ipv4Address.parse("192.0.2.10")));
    }

    @Test
    void aRouteThatDropsPacketsIsNone() {
        assertThat(Uplink.of(Json.parse("""
                [{"type":"blackhole","dst":"198.41.0.4","dev":"lo","flags":[]}]
                """))).isEmpty();
        assertThat(Uplink.of(Json.parse("[]"))).isEmpty();
    }
}
