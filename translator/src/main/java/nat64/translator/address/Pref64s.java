// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Pref64s of a translator, each with an index that fits in one byte. Immutable; a reload makes {@link #next
 * another} in which a prefix that was there before keeps its index, so that sessions can refer to it. A prefix that was
 * removed is no longer found by an address, but its index still names it.
 */
public final class Pref64s {

    /** No Pref64. */
    public static final int NONE = -1;

    /** How many indexes there are, those of removed Pref64s included. */
    public static final int MOST = 256;

    private final Pref64[] known; // by index
    private final Pref64[] active;
    private final int[] indexes; // of those that are active

    private Pref64s(List<Pref64> known, List<Pref64> active) {
        this.known = known.toArray(Pref64[]::new);
        this.active = active.toArray(Pref64[]::new);
        indexes = active.stream().mapToInt(known::indexOf).toArray();
    }

    /**
     * The Pref64s of a translator that starts, with indexes from 0 on.
     *
     * @throws IllegalArgumentException if there is none, or there are more than {@link #MOST}
     */
    public static Pref64s of(List<Pref64> pref64s) {
        return new Pref64s(List.of(), List.of()).next(pref64s);
    }

    /**
     * The Pref64s after a reload: known ones keep their index, new ones get the next free indexes.
     *
     * @throws IllegalArgumentException if there is none, or there would be more than {@link #MOST} indexes
     */
    public Pref64s next(List<Pref64> pref64s) {
        if (pref64s.isEmpty()) {
            throw new IllegalArgumentException("a translator needs at least one Pref64"); // C-105
        }
        var distinct = pref64s.stream().distinct().toList();
        var all = new ArrayList<>(List.of(known));
        distinct.stream().filter(pref64 -> !all.contains(pref64)).forEach(all::add);
        if (all.size() > MOST) {
            throw new IllegalArgumentException("a translator can use " + MOST + " different Pref64s between two starts,"
                    + " removed ones included, not " + all.size() + "; restart it to forget the removed ones");
        }
        return new Pref64s(all, distinct);
    }

    /** The index of the first active Pref64 that contains an IPv6 address, or NONE. */
    public int find(long high, long low) {
        for (int i = 0; i < active.length; i++) {
            if (active[i].contains(high, low)) {
                return indexes[i];
            }
        }
        return NONE;
    }

    /** The index of the first active Pref64, under which IPv6 hosts see IPv4 hosts that speak first. */
    public int first() {
        return indexes[0];
    }

    /** The Pref64 of an index, be it removed. */
    public Pref64 get(int index) {
        return known[index];
    }

    /** The index of a Pref64, be it removed, or NONE. */
    public int indexOf(Pref64 pref64) {
        return List.of(known).indexOf(pref64);
    }

    /** Whether every index of others means the same here, as after {@link #next}. */
    public boolean keepsIndexesOf(Pref64s others) {
        int theirs = others.known.length;
        return known.length >= theirs && Arrays.equals(known, 0, theirs, others.known, 0, theirs);
    }

    /** All Pref64s by their index, removed ones included. */
    public List<Pref64> known() {
        return List.of(known);
    }

    /** The active Pref64s, in the order of the configuration. */
    public List<Pref64> active() {
        return List.of(active);
    }

    /** Whether both have the same active Pref64s and the same indexes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Pref64s that && Arrays.equals(known, that.known) && Arrays.equals(active, that.active);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(known) + Arrays.hashCode(active);
    }

    @Override
    public String toString() {
        return Arrays.toString(active);
    }
}
