// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.fragment;

import static nat64.translator.packet.DropReason.FRAGMENT_OVERLAP;
import static nat64.translator.packet.DropReason.NONE;

import java.util.Arrays;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Layers;
import nat64.translator.session.table.Hash;

/**
 * What became of the first fragments of datagrams in the last two seconds: fragments behind one that was dropped are
 * dropped for the same reason, in every mode, as no host can use them. A fixed number of datagrams: one that hashes to
 * the place of another takes it. One per worker; the fragments of a datagram come to the same one.
 */
public final class FirstFragments {

    private static final int PLACES = 1024;
    private static final long LIFETIME_MILLIS = 2000; // FRAGMENT_MIN of RFC 6146, section 4

    private final Hash hash;
    private final DatagramKey key = new DatagramKey();
    private final DatagramKey[] keys = new DatagramKey[PLACES];
    private final long[] deadlines = new long[PLACES];
    private final DropReason[] fates = new DropReason[PLACES];
    private boolean inFirst;

    /** The secret is a number that no other host can guess. */
    public FirstFragments(long secret) {
        hash = new Hash(secret);
        Arrays.setAll(keys, _ -> new DatagramKey());
        Arrays.fill(fates, NONE);
    }

    /** Takes the next packet: why it is dropped, if it is a later fragment and its first one was; NONE otherwise. */
    public DropReason begin(Layers layers, long now) {
        inFirst = false;
        if (!layers.isFragment()) {
            return NONE;
        }
        key.of(layers, hash);
        inFirst = !layers.isLaterFragment();
        return inFirst || !isKnown(now) ? NONE : fates[place()];
    }

    /** Says what became of the packet that was taken last. */
    public void end(DropReason drop, long now) {
        boolean isFirst = inFirst;
        inFirst = false;
        if (!isFirst || drop == FRAGMENT_OVERLAP) {
            return; // what repeats a first fragment says nothing about it
        }
        int place = place();
        if (drop != NONE && isKnown(now) && fates[place] == NONE) {
            return; // so no forged first fragment drops those behind the real one
        }
        keys[place].copy(key);
        deadlines[place] = now + LIFETIME_MILLIS;
        fates[place] = drop;
    }

    private boolean isKnown(long now) {
        return deadlines[place()] - now > 0 && keys[place()].matches(key);
    }

    private int place() {
        return key.hash() & (PLACES - 1);
    }
}
