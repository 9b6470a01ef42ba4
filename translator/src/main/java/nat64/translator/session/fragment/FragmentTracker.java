// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.fragment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nat64.translator.packet.Layers;

/**
 * Remembers the ports that a datagram's first fragment had, for the fragments behind it (RFC 6146, section 3.4), and
 * which parts of it have passed, so that none passes twice (RFC 3128): one bit for each eight bytes, so that fragments
 * may come in any order. A fixed number of datagrams: one that hashes to the place of another takes it. One thread at a
 * time.
 */
final class FragmentTracker {

    /** The datagram is not known. */
    static final int NONE = -1;

    private static final int PLACES = 4096;

    private static final int UNIT = 8; // bytes; offsets count in these

    /** As many units as an offset of 13 bits can name. */
    private static final int UNITS = 1 << 13;

    private static final long BYTES = UNITS / Byte.SIZE; // of the bits of one datagram
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final long lifetimeMillis;
    private final DatagramKey[] keys = new DatagramKey[PLACES];
    private final long[] deadlines = new long[PLACES];
    private final int[] ports = new int[PLACES];
    private final boolean[] accepted = new boolean[PLACES];
    private final int[] ends = new int[PLACES]; // where the datagram ends, in units, or 0 while that is not known
    private final MemorySegment passed; // a bit for each unit

    FragmentTracker(Arena arena, long lifetimeMillis) {
        this.lifetimeMillis = lifetimeMillis;
        passed = arena.allocate(PLACES * BYTES, Long.BYTES);
        for (int i = 0; i < PLACES; i++) {
            keys[i] = new DatagramKey();
        }
    }

    /** Where the datagram is, or NONE if its first fragment is not known, or no longer, or has not left yet. */
    int find(DatagramKey key, long now) {
        int place = place(key);
        return isKnown(key, now) && accepted[place] ? place : NONE;
    }

    /** Whether a first fragment of the datagram has come, whether it has left or not. */
    boolean isKnown(DatagramKey key, long now) {
        int place = place(key);
        return deadlines[place] - now > 0 && keys[place].matches(key);
    }

    /** Keeps source and destination port of a first fragment that has not left yet. */
    void remember(DatagramKey key, Layers first, int bothPorts, long now) {
        int place = place(key);
        keys[place].copy(key);
        deadlines[place] = now + lifetimeMillis;
        ports[place] = bothPorts;
        accepted[place] = false;
        ends[place] = 0;
        for (int word = 0; word < BYTES / Long.BYTES; word++) { // filling a slice would allocate the slice
            passed.set(LONG, at(place, word), 0);
        }
        pass(place, first);
    }

    /** The first fragment of a datagram has left, or has not and is forgotten. */
    void settle(DatagramKey key, boolean left, long now) {
        int place = place(key);
        if (isKnown(key, now) && !accepted[place]) {
            accepted[place] = left;
            deadlines[place] = left ? deadlines[place] : 0;
        }
    }

    /** Source port above, destination port below. */
    int ports(int place) {
        return ports[place];
    }

    /** Notes that a fragment passes; false if a part of it has passed before. */
    boolean pass(int place, Layers fragment) {
        int from = fragment.fragmentOffset() / UNIT;
        int to = from + (fragment.transportLength() + UNIT - 1) / UNIT;
        int firstWord = from / Long.SIZE;
        int lastWord = (to - 1) / Long.SIZE;
        for (int word = firstWord; word <= lastWord; word++) {
            if ((bits(place, word) & mask(word, from, to)) != 0) {
                return false;
            }
        }
        for (int word = firstWord; word <= lastWord; word++) {
            passed.set(LONG, at(place, word), bits(place, word) | mask(word, from, to));
        }
        if (!fragment.moreFragments()) {
            ends[place] = to;
        }
        forgetIfWhole(place);
        return true;
    }

    /** Identifications come around: the next datagram with this one is not to be taken for a repetition. */
    private void forgetIfWhole(int place) {
        int end = ends[place];
        for (int word = 0; word * Long.SIZE < end; word++) {
            long mask = mask(word, 0, end);
            if ((bits(place, word) & mask) != mask) {
                return;
            }
        }
        deadlines[place] = end > 0 ? 0 : deadlines[place];
    }

    private long bits(int place, int word) {
        return passed.get(LONG, at(place, word));
    }

    private static long at(int place, int word) {
        return place * BYTES + (long) word * Long.BYTES;
    }

    /** The bits of a word that lie within these units. */
    private static long mask(int word, int from, int to) {
        int low = Math.max(from - word * Long.SIZE, 0);
        int high = Math.min(to - word * Long.SIZE, Long.SIZE);
        return (-1L << low) & (-1L >>> (Long.SIZE - high));
    }

    private static int place(DatagramKey key) {
        return key.hash() & (PLACES - 1);
    }
}
