// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/** Routes of the host, as {@code ip route show table all} prints them: one a line. */
final class Routes {

    private static final Set<String> KINDS =
            Set.of("unicast", "local", "anycast", "throw", "unreachable", "prohibit", "blackhole");
    /** They lead nowhere: the usual backstop of a site's own prefix, of which a part may well be translated. */
    private static final Set<String> BACKSTOPS = Set.of("throw", "unreachable", "prohibit", "blackhole");
    /** Not routes to hosts of their own, or described by another route. */
    private static final Set<String> IGNORED_KINDS = Set.of("broadcast", "multicast", "nat");
    /** A route as short as 2000::/3 or 0.0.0.0/1 is a default route in disguise. */
    private static final int LONGEST_DEFAULT = 3;

    private Routes() {}

    /** The first route that shares addresses with the prefix; default routes and backstops around it don't count. */
    static Optional<String> overlapping(Ipv6Prefix prefix, String printed) {
        return routes(printed)
                .filter(route -> {
                    var destination = Ipv6Prefix.parse(route.destination);
                    return destination.overlaps(prefix) && route.leadsElsewhere(destination.length(), prefix.length());
                })
                .map(Route::text)
                .findFirst();
    }

    /** As {@link #overlapping(Ipv6Prefix, String)}. */
    static Optional<String> overlapping(Ipv4Prefix prefix, String printed) {
        return routes(printed)
                .filter(route -> {
                    var destination = Ipv4Prefix.parse(route.destination);
                    return destination.overlaps(prefix) && route.leadsElsewhere(destination.length(), prefix.length());
                })
                .map(Route::text)
                .findFirst();
    }

    private record Route(String kind, String destination, String text) {

        boolean leadsElsewhere(int length, int lengthOfOurs) {
            return length > LONGEST_DEFAULT && !(BACKSTOPS.contains(kind) && length < lengthOfOurs);
        }
    }

    private static Stream<Route> routes(String printed) {
        return printed.lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0))) // else: a next hop
                .map(Routes::route)
                .flatMap(Optional::stream);
    }

    /** Tables other than main and local serve the policies of their owner and are left alone. */
    private static Optional<Route> route(String line) {
        var words = List.of(line.strip().split("\\s+"));
        boolean hasKind = KINDS.contains(words.getFirst());
        if (IGNORED_KINDS.contains(words.getFirst()) || (hasKind && words.size() < 2)) {
            return Optional.empty();
        }
        var destination = words.get(hasKind ? 1 : 0);
        int table = words.indexOf("table");
        boolean elsewhere = table >= 0 && !words.get(table + 1).equals("local");
        return destination.equals("default") || elsewhere
                ? Optional.empty()
                : Optional.of(new Route(hasKind ? words.getFirst() : "unicast", destination, line.strip()));
    }
}
