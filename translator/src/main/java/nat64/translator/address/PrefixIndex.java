// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the longest of many prefixes that contains an address. Prefixes are grouped by length, the longest first, and
 * sorted within a group for a binary search. Immutable; a search allocates nothing.
 */
public final class PrefixIndex {

    /** No prefix contains the address. */
    public static final int NONE = -1;

    private final long[] highs;
    private final long[] lows;
    private final int[] positions; // in the original list
    private final int[] lengths; // one for each group, descending
    private final int[] ends; // exclusive, one for each group

    /** Of these prefixes, no two of which are the same; their positions are those in the list. */
    public PrefixIndex(List<Ipv6Prefix> prefixes) {
        var order = IntStream.range(0, prefixes.size())
                .boxed()
                .sorted(Comparator.comparing(prefixes::get, PrefixIndex::compare))
                .mapToInt(Integer::intValue)
                .toArray();
        positions = order;
        highs = IntStream.of(order).mapToLong(i -> prefixes.get(i).high()).toArray();
        lows = IntStream.of(order).mapToLong(i -> prefixes.get(i).low()).toArray();
        lengths = IntStream.of(order)
                .map(i -> prefixes.get(i).length())
                .distinct()
                .toArray();
        ends = IntStream.of(lengths)
                .map(length -> (int) prefixes.stream()
                        .filter(prefix -> prefix.length() >= length)
                        .count())
                .toArray();
    }

    /** The position of the longest prefix that contains the address, or {@link #NONE}. */
    public int longestMatch(long high, long low) {
        int from = 0;
        for (int group = 0; group < lengths.length; group++) {
            long maskedHigh = high & Ipv6Prefix.highMask(lengths[group]);
            long maskedLow = low & Ipv6Prefix.lowMask(lengths[group]);
            int found = search(from, ends[group] - 1, maskedHigh, maskedLow);
            if (found != NONE) {
                return positions[found];
            }
            from = ends[group];
        }
        return NONE;
    }

    private int search(int first, int last, long high, long low) {
        while (first <= last) {
            int middle = (first + last) >>> 1;
            int order = Long.compareUnsigned(highs[middle], high);
            if (order == 0) {
                order = Long.compareUnsigned(lows[middle], low);
            }
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                first = middle + 1;
            } else {
                last = middle - 1;
            }
        }
        return NONE;
    }

    private static int compare(Ipv6Prefix one, Ipv6Prefix other) {
        if (one.length() != other.length()) {
            return Integer.compare(other.length(), one.length());
        }
        int order = Long.compareUnsigned(one.high(), other.high());
        return order == 0 ? Long.compareUnsigned(one.low(), other.low()) : order;
    }
}
