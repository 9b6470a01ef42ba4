// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/** Which routes of the host are in the way of a prefix. Pure. */
final class Routes {

    /** They drop packets: the usual backstop of a site's own prefix, of which a part may well be translated. */
    private static final Set<String> BACKSTOPS = Set.of("throw", "unreachable", "prohibit", "blackhole");
    /** Not routes to hosts of their own, or described by another route. */
    private static final Set<String> IGNORED_TYPES = Set.of("broadcast", "multicast", "nat");
    /** Tables other than these serve the policies of their owner. */
    private static final Set<String> TABLES = Set.of("main", "local");
    /** A route as short as 2000::/3 or 0.0.0.0/1 is a default route in disguise. */
    private static final int LONGEST_DEFAULT = 3;

    private Routes() {}

    /** The first route that shares addresses with the prefix; default routes and backstops around it don't count. */
    static Optional<Route> overlapping(Ipv6Prefix prefix, List<Route> routes) {
        return first(routes, route -> {
            var destination = Ipv6Prefix.parse(route.destination());
            return destination.overlaps(prefix) && leadsElsewhere(route, destination.length(), prefix.length());
        });
    }

    /** As {@link #overlapping(Ipv6Prefix, List)}. */
    static Optional<Route> overlapping(Ipv4Prefix prefix, List<Route> routes) {
        return first(routes, route -> {
            var destination = Ipv4Prefix.parse(route.destination());
            return destination.overlaps(prefix) && leadsElsewhere(route, destination.length(), prefix.length());
        });
    }

    private static Optional<Route> first(List<Route> routes, Predicate<Route> condition) {
        return routes.stream()
                .filter(route -> TABLES.contains(route.table()))
                .filter(route -> !IGNORED_TYPES.contains(route.type()))
                .filter(route -> !route.destination().equals("default"))
                .filter(condition)
                .findFirst();
    }

    private static boolean leadsElsewhere(Route route, int length, int lengthOfOurs) {
        return length > LONGEST_DEFAULT && !(BACKSTOPS.contains(route.type()) && length < lengthOfOurs);
    }
}
