// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.PrefixIndex;

/** Which neighbor a packet goes to next: the routes of one link, the longest prefix first. Immutable. */
public final class NextHops {

    /** No destination can be reached. */
    public static final NextHops NONE = new NextHops(List.of());

    static final int NO_ROUTE = -1;

    private final PrefixIndex destinations;
    private final boolean[] onLink;
    private final long[] highs;
    private final long[] lows;

    /**
     * A route; of IPv4 addresses as {@link IpAddresses} writes them.
     *
     * @param gateway the next hop; none if the destinations are on the link themselves
     */
    public record Route(Ipv6Prefix destination, Optional<Ipv6Address> gateway) {}

    private NextHops(List<Route> routes) {
        destinations = new PrefixIndex(routes.stream().map(Route::destination).toList());
        onLink = new boolean[routes.size()];
        highs = new long[routes.size()];
        lows = new long[routes.size()];
        for (int i = 0; i < routes.size(); i++) {
            var gateway = routes.get(i).gateway();
            onLink[i] = gateway.isEmpty();
            highs[i] = gateway.map(Ipv6Address::high).orElse(0L);
            lows[i] = gateway.map(Ipv6Address::low).orElse(0L);
        }
    }

    /** Of several routes to one prefix the first counts. */
    public static NextHops of(List<Route> routes) {
        var seen = new HashSet<Ipv6Prefix>();
        return new NextHops(
                routes.stream().filter(route -> seen.add(route.destination())).toList());
    }

    /** The number of the route to a destination, or {@link #NO_ROUTE}. */
    int route(long high, long low) {
        return destinations.longestMatch(high, low);
    }

    /** The upper half of the next hop's address on this route. */
    long high(int route, long destinationHigh) {
        return onLink[route] ? destinationHigh : highs[route];
    }

    /** The lower half of the next hop's address on this route. */
    long low(int route, long destinationLow) {
        return onLink[route] ? destinationLow : lows[route];
    }
}
