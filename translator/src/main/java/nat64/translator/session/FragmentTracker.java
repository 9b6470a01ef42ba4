// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

/**
 * Remembers the ports that a datagram's first fragment had, for the fragments behind it (RFC 6146, section 3.4). A fixed
 * number of datagrams: one that hashes to the place of another takes it. One thread.
 */
final class FragmentTracker {

    /** The ports are not known. */
    static final int NONE = -1;

    /** FRAGMENT_MIN of RFC 6146, section 4. */
    private static final int LIFETIME_MILLIS = 2000;

    private static final int PLACES = 4096;

    private final Hash hash;
    private final long[] keys = new long[PLACES * 4]; // source high and low, destination, protocol with identification
    private final long[] deadlines = new long[PLACES];
    private final int[] ports = new int[PLACES];

    FragmentTracker(long secret) {
        hash = new Hash(secret);
    }

    /** Keeps source and destination port of a first fragment. */
    void remember(long sourceHigh, long sourceLow, long destination, long datagram, int bothPorts, long now) {
        int place = place(sourceHigh, sourceLow, destination, datagram);
        keys[place * 4] = sourceHigh;
        keys[place * 4 + 1] = sourceLow;
        keys[place * 4 + 2] = destination;
        keys[place * 4 + 3] = datagram;
        deadlines[place] = now + LIFETIME_MILLIS;
        ports[place] = bothPorts;
    }

    /** Whether the datagram's ports are known; {@link #ports} tells them. */
    boolean knows(long sourceHigh, long sourceLow, long destination, long datagram, long now) {
        int place = place(sourceHigh, sourceLow, destination, datagram);
        return keys[place * 4] == sourceHigh
                && keys[place * 4 + 1] == sourceLow
                && keys[place * 4 + 2] == destination
                && keys[place * 4 + 3] == datagram
                && deadlines[place] - now > 0;
    }

    /** Source port above, destination port below, of a datagram that is known. */
    int ports(long sourceHigh, long sourceLow, long destination, long datagram) {
        return ports[place(sourceHigh, sourceLow, destination, datagram)];
    }

    private int place(long sourceHigh, long sourceLow, long destination, long datagram) {
        return hash.of(sourceHigh, sourceLow, destination * 31 + datagram) & (PLACES - 1);
    }
}
