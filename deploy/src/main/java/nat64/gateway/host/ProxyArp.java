// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Addresses of pool4 that are a part of a link's network: other hosts on it ask for them by ARP, and the host has to
 * answer.
 */
public final class ProxyArp {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyArp.class);

    /** Each is an entry in the kernel, made by a process. */
    private static final int MOST_ADDRESSES = 256;

    private ProxyArp() {}

    /**
     * An address that the host answers for.
     *
     * @param device the link where it does
     */
    record Proxy(String address, String device) {

        Change change() {
            return Change.undoable(step(), Step.Run.of("ip neigh delete proxy %s dev %s".formatted(address, device)));
        }

        boolean isIn(Ipv4Prefix prefix) {
            return prefix.contains(Ipv4Address.parse(address));
        }

        Step step() {
            return Step.Run.of("ip neigh replace proxy %s dev %s".formatted(address, device));
        }

        @Override
        public String toString() {
            return address + " on " + device;
        }
    }

    /**
     * The plan with what this host has to answer for. With masquerade, pool4 is not visible on the link.
     *
     * @throws HostException if its routes can't be read
     */
    public static HostPlan of(HostPlan plan) throws HostException {
        return plan.masquerade() || plan.pool4().isEmpty()
                ? plan
                : plan.with(needed(plan.pool4(), Routes.toLinks(), plan.device().name()));
    }

    /** A network of a link, and the link. */
    private record LinkNetwork(Ipv4Prefix network, String device) {

        static Stream<LinkNetwork> of(Route route) {
            var network = Ipv4Prefix.parse(route.destination());
            return route.devices().stream().map(device -> new LinkNetwork(network, device));
        }

        boolean hasInside(Ipv4Prefix prefix) {
            return network.length() < prefix.length() && network.overlaps(prefix);
        }
    }

    /** The entries for prefixes inside a network of a link. */
    static List<Proxy> needed(List<Ipv4Prefix> pool4, List<Route> links, String ownDevice) {
        var networks = links.stream()
                .filter(route -> route.gateway().isEmpty() && !route.devices().contains(ownDevice))
                .flatMap(LinkNetwork::of)
                .toList();
        var found = new LinkedHashSet<Proxy>();
        for (var prefix : pool4) {
            for (var network : networks) {
                if (network.hasInside(prefix)) {
                    found.addAll(entries(prefix, network.device()));
                    break;
                }
            }
        }
        return List.copyOf(found);
    }

    private static List<Proxy> entries(Ipv4Prefix prefix, String link) {
        if (prefix.size() > MOST_ADDRESSES) {
            LOG.warn(
                    "{} is a part of the network of {}, but too large to be answered for by ARP; route it to this host",
                    prefix,
                    link);
            return List.of();
        }
        return IntStream.range(0, (int) prefix.size())
                .mapToObj(index -> new Proxy(Ipv4Address.format(prefix.address() + index), link))
                .toList();
    }

    /** The entries that the kernel has. */
    static Set<Proxy> ofThisHost() throws HostException {
        return parse(Commands.json("ip -json -4 neigh show proxy"));
    }

    /** As {@code ip -json neigh show proxy} prints them. */
    static Set<Proxy> parse(JsonNode printed) {
        return StreamSupport.stream(printed.spliterator(), false)
                .map(entry ->
                        new Proxy(entry.path("dst").asText(), entry.path("dev").asText()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
