// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import nat64.gateway.preflight.Finding.Ok;
import nat64.gateway.preflight.Finding.Warning;

/** Firewalls that keep the host from forwarding to and from the translator's device. Pure. */
final class Firewalls {

    private static final String SUBJECT = "firewall";

    /** Programs that manage a firewall, and how each lets packets of a device pass. */
    private enum Manager {
        DOCKER(
                "Docker",
                "let them pass: for iptables and ip6tables, -I DOCKER-USER -i %1$s -j ACCEPT and -I DOCKER-USER -o %1$s"
                        + " -j ACCEPT"),
        UFW("ufw", "let them pass: ufw route allow in on %1$s; ufw route allow out on %1$s"),
        FIREWALLD(
                "firewalld",
                "let them pass: firewall-cmd --permanent --zone=trusted --add-interface=%1$s; firewall-cmd --reload");

        private final String title;
        private final String remedy;

        Manager(String title, String remedy) {
            this.title = title;
            this.remedy = remedy;
        }
    }

    private Firewalls() {}

    /**
     * @param chains as {@code nft -j list chains} prints them
     * @param device the translator's
     */
    static List<Finding> of(JsonNode chains, String device) {
        var managers = new LinkedHashSet<Manager>();
        var dropping = new ArrayList<String>();
        for (var item : chains.path("nftables")) {
            var chain = item.path("chain");
            manager(chain, managers);
            if (chain.path("hook").asText().equals("forward")
                    && chain.path("policy").asText().equals("drop")) {
                dropping.add("%s %s %s"
                        .formatted(
                                chain.path("family").asText(),
                                chain.path("table").asText(),
                                chain.path("name").asText()));
            }
        }
        if (dropping.isEmpty()) {
            return List.of(new Ok(SUBJECT, "no chain drops what is forwarded" + seen(managers)));
        }
        return List.of(new Warning(
                SUBJECT,
                "the chain%s %s drop%s forwarded packets that no rule accepts%s"
                        .formatted(
                                dropping.size() == 1 ? "" : "s",
                                String.join(", ", dropping),
                                dropping.size() == 1 ? "s" : "",
                                seen(managers)),
                remedy(managers, device)));
    }

    private static void manager(JsonNode chain, Set<Manager> managers) {
        var name = chain.path("name").asText();
        if (name.startsWith("DOCKER")) {
            managers.add(Manager.DOCKER);
        } else if (name.startsWith("ufw")) {
            managers.add(Manager.UFW);
        } else if (chain.path("table").asText().equals("firewalld")) {
            managers.add(Manager.FIREWALLD);
        }
    }

    private static String seen(Set<Manager> managers) {
        return managers.isEmpty()
                ? ""
                : " (" + managers.stream().map(manager -> manager.title).collect(Collectors.joining(", "))
                        + " is in use)";
    }

    private static String remedy(Set<Manager> managers, String device) {
        return managers.isEmpty()
                ? "let packets pass that come from %1$s or go there (iifname %1$s, oifname %1$s)".formatted(device)
                : managers.stream()
                        .map(manager -> manager.remedy.formatted(device))
                        .collect(Collectors.joining("; "));
    }
}
