// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Set;
import nat64.gateway.auto.HostAddresses.Attachment;
import nat64.gateway.auto.HostAddresses.Flag;
import nat64.gateway.json.Json;
import org.junit.jupiter.api.Test;

class AddressReaderTest {

    private static final String LINKS = """
            [{"ifname":"lo","addr_info":[
              {"family":"inet","local":"127.0.0.1","prefixlen":8}]},
             {"ifname":"wan","flags":["UP"],"operstate":"UP","addr_info":[
              {"family":"inet","local":"192.0.2.7","address":"192.0.2.1","prefixlen":32,"scope":"global"},{}]},
             {"ifname":"lan","flags":["NO-CARRIER","UP"],"operstate":"DOWN","addr_info":[
              {"family":"inet6","local":"2001:db8:1::1","prefixlen":64,"tentative":true,"dadfailed":true},
              {"family":"inet6","local":"2001:db8:2::1","prefixlen":64,"deprecated":true},
              {"family":"inet6","local":"2001:db8:1::77","prefixlen":64,"temporary":true,"dynamic":true}]}]
            """;
    private static final String ROUTES = """
            [{"dst":"default","gateway":"192.0.2.1","dev":"wan","flags":[]}]
            RTNETLINK answers: No route to host
            Command failed -:2
            [{"dst":"default","nexthops":[{"gateway":"198.51.100.1","dev":"lte"},{"gateway":"192.0.2.1","dev":"wan"}]}]
            """;

    @Test
    void readsAddressesWithTheirLinksAndFlagsWhetherALinkIsUpOrNot() {
        assertThat(new HostAddresses(AddressReader.attachments(Json.parse(LINKS))).attachments())
                .containsExactly(
                        new Attachment("wan", address("192.0.2.7"), 32),
                        new Attachment("lan", address("2001:db8:1::1"), 64, Set.of(Flag.TENTATIVE, Flag.DADFAILED)),
                        new Attachment("lan", address("2001:db8:2::1"), 64, Set.of(Flag.DEPRECATED)),
                        new Attachment("lan", address("2001:db8:1::77"), 64, Set.of(Flag.TEMPORARY)));
    }

    @Test
    void theLinksOfAllRoutesToTheInternetAreUplinks() {
        assertThat(AddressReader.uplinks(ROUTES)).containsExactlyInAnyOrder("wan", "lte");
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }
}
