// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host.routes;

import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/** Values of prefixes, found by a prefix around them. A search among many takes no longer than among few. */
public final class PrefixMap<T> {

    /** By the first address, and of those with the same one, the larger prefix first. */
    static final Comparator<Ipv6Prefix> ORDER = Comparator.comparing(Ipv6Prefix::high, Long::compareUnsigned)
            .thenComparing(Ipv6Prefix::low, Long::compareUnsigned)
            .thenComparingInt(Ipv6Prefix::length);

    private final TreeMap<Ipv6Prefix, T> values = new TreeMap<>(ORDER);

    /** The IPv6 prefix of the same length and with the same first bits: maps of both families are alike. */
    public static Ipv6Prefix inIpv6(Ipv4Prefix prefix) {
        return new Ipv6Prefix((long) prefix.address() << Integer.SIZE, 0, prefix.length());
    }

    /** Undoes {@link #inIpv6}. */
    static Ipv4Prefix ofIpv6(Ipv6Prefix prefix) {
        return new Ipv4Prefix((int) (prefix.high() >>> Integer.SIZE), prefix.length());
    }

    /** Adds a value; of two with the same prefix the first one stays. */
    public void add(Ipv6Prefix prefix, T value) {
        values.putIfAbsent(prefix, value);
    }

    /** The first value whose prefix is this one or a part of it. */
    public Optional<T> inside(Ipv6Prefix prefix) {
        var next = values.ceilingEntry(prefix); // what is inside follows at once
        return next != null && prefix.overlaps(next.getKey()) ? Optional.of(next.getValue()) : Optional.empty();
    }
}
