// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import nat64.gateway.json.Json;
import org.junit.jupiter.api.Test;

class InternetRouteTest {

    @Test
    void hasALinkAndTheSourceThere() {
        assertThat(InternetRoute.of(Json.parse("""
                [{"dst":"198.41.0.4","gateway":"192.0.2.1","dev":"eth0","prefsrc":"192.0.2.10","flags":[],"uid":0,
                  "cache":[]}]
                """))).hasValue(new InternetRoute("eth0", "192.0.2.10"));
    }

    @Test
    void mayHaveNoSource() {
        assertThat(InternetRoute.of(Json.parse("[{\"dst\":\"198.41.0.4\",\"dev\":\"wan\",\"flags\":[]}]")))
                .hasValue(new InternetRoute("wan", ""));
    }

    @Test
    void isNotThereWithoutALink() {
        assertThat(InternetRoute.of(Json.parse("[]"))).isEmpty();
    }
}
