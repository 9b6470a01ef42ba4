// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.links;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.device.ethernet.IpAddresses;
import nat64.translator.device.ethernet.NextHops.Route;

/** The kernel's routes over one interface, as {@code ip -json route show} prints them. */
final class InterfaceRoutes {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private InterfaceRoutes() {}

    /**
     * The routes, the preferred one first where there are several to a prefix; those that no packet can take are left
     * out.
     *
     * @param version of IP, 4 or 6
     * @throws HostException if that is not what {@code ip} prints
     */
    static List<Route> of(String printed, String device, int version) throws HostException {
        try {
            var routes = new ArrayList<Route>();
            var nodes = new ArrayList<JsonNode>();
            JSON.readTree(printed.isBlank() ? "[]" : printed).forEach(nodes::add);
            nodes.sort(Comparator.comparingInt(node -> node.path("metric").asInt()));
            for (var node : nodes) {
                route(node, device, version).ifPresent(routes::add);
            }
            return routes;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new HostException("cannot read the routes over " + device + ": " + e.getMessage(), e);
        }
    }

    /** A default route through a gateway, or what the gateway is if the operator names none. */
    static List<Route> withGateway(List<Route> kernel, Optional<Ipv6Address> gateway, int version) {
        var everything = version == 6 ? new Ipv6Prefix(0, 0, 0) : new Ipv6Prefix(0, 0, 96);
        return gateway.isEmpty()
                ? kernel
                : Stream.concat(
                                kernel.stream().filter(route -> route.gateway().isEmpty()),
                                Stream.of(new Route(everything, gateway)))
                        .toList();
    }

    private static Optional<Route> route(JsonNode node, String device, int version) {
        if (!node.path("type").asText("unicast").equals("unicast") || isDead(node)) {
            return Optional.empty();
        }
        var hop = hop(node, device);
        if (hop.isEmpty() || hop.get().has("via")) { // an IPv4 route through an IPv6 neighbor (RFC 5549)
            return Optional.empty();
        }
        var gateway = Optional.ofNullable(hop.get().get("gateway")).map(JsonNode::asText);
        return Optional.of(new Route(
                prefix(node.path("dst").asText(), version), gateway.map(address -> address(address, version))));
    }

    /** Of a route over several links, the part over this one. */
    private static Optional<JsonNode> hop(JsonNode node, String device) {
        if (!node.has("nexthops")) {
            return Optional.of(node);
        }
        for (var hop : node.get("nexthops")) {
            if (hop.path("dev").asText().equals(device) && !isDead(hop)) {
                return Optional.of(hop);
            }
        }
        return Optional.empty();
    }

    private static boolean isDead(JsonNode node) {
        for (var flag : node.path("flags")) {
            if (flag.asText().equals("dead")) {
                return true;
            }
        }
        return false;
    }

    private static Ipv6Prefix prefix(String text, int version) {
        if (version == 6) {
            return text.equals("default") ? new Ipv6Prefix(0, 0, 0) : Ipv6Prefix.parse(text);
        }
        return IpAddresses.ipv4(text.equals("default") ? new Ipv4Prefix(0, 0) : Ipv4Prefix.parse(text));
    }

    private static Ipv6Address address(String text, int version) {
        return version == 6 ? Ipv6Address.parse(text) : IpAddresses.ipv4(Ipv4Address.parse(text));
    }
}
