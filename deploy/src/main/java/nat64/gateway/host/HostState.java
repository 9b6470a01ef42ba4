// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nat64.gateway.json.Json;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/**
 * What a host has of that which a gateway needs.
 *
 * @param device the translator's, if it is there
 * @param ipv6Routes to the device; the default route is {@code ::/0}
 * @param ipv4Routes likewise
 * @param forwarding settings of the kernel that make the host a router, and their values
 * @param tables the nftables tables that were looked for and are there, without counters and elements of sets
 * @param sharing what serves an address that the host shares; empty if it was not looked for
 * @param proxies what it answers ARP for, if that was looked for
 */
record HostState(
        Optional<Device> device,
        Set<Ipv6Prefix> ipv6Routes,
        Set<Ipv4Prefix> ipv4Routes,
        Map<String, String> forwarding,
        Map<NftTable, String> tables,
        Optional<Sharing> sharing,
        Set<ProxyArp.Proxy> proxies) {

    private static final int MANY_ROUTES = 1000;

    /** Where no address is shared and nothing is asked by ARP. */
    HostState(
            Optional<Device> device,
            Set<Ipv6Prefix> ipv6Routes,
            Set<Ipv4Prefix> ipv4Routes,
            Map<String, String> forwarding,
            Map<NftTable, String> tables) {
        this(device, ipv6Routes, ipv4Routes, forwarding, tables, Optional.empty(), Set.of());
    }

    /**
     * What leads packets to an address of the host to the translator.
     *
     * @param rules those that a gateway has made
     * @param hasRoutes whether the routing table leads to the device, and nowhere without it
     * @param isMarkValid whether the device takes marks as valid
     * @param reserved the ports that the kernel keeps back
     */
    record Sharing(SharedAddress.Rules rules, boolean hasRoutes, boolean isMarkValid, String reserved) {}

    /**
     * The translator's device.
     *
     * @param addresses as {@code ip} prints them, without prefix lengths
     */
    record Device(boolean isUp, int mtu, Set<String> addresses) {}

    /** The name of a table, which is unique in its family only. */
    record NftTable(String family, String name) {

        @Override
        public String toString() {
            return family + " " + name;
        }
    }

    /**
     * Looks at the host.
     *
     * @param device the name of the translator's; empty if it has none
     * @throws HostException if the host can't be asked
     */
    static HostState read(String device, KernelSettings settings, Set<NftTable> tables, boolean shares)
            throws HostException {
        return readButRoutes(device, settings, tables, shares).withRoutes(device);
    }

    /** As {@link #read}, without the routes, which may be many. */
    static HostState readButRoutes(String device, KernelSettings settings, Set<NftTable> tables, boolean shares)
            throws HostException {
        return new HostState(
                device(device),
                Set.of(),
                Set.of(),
                forwarding(settings),
                tables(tables),
                shares ? Optional.of(sharing(device, settings)) : Optional.empty(),
                Set.of());
    }

    /** Whether reading the routes takes notably longer than all the rest. */
    boolean hasManyRoutes() {
        return ipv6Routes.size() + ipv4Routes.size() > MANY_ROUTES;
    }

    /** The same, with the routes to the device. */
    HostState withRoutes(String name) throws HostException {
        return device.isEmpty() ? this : with(ipv6(routes("-6", name)), ipv4(routes("-4", name)));
    }

    /** The same, with the routes that another look has found. */
    HostState withRoutesOf(HostState earlier) {
        return with(earlier.ipv6Routes, earlier.ipv4Routes);
    }

    private HostState with(Set<Ipv6Prefix> ipv6, Set<Ipv4Prefix> ipv4) {
        return new HostState(device, ipv6, ipv4, forwarding, tables, sharing, proxies);
    }

    private static Sharing sharing(String device, KernelSettings settings) throws HostException {
        var routes = Routes.ofTable(SharedAddress.TABLE);
        var mark = "ipv4/conf/" + device + "/src_valid_mark";
        return new Sharing(
                SharedAddress.Rules.of(Commands.json("ip -json -4 rule")),
                routes.stream().anyMatch(route -> route.devices().contains(device)),
                settings.has(mark) && settings.read(mark).equals("1"),
                settings.read(SharedAddress.RESERVED_PORTS));
    }

    /** The same, with what the host answers ARP for. */
    HostState withProxies() throws HostException {
        return new HostState(device, ipv6Routes, ipv4Routes, forwarding, tables, sharing, ProxyArp.ofThisHost());
    }

    private static Optional<Device> device(String name) throws HostException {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var result = Commands.attempt(List.of("ip", "-json", "address", "show", "dev", name), Commands.TIMEOUT);
        if (!result.isSuccess()) {
            return Optional.empty();
        }
        return Optional.of(device(parse(result.output()).path(0)));
    }

    /** As {@code ip -json address show} prints it. */
    static Device device(JsonNode printed) {
        var addresses = new HashSet<String>();
        printed.path("addr_info")
                .forEach(address -> addresses.add(address.path("local").asText()));
        boolean isUp = false;
        for (var flag : printed.path("flags")) {
            isUp |= flag.asText().equals("UP");
        }
        return new Device(isUp, printed.path("mtu").asInt(), addresses);
    }

    private static List<Route> routes(String family, String device) throws HostException {
        return Route.parse(Commands.json("ip -json %s route show dev %s".formatted(family, device)));
    }

    private static Set<Ipv6Prefix> ipv6(List<Route> routes) {
        return routes.stream()
                .map(route -> route.destination().equals("default")
                        ? new Ipv6Prefix(0, 0, 0)
                        : Ipv6Prefix.parse(route.destination()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<Ipv4Prefix> ipv4(List<Route> routes) {
        return routes.stream()
                .map(route -> route.destination().equals("default")
                        ? new Ipv4Prefix(0, 0)
                        : Ipv4Prefix.parse(route.destination()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, String> forwarding(KernelSettings settings) throws HostException {
        var values = new HashMap<String, String>();
        for (var name : Forwarding.SETTINGS) {
            values.put(name, settings.read(name));
        }
        return values;
    }

    private static Map<NftTable, String> tables(Set<NftTable> names) throws HostException {
        var found = new HashMap<NftTable, String>();
        for (var name : names) {
            var command = List.of("nft", "--stateless", "--terse", "list", "table", name.family(), name.name());
            var result = Commands.attempt(command, Commands.TIMEOUT);
            if (result.isSuccess()) {
                found.put(name, result.output());
            }
        }
        return found;
    }

    private static JsonNode parse(String printed) throws HostException {
        try {
            return Json.parse(printed);
        } catch (IllegalArgumentException e) {
            throw new HostException("ip -json: " + e.getMessage(), e);
        }
    }
}
