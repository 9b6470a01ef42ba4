// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.health;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;

/**
 * The chains of netfilter on the way of forwarded packets that may drop them, by family, table and name, such as {@code
 * ip6 filter FORWARD}.
 *
 * @param dropping those that drop what no rule accepts
 * @param others those that accept it, but may have rules that drop
 */
record ForwardChains(List<String> dropping, List<String> others) {

    private static final List<String> FAMILIES = List.of("ip", "ip6", "inet");
    private static final List<String> HOOKS = List.of("prerouting", "forward", "postrouting");
    private static final List<String> LEGACY = List.of("iptables-legacy", "ip6tables-legacy");

    ForwardChains {
        dropping = List.copyOf(dropping);
        others = List.copyOf(others);
    }

    /**
     * Those of this host, but for the gateway's own.
     *
     * @param ownTables the names of the tables of the gateway
     * @throws HostException if the host can't be asked
     */
    static ForwardChains ofThisHost(Set<String> ownTables) throws HostException {
        var nftables = of(Commands.json("nft -j list chains"), ownTables);
        var legacy = new ArrayList<String>();
        for (var tool : LEGACY) {
            if (Commands.locate(tool).isPresent() && dropsByLegacy(tool)) {
                legacy.add("FORWARD of " + tool);
            }
        }
        return new ForwardChains(
                Stream.concat(nftables.dropping.stream(), legacy.stream()).toList(), nftables.others);
    }

    /** As {@code nft -j list chains} prints them. */
    static ForwardChains of(JsonNode printed, Set<String> ownTables) {
        var dropping = new ArrayList<String>();
        var others = new ArrayList<String>();
        for (var object : printed.path("nftables")) {
            var chain = object.path("chain");
            if (isOnTheWay(chain) && !isOwn(chain, ownTables)) {
                (chain.path("policy").asText().equals("drop") ? dropping : others).add(name(chain));
            }
        }
        return new ForwardChains(dropping, others);
    }

    private static boolean isOnTheWay(JsonNode chain) {
        return HOOKS.contains(chain.path("hook").asText())
                && !chain.path("type").asText().equals("nat")
                && FAMILIES.contains(chain.path("family").asText());
    }

    private static boolean isOwn(JsonNode chain, Set<String> ownTables) {
        return chain.path("family").asText().equals("ip")
                && ownTables.contains(chain.path("table").asText());
    }

    private static String name(JsonNode chain) {
        return "%s %s %s"
                .formatted(
                        chain.path("family").asText(),
                        chain.path("table").asText(),
                        chain.path("name").asText());
    }

    private static boolean dropsByLegacy(String tool) throws HostException {
        return Commands.attempt(List.of(tool, "-w", "-S", "FORWARD"), Commands.TIMEOUT)
                .output()
                .lines()
                .anyMatch(line -> line.equals("-P FORWARD DROP"));
    }
}
