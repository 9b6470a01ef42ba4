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
                        + " -j ACCEPT (FORWARD in place of DOCKER-USER if ip6tables has no such chain)"),
        UFW("ufw", "let them pass: ufw route allow in on %1$s; ufw route allow out on %1$s"),
        FIREWALLD(
                "firewalld",
                "let them pass, with firewall-cmd --permanent each: --zone=trusted --add-interface=%1$s"
                        + " --add-interface=%1$s-probe; --new-policy=%1$s; --policy=%1$s --set-target=ACCEPT;"
                        + " --policy=%1$s --add-ingress-zone=ANY; --policy=%1$s --add-egress-zone=trusted; then"
                        + " firewall-cmd --reload");

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
        boolean hasPolicy = false;
        for (var item : chains.path("nftables")) {
            var chain = item.path("chain");
            manager(chain, managers);
            hasPolicy |= chain.path("name").asText().endsWith("_policy_" + device);
            if (dropsForwarded(chain)) {
                dropping.add(name(chain));
            }
        }
        if (!dropping.isEmpty()) {
            return List.of(new Warning(SUBJECT, dropping(dropping) + seen(managers), remedy(managers, device)));
        }
        return List.of(
                managers.contains(Manager.FIREWALLD) && !hasPolicy
                        ? new Warning(
                                SUBJECT,
                                "firewalld rejects what goes from one zone to another unless a policy accepts it, and has"
                                        + " no policy named " + device,
                                Manager.FIREWALLD.remedy.formatted(device))
                        : new Ok(SUBJECT, "no chain drops what is forwarded" + seen(managers)));
    }

    private static boolean dropsForwarded(JsonNode chain) {
        return chain.path("hook").asText().equals("forward")
                && chain.path("policy").asText().equals("drop");
    }

    private static String name(JsonNode chain) {
        return "%s %s %s"
                .formatted(
                        chain.path("family").asText(),
                        chain.path("table").asText(),
                        chain.path("name").asText());
    }

    private static String dropping(List<String> chains) {
        boolean isOne = chains.size() == 1;
        return "the chain%s %s drop%s forwarded packets that no rule accepts"
                .formatted(isOne ? "" : "s", String.join(", ", chains), isOne ? "s" : "");
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
