// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import nat64.gateway.host.routes.Aggregation;
import nat64.gateway.host.routes.PrefixMap;
import nat64.gateway.json.Json;
import nat64.gateway.system.Commands;
import nat64.gateway.system.HostException;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/**
 * Which routes of the host are in the way of a prefix. {@code ip} is asked for single routes: the tables of a host may
 * have a million of them.
 */
final class Routes {

    /** Not routes to hosts of their own, or described by another route. */
    private static final Set<String> IGNORED_TYPES = Set.of("broadcast", "multicast", "nat");
    /** Tables other than these serve the policies of their owner. */
    private static final Set<String> TABLES = Set.of("main", "local");

    /** For more prefixes than that, a list of all routes is shorter. */
    private static final int MOST_QUESTIONS = 32;

    /** An address that no route but one to the Internet leads to (a.root-servers.net). Nothing is sent to it. */
    private static final String INTERNET = "198.41.0.4";

    /** The kernel makes the IPv4 table {@code local} with the first address. */
    private static final String NO_TABLE = "FIB table does not exist";

    private Routes() {}

    /** Routes to be asked which of them is to a prefix or to a part of it; around it, they don't count. */
    static PrefixMap<Route> ipv6(List<Route> routes) {
        return map(routes, Ipv6Prefix::parse);
    }

    /** As {@link #ipv6}; prefixes are asked for by {@link PrefixMap#inIpv6}. */
    static PrefixMap<Route> ipv4(List<Route> routes) {
        return map(routes, destination -> PrefixMap.inIpv6(Ipv4Prefix.parse(destination)));
    }

    private static PrefixMap<Route> map(List<Route> routes, Function<String, Ipv6Prefix> parser) {
        var map = new PrefixMap<Route>();
        routes.stream()
                .filter(route -> TABLES.contains(route.table()))
                .filter(route -> !IGNORED_TYPES.contains(route.type()))
                .filter(route -> !route.destination().equals("default"))
                .forEach(route -> map.add(parser.apply(route.destination()), route));
        return map;
    }

    /** Those that do not lead to a device alone. */
    static List<Route> ofOthers(List<Route> routes, String device) {
        return routes.stream()
                .filter(route -> !route.devices().equals(List.of(device)))
                .toList();
    }

    /**
     * A plan with the fewest routes that lead the same addresses to its device. No route gets as short as one that the
     * host has for a part of these addresses; and prefixes in the network of a link stay as they are, since the host
     * answers ARP for each of them.
     */
    static HostPlan fewest(HostPlan plan) throws HostException {
        if (plan.pref64s().size() <= MOST_QUESTIONS && plan.pool4().size() <= MOST_QUESTIONS) {
            return plan;
        }
        var device = plan.device().name();
        var ipv6 = ipv6(ofOthers(within("-6", plan.pref64s()), device));
        var ipv4 = ipv4(ofOthers(within("-4", plan.pool4()), device));
        var links = ofOthers(toLinks(), device).stream()
                .map(route -> PrefixMap.inIpv6(Ipv4Prefix.parse(route.destination())))
                .toList();
        return plan.with(
                new Aggregation(prefix -> ipv6.inside(prefix).isEmpty()).ofIpv6(plan.pref64s()),
                new Aggregation(prefix ->
                                ipv4.inside(prefix).isEmpty() && links.stream().noneMatch(prefix::overlaps))
                        .ofIpv4(plan.pool4()));
    }

    /**
     * The routes to some prefixes and to parts of them, and perhaps others.
     *
     * @param family {@code -4} or {@code -6}
     * @throws HostException if the host can't be asked
     */
    static List<Route> within(String family, List<?> prefixes) throws HostException {
        if (prefixes.size() > MOST_QUESTIONS) {
            return Route.parse(Commands.json("ip -json %s route show table all".formatted(family)));
        }
        var questions = new ArrayList<String>();
        prefixes.forEach(prefix -> questions.add("route show table main root " + prefix));
        prefixes.forEach(prefix -> questions.add("route show table local root " + prefix));
        var answer = Commands.feed(List.of("ip", "-json", "-force", family, "-batch", "-"), questions);
        if (!answer.isSuccess() && !answer.output().contains(NO_TABLE)) {
            throw new HostException(
                    "ip %s route show: %s".formatted(family, answer.output().strip()));
        }
        return parse(answer.output());
    }

    /** A line for each question; one about a table that is not there is an opening bracket alone, before the next. */
    static List<Route> parse(String answers) {
        return answers.lines()
                .filter(line -> line.startsWith("[") && line.endsWith("]"))
                .map(line -> line.replaceFirst("^\\[+", "["))
                .flatMap(line -> Route.parse(Json.parse(line)).stream())
                .toList();
    }

    /**
     * The IPv4 routes of a routing table; empty if the table does not exist.
     *
     * @throws HostException if the host can't be asked
     */
    static List<Route> ofTable(int table) throws HostException {
        var answer = Commands.attempt(
                List.of("ip", "-json", "-4", "route", "show", "table", String.valueOf(table)), Commands.TIMEOUT);
        return answer.isSuccess() ? parse(answer.output()) : List.of();
    }

    /** The IPv4 route to the Internet, the best one; none if there is none. */
    static List<Route> toTheInternet() throws HostException {
        var answer =
                Commands.attempt(List.of("ip", "-json", "-4", "route", "get", "fibmatch", INTERNET), Commands.TIMEOUT);
        return answer.isSuccess() ? Route.parse(Json.parse(answer.output())) : List.of();
    }

    /** The IPv4 routes that the kernel made for addresses of the host, to the networks of its links. */
    static List<Route> toLinks() throws HostException {
        return Route.parse(Commands.json("ip -json -4 route show proto kernel"));
    }
}
