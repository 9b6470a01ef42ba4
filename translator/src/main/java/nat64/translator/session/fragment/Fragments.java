// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.fragment;

import static nat64.translator.packet.DropReason.FRAGMENT_LIMIT;
import static nat64.translator.packet.DropReason.FRAGMENT_OVERLAP;
import static nat64.translator.packet.DropReason.FRAGMENT_STORED;
import static nat64.translator.packet.DropReason.NONE;

import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;

/**
 * What one worker does with fragments (RFC 6146, section 3.4): a first fragment tells the ports of its datagram, later
 * ones that came before it are stored until then. The store belongs to all workers; every method needs the lock.
 */
public final class Fragments {

    private final FragmentStore store;
    private final DatagramKey key = new DatagramKey();
    private final DatagramKey released = new DatagramKey();
    private final DatagramKey[] begun = {new DatagramKey(), new DatagramKey()}; // two of a hairpinned packet
    private int unsettled;
    private int bothPorts;

    public Fragments(FragmentStore store) {
        this.store = store;
    }

    /** Takes a later fragment: {@link #bothPorts} then are those of its datagram, unless it is stored or dropped. */
    public DropReason recall(Packet packet, long now) {
        key.of(packet.layers(), store.hash);
        int place = store.tracker.find(key, now);
        if (place == FragmentTracker.NONE) {
            return store.stored.store(packet, key, now) ? FRAGMENT_STORED : FRAGMENT_LIMIT;
        }
        bothPorts = store.tracker.ports(place);
        return store.tracker.pass(place, packet.layers()) ? NONE : FRAGMENT_OVERLAP;
    }

    /** The ports of the datagram whose fragment was recalled last: source above, destination below. */
    public int bothPorts() {
        return bothPorts;
    }

    /**
     * Takes a first fragment, whose fate {@link #settle} must be told: false if another first fragment of the same
     * datagram came before this one.
     */
    public boolean begin(Packet first, long now) {
        key.of(first.layers(), store.hash);
        if (store.tracker.isKnown(key, now)) {
            return false;
        }
        if (unsettled < begun.length) {
            begun[unsettled++].copy(key);
        }
        return true;
    }

    /**
     * A packet may pass: if it is a first fragment, so may those behind it as soon as it has left.
     *
     * @param ports of the packet: source above, destination below
     */
    public void pass(Packet packet, int ports, long now) {
        var layers = packet.layers();
        if (layers.isFragment() && !layers.isLaterFragment()) {
            key.of(layers, store.hash);
            store.tracker.remember(key, layers, ports, now);
        }
    }

    /** Whether a first fragment has begun that was not settled. */
    public boolean isUnsettled() {
        return unsettled > 0;
    }

    /**
     * The first fragment that has begun has left, or was dropped. In both cases the fragments that wait for it are
     * released: to follow it, or to be dropped for the same reason.
     *
     * @return how many are to be taken out by {@link #pollReleased}
     */
    public int settle(boolean left, long now) {
        int waiting = 0;
        for (int i = 0; i < unsettled; i++) {
            store.tracker.settle(begun[i], left, now);
            int count = store.stored.count(begun[i], now);
            if (count > 0) {
                waiting = count;
                released.copy(begun[i]);
            }
        }
        unsettled = 0;
        return waiting;
    }

    /**
     * Moves the next fragment that was released last into the packet, in the order of offsets, not parsed yet. False if
     * there is none: others may have timed out meanwhile.
     */
    public boolean pollReleased(Packet packet, long now) {
        return store.stored.poll(released, packet, now);
    }
}
