// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import nat64.translator.address.Ipv6Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeighborAnswersTest {

    private static final String DEFAULT = "{'dst': 'default', 'gateway': 'fe80::1', 'dev': 'eth0', 'protocol': 'ra'}";
    private static final String ON_LINK = "{'dst': '2001:db8:1::/64', 'dev': 'eth0', 'protocol': 'kernel'}";
    private static final String OWN = "{'dst': '2001:db8:1:0:64::/96', 'dev': 'nat64'}";

    @Test
    void thePrefixIsAPartOfTheNetworkOfALink() throws Exception {
        assertThat(link(DEFAULT, ON_LINK, OWN)).contains("eth0");
        assertThat(link(OWN, ON_LINK)).contains("eth0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'dst': '2001:db8:1::/64', 'gateway': 'fe80::2', 'dev': 'eth0'}",
                "{'dst': '2001:db8:1::/48', 'via': {'family': 'inet6', 'host': 'fe80::2'}, 'dev': 'eth0'}",
                "{'type': 'unreachable', 'dst': '2001:db8:1::/48', 'dev': 'lo'}",
                "{'dst': 'default', 'dev': 'ppp0'}",
                "{'dst': '2001:db8:1::/56', 'nexthops': [{'gateway': 'fe80::2', 'dev': 'eth0'}]}"
            })
    void whatLeadsToAGatewayOrNowhereIsNoNetworkOfALink(String route) throws Exception {
        assertThat(link(DEFAULT, route, OWN)).isEmpty();
    }

    @Test
    void theLongestRouteAroundItCounts() throws Exception {
        var routed = "{'dst': '2001:db8:1:0:60::/76', 'gateway': 'fe80::2', 'dev': 'eth0'}";
        assertThat(link(DEFAULT, ON_LINK, routed, OWN)).isEmpty();
        var onAnother = "{'dst': '2001:db8:1:0:60::/76', 'dev': 'eth1'}";
        assertThat(link(DEFAULT, ON_LINK, onAnother, OWN)).contains("eth1");
    }

    @Test
    void withoutAnyRouteThereIsNoLink() throws Exception {
        assertThat(link()).isEmpty();
        assertThat(link(OWN)).isEmpty();
    }

    private static Optional<String> link(String... routes) throws Exception {
        var printed = JsonMapper.builder()
                .build()
                .readTree("[" + String.join(", ", routes).replace('\'', '"') + "]");
        return NeighborAnswers.link(Ipv6Prefix.parse("2001:db8:1:0:64::/96"), printed, "nat64");
    }
}
