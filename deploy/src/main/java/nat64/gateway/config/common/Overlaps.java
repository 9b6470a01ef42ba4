// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.common;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.IntStream;
import nat64.gateway.config.file.Located;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/**
 * Finds overlapping prefixes of a list without comparing each with each. Of two prefixes that overlap, one contains the
 * other; for each prefix the next larger one is found.
 *
 * @param order by the first address, and of those with the same one, the larger prefix first
 */
public record Overlaps<P>(Comparator<P> order, BiPredicate<P, P> overlap) {

    public static final Overlaps<Ipv4Prefix> IPV4 = new Overlaps<>(
            Comparator.<Ipv4Prefix>comparingLong(prefix -> Integer.toUnsignedLong(prefix.address()))
                    .thenComparingInt(Ipv4Prefix::length),
            Ipv4Prefix::overlaps);

    public static final Overlaps<Ipv6Prefix> IPV6 = new Overlaps<>(
            Comparator.comparing(Ipv6Prefix::high, Long::compareUnsigned)
                    .thenComparing(Ipv6Prefix::low, Long::compareUnsigned)
                    .thenComparingInt(Ipv6Prefix::length),
            Ipv6Prefix::overlaps);

    /** Those prefixes that no one of others contains, in their order. */
    public List<P> outside(List<P> prefixes, List<P> others) {
        var largest = new TreeSet<P>(order);
        for (var prefix : others.stream().sorted(order).toList()) {
            if (largest.isEmpty() || !overlap.test(largest.last(), prefix)) {
                largest.add(prefix);
            }
        }
        return prefixes.stream()
                .filter(prefix -> {
                    var before = largest.floor(prefix);
                    return before == null || !overlap.test(before, prefix);
                })
                .toList();
    }

    /** Calls an action with pairs of items whose prefixes overlap, the item that is earlier in the list first. */
    public <T> void forEach(List<Located<T>> items, Function<T, P> prefix, BiConsumer<Located<T>, Located<T>> action) {
        var prefixes = items.stream().map(item -> prefix.apply(item.value())).toList();
        var containing = new ArrayDeque<Integer>();
        IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparing(prefixes::get, order))
                .forEach(index -> {
                    while (!containing.isEmpty()
                            && !overlap.test(prefixes.get(containing.getFirst()), prefixes.get(index))) {
                        containing.removeFirst();
                    }
                    if (!containing.isEmpty()) {
                        int other = containing.getFirst();
                        action.accept(items.get(Math.min(other, index)), items.get(Math.max(other, index)));
                    }
                    containing.addFirst(index);
                });
    }
}
