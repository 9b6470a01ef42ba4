// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/**
 * Writes prefixes as fewer ones with exactly the same addresses: two halves become one, and a part of another is left
 * out (RFC 4632, section 4).
 *
 * @param mayBeOne whether one route may stand for all routes inside this prefix
 */
public record Aggregation(Predicate<Ipv6Prefix> mayBeOne) {

    /** In the order of addresses. */
    public List<Ipv6Prefix> ofIpv6(List<Ipv6Prefix> prefixes) {
        var merged = new ArrayList<Ipv6Prefix>(); // none is a part of another, apart from those that may not be one
        prefixes.stream().distinct().sorted(PrefixMap.ORDER).forEach(prefix -> {
            if (merged.isEmpty() || !isPartOf(prefix, merged.getLast())) {
                merged.add(prefix);
                mergeHalves(merged);
            }
        });
        return merged;
    }

    /** In the order of addresses. */
    public List<Ipv4Prefix> ofIpv4(List<Ipv4Prefix> prefixes) {
        return ofIpv6(prefixes.stream().map(PrefixMap::inIpv6).toList()).stream()
                .map(PrefixMap::ofIpv6)
                .toList();
    }

    private boolean isPartOf(Ipv6Prefix prefix, Ipv6Prefix other) {
        return other.length() <= prefix.length() && other.overlaps(prefix) && mayBeOne.test(other);
    }

    private void mergeHalves(List<Ipv6Prefix> merged) {
        while (merged.size() > 1) {
            var upper = merged.getLast();
            var lower = merged.get(merged.size() - 2);
            if (upper.length() == 0 || upper.length() != lower.length() || upper.equals(lower)) {
                return;
            }
            var whole = parent(lower);
            if (!whole.equals(parent(upper)) || !mayBeOne.test(whole)) {
                return;
            }
            merged.removeLast();
            merged.set(merged.size() - 1, whole);
        }
    }

    private static Ipv6Prefix parent(Ipv6Prefix prefix) {
        int length = prefix.length() - 1;
        long high = length >= Long.SIZE ? prefix.high() : prefix.high() & ~(-1L >>> length);
        long low = length > Long.SIZE ? prefix.low() & ~(-1L >>> (length - Long.SIZE)) : 0;
        return new Ipv6Prefix(high, low, length);
    }
}
