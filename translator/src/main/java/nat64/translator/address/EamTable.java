// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The Explicit Address Mapping Table of a stateless translator (RFC 7757, section 3.1). If several mappings match an
 * address, the one with the longest prefix in the family of the address applies. Immutable; lookups allocate nothing.
 */
public final class EamTable {

    /** No mapping matches. */
    public static final int NONE = PrefixIndex.NONE;

    private final List<Eam> eams;
    private final PrefixIndex byIpv4;
    private final PrefixIndex byIpv6;

    /**
     * Makes a table of these mappings, in any order.
     *
     * @throws IllegalArgumentException if two of them share a prefix of either family (RFC 7757, section 5)
     */
    public EamTable(List<Eam> eams) {
        this.eams = List.copyOf(eams);
        requireDistinct(eams);
        byIpv4 = new PrefixIndex(eams.stream().map(eam -> inIpv6(eam.ipv4())).toList());
        byIpv6 = new PrefixIndex(eams.stream().map(Eam::ipv6).toList());
    }

    /**
     * Refuses mappings that no table can have.
     *
     * @throws IllegalArgumentException if two of them share a prefix of either family (RFC 7757, section 5)
     */
    public static void requireDistinct(List<Eam> eams) {
        var ipv4 = new HashSet<Ipv4Prefix>();
        var ipv6 = new HashSet<Ipv6Prefix>();
        for (var eam : eams) {
            if (!ipv4.add(eam.ipv4()) || !ipv6.add(eam.ipv6())) {
                throw new IllegalArgumentException("another mapping has a prefix of " + eam + ", too");
            }
        }
    }

    /** The mapping of an IPv4 address, or {@link #NONE}. */
    public int find(int ipv4) {
        return byIpv4.longestMatch((long) ipv4 << 32, 0);
    }

    /** The mapping of an IPv6 address, or {@link #NONE}. */
    public int find(long high, long low) {
        return byIpv6.longestMatch(high, low);
    }

    public int size() {
        return eams.size();
    }

    /** The mapping that {@code find} returned. */
    public Eam get(int found) {
        return eams.get(found);
    }

    /** Mappings that share addresses, which is allowed but seldom intended (RFC 7757, section 5). */
    public List<Overlap> overlaps() {
        var overlaps = new ArrayList<Overlap>();
        for (int i = 0; i < eams.size(); i++) {
            for (int j = i + 1; j < eams.size(); j++) {
                if (eams.get(i).overlaps(eams.get(j))) {
                    overlaps.add(new Overlap(eams.get(i), eams.get(j)));
                }
            }
        }
        return overlaps;
    }

    /** Two mappings, in the order of configuration. */
    public record Overlap(Eam earlier, Eam later) {}

    /** The IPv6 prefix of the same length and the same first bits. */
    private static Ipv6Prefix inIpv6(Ipv4Prefix prefix) {
        return new Ipv6Prefix((long) prefix.address() << 32, 0, prefix.length());
    }
}
