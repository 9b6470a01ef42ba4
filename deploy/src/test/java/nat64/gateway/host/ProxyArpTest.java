// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nat64.gateway.host.ProxyArp.Proxy;
import nat64.gateway.json.Json;
import nat64.translator.address.Ipv4Prefix;
import org.junit.jupiter.api.Test;

class ProxyArpTest {

    private static final List<Route> LINKS = Route.parse(Json.parse("""
            [{"dst":"192.0.2.0/24","dev":"wan","scope":"link"},
             {"dst":"100.64.0.0/10","dev":"nat64","scope":"link"}]
            """));

    @Test
    void sparePartsOfALinksNetworkAreAnsweredFor() {
        assertThat(needed("192.0.2.8/31"))
                .containsExactly(new Proxy("192.0.2.8", "wan"), new Proxy("192.0.2.9", "wan"));
    }

    @Test
    void whatIsRoutedHereOrToTheTranslatorIsNot() {
        assertThat(needed("198.51.100.0/30")).isEmpty();
        assertThat(needed("100.64.64.0/29")).isEmpty();
        assertThat(needed("192.0.2.0/24")).as("the network itself").isEmpty();
    }

    @Test
    void readsTheEntriesOfTheKernel() {
        assertThat(ProxyArp.parse(Json.parse("[{\"dst\":\"192.0.2.9\",\"dev\":\"wan\",\"proxy\":null}]")))
                .containsExactly(new Proxy("192.0.2.9", "wan"));
    }

    private static List<Proxy> needed(String prefix) {
        return ProxyArp.needed(List.of(Ipv4Prefix.parse(prefix)), LINKS, "nat64");
    }
}
