// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.fragment;

import java.util.Arrays;
import nat64.translator.packet.Layers;

/**
 * Remembers the ports that a datagram's first fragment had, for the fragments behind it (RFC 6146, section 3.4), and
 * which parts of it have passed, so that none passes twice (RFC 3128). A fixed number of datagrams: one that hashes to
 * the place of another takes it. One thread at a time.
 */
final class FragmentTracker {

    /** The datagram is not known. */
    static final int NONE = -1;

    private static final int PLACES = 4096;

    /** Parts of one datagram with gaps between; more is no disorder of a network. */
    private static final int PARTS = 8;

    private static final int UNIT = 8; // octets; offsets count in these

    private final long lifetimeMillis;
    private final DatagramKey[] keys = new DatagramKey[PLACES];
    private final long[] deadlines = new long[PLACES];
    private final int[] ports = new int[PLACES];
    private final int[] ends = new int[PLACES]; // where the datagram ends, in units, or 0 while that is not known
    private final int[] parts = new int[PLACES * PARTS]; // beginning above, end below, in units; 0 is no part

    FragmentTracker(long lifetimeMillis) {
        this.lifetimeMillis = lifetimeMillis;
        for (int i = 0; i < PLACES; i++) {
            keys[i] = new DatagramKey();
        }
    }

    /** Where the datagram is, or NONE if its first fragment is not known, or no longer. */
    int find(DatagramKey key, long now) {
        int place = place(key);
        return deadlines[place] - now > 0 && keys[place].matches(key) ? place : NONE;
    }

    /** Keeps source and destination port of a first fragment. */
    int remember(DatagramKey key, int bothPorts, long now) {
        int place = place(key);
        keys[place].copy(key);
        deadlines[place] = now + lifetimeMillis;
        ports[place] = bothPorts;
        ends[place] = 0;
        Arrays.fill(parts, place * PARTS, (place + 1) * PARTS, 0);
        return place;
    }

    /** Source port above, destination port below. */
    int ports(int place) {
        return ports[place];
    }

    /** Notes that a fragment passes; false if a part of it has passed before, or there are too many gaps. */
    boolean pass(int place, Layers fragment) {
        int from = fragment.fragmentOffset() / UNIT;
        int to = from + (fragment.transportLength() + UNIT - 1) / UNIT;
        int first = place * PARTS;
        int free = NONE;
        for (int i = first; i < first + PARTS; i++) {
            if (from < end(parts[i]) && beginning(parts[i]) < to) {
                return false;
            }
        }
        for (int i = first; i < first + PARTS; i++) {
            boolean before = parts[i] != 0 && end(parts[i]) == from;
            boolean behind = parts[i] != 0 && beginning(parts[i]) == to;
            from = before ? beginning(parts[i]) : from;
            to = behind ? end(parts[i]) : to;
            if (before || behind || parts[i] == 0) {
                parts[i] = 0;
                free = i;
            }
        }
        if (free == NONE) {
            return false;
        }
        parts[free] = (from << 16) | to;
        forgetIfWhole(place, fragment, from, to);
        return true;
    }

    /** Identifications come around: the next datagram with this one is not to be taken for a repetition. */
    private void forgetIfWhole(int place, Layers fragment, int from, int to) {
        if (!fragment.moreFragments()) {
            ends[place] = fragment.fragmentOffset() / UNIT + (fragment.transportLength() + UNIT - 1) / UNIT;
        }
        if (from == 0 && to == ends[place]) {
            deadlines[place] = 0;
        }
    }

    private static int beginning(int part) {
        return part >>> 16;
    }

    private static int end(int part) {
        return part & 0xffff;
    }

    private static int place(DatagramKey key) {
        return key.hash() & (PLACES - 1);
    }
}
