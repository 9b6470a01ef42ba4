// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import nat64.gateway.host.HostHealth;
import nat64.gateway.json.Json;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final String DOCKER = """
            {"nftables": [
              {"metainfo": {"version": "1.0.9", "json_schema_version": 1}},
              {"chain": {"family": "ip", "table": "nat64", "name": "forward", "handle": 2, "type": "filter",
                         "hook": "forward", "prio": 0, "policy": "accept"}},
              {"chain": {"family": "ip", "table": "nat", "name": "POSTROUTING", "handle": 1, "type": "nat",
                         "hook": "postrouting", "prio": 100, "policy": "accept"}},
              {"chain": {"family": "ip", "table": "filter", "name": "DOCKER", "handle": 1}},
              {"chain": {"family": "ip", "table": "filter", "name": "INPUT", "handle": 2, "type": "filter",
                         "hook": "input", "prio": 0, "policy": "drop"}},
              {"chain": {"family": "ip", "table": "filter", "name": "FORWARD", "handle": 3, "type": "filter",
                         "hook": "forward", "prio": 0, "policy": "drop"}},
              {"chain": {"family": "ip6", "table": "filter", "name": "FORWARD", "handle": 3, "type": "filter",
                         "hook": "forward", "prio": 0, "policy": "drop"}},
              {"chain": {"family": "bridge", "table": "filter", "name": "FORWARD", "handle": 3, "type": "filter",
                         "hook": "forward", "prio": 0, "policy": "drop"}},
              {"chain": {"family": "inet", "table": "firewalld", "name": "filter_FORWARD", "type": "filter",
                         "hook": "forward", "prio": 10, "policy": "accept"}}]}
            """;

    private final ForwardChains chains = ForwardChains.of(Json.parse(DOCKER), Set.of("nat64", "nat64_own"));

    @Test
    void chainsThatMayDropForwardedPacketsAreFound() {
        assertThat(chains.dropping()).containsExactly("ip filter FORWARD", "ip6 filter FORWARD");
        assertThat(chains.others()).containsExactly("inet firewalld filter_FORWARD");
    }

    @Test
    void aPolicyIsNamedWithWhatToDo() {
        assertThat(explanation(Map.of()).byFilter(chains))
                .contains(
                        "the chains ip filter FORWARD, ip6 filter FORWARD drop all that no rule accepts (policy drop);"
                                + " accept packets from and to nat64 and nat64-probe there");
    }

    @Test
    void withoutAPolicyARuleMayBeTheReason() {
        assertThat(explanation(Map.of()).byFilter(new ForwardChains(List.of(), chains.others())))
                .hasValueSatisfying(
                        why -> assertThat(why).startsWith("perhaps a rule that is reached from inet firewalld"));
    }

    @Test
    void withoutAnyChainNothingExplainsIt() {
        assertThat(explanation(Map.of()).byFilter(new ForwardChains(List.of(), List.of())))
                .isEmpty();
    }

    @Test
    void whatTheHostLacksComesFirst() {
        var failed = explanation(Map.of("route", false, "link", true, "forwarding", false))
                .of(Pref64.WELL_KNOWN, Ipv6Address.parse("64:ff9b::c000:40"), false, 0);

        assertThat(failed.why())
                .isEqualTo("packets to 64:ff9b::/96 do not reach the IPv4 side:"
                        + " the host lacks a route to the device and forwarding");
        assertThat(failed.isMystery()).isFalse();
    }

    private static Explanation explanation(Map<String, Boolean> isThere) {
        var health = new HostHealth(isThere, Map.of(), List.of());
        return new Explanation(
                "nat64", "nat64-probe", Ipv6Address.parse("fdb1:d8ae:2265::1"), Set.of("nat64"), () -> health);
    }
}
