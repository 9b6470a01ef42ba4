// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;

/**
 * The Pref64s in the AAAA records of {@code ipv4only.arpa}: those at whose end one of the well-known IPv4 addresses
 * stands (RFC 7050, section 3). Pure.
 *
 * @param pref64s that were found, each once
 * @param strangers addresses in which none of the well-known addresses stands at a place that RFC 6052 defines
 */
record Pref64Search(List<Pref64> pref64s, List<Ipv6Address> strangers) {

    private static final Set<Integer> WELL_KNOWN =
            Set.of(Ipv4Address.parse("192.0.0.170"), Ipv4Address.parse("192.0.0.171"));

    Pref64Search {
        pref64s = List.copyOf(pref64s);
        strangers = List.copyOf(strangers);
    }

    /** Searches the addresses of one answer. */
    static Pref64Search in(Collection<InetAddress> answer) {
        var addresses = answer.stream()
                .map(address -> Ipv6Address.ofBytes(address.getAddress()))
                .toList();
        var seen = new LinkedHashMap<Pref64, Set<Integer>>();
        addresses.forEach(address -> candidates(address)
                .forEach(pref64 ->
                        seen.computeIfAbsent(pref64, _ -> new LinkedHashSet<>()).add(pref64.extract(address))));
        var found = new LinkedHashSet<Pref64>();
        var strangers = new ArrayList<Ipv6Address>();
        for (var address : addresses) {
            var candidates = candidates(address);
            if (candidates.isEmpty()) {
                strangers.add(address);
            } else {
                found.addAll(likely(candidates, seen));
            }
        }
        return new Pref64Search(List.copyOf(found), strangers);
    }

    /** If the address is found at several places of one record, the other well-known address tells which is meant. */
    private static List<Pref64> likely(List<Pref64> candidates, Map<Pref64, Set<Integer>> seen) {
        var withBoth = candidates.stream()
                .filter(pref64 -> WELL_KNOWN.equals(seen.get(pref64)))
                .toList();
        return withBoth.isEmpty() ? candidates : withBoth;
    }

    private static List<Pref64> candidates(Ipv6Address address) {
        return Pref64.LENGTHS.stream()
                .flatMap(length -> pref64(address, length).stream())
                .filter(pref64 -> WELL_KNOWN.contains(pref64.extract(address)))
                .toList();
    }

    /** The first bits of an address, unless RFC 6052 rules that prefix out. */
    private static Optional<Pref64> pref64(Ipv6Address address, int length) {
        long high = length >= 64 ? address.high() : address.high() & (-1L << (64 - length));
        long low = length <= 64 ? 0 : address.low() & (-1L << (128 - length));
        try {
            return Optional.of(new Pref64(new Ipv6Prefix(high, low, length)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
