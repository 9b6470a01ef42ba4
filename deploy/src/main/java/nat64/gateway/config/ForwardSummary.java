// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.synthesis.LocalZones;
import org.xbill.DNS.Name;

/** Which zones are forwarded, and which zones that would otherwise be answered here, or elsewhere, they shadow. */
final class ForwardSummary {

    private static final int MOST_NAMED = 3;

    private ForwardSummary() {}

    /** A line for each zone, up to a limit. */
    static List<String> of(Map<Name, List<UpstreamServer>> forward, int most) {
        return forward.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(most)
                .map(zone -> line(zone.getKey(), zone.getValue(), forward.keySet()))
                .toList();
    }

    private static String line(Name zone, List<UpstreamServer> servers, Set<Name> all) {
        var inside = all.stream()
                .filter(other -> !other.equals(zone) && other.subdomain(zone))
                .sorted()
                .toList();
        return "forward " + zone + " to "
                + servers.stream().map(UpstreamServer::toString).collect(Collectors.joining(", "))
                + (zone.equals(Name.root) ? " instead of dns64.upstreams" : "")
                + shadowed(zone)
                + (inside.isEmpty() ? "" : ", except for " + names(inside));
    }

    private static String shadowed(Name zone) {
        var local = LocalZones.shadowedBy(zone);
        if (local.isEmpty()) {
            return "";
        }
        return zone.subdomain(local.getFirst()) && !zone.equals(local.getFirst())
                ? ", though it is in the local zone " + local.getFirst()
                : ", instead of answering " + names(local) + " locally";
    }

    private static String names(List<Name> names) {
        var named = names.stream().limit(MOST_NAMED).map(Name::toString).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? named + " and " + (names.size() - MOST_NAMED) + " more" : named;
    }
}
