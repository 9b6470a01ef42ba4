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

    /** Whether another first fragment of the same datagram has passed before this one. */
    public boolean isRepeated(Packet first, long now) {
        key.of(first.layers(), store.hash);
        return store.tracker.find(key, now) != FragmentTracker.NONE;
    }

    /**
     * A packet may pass: if it is a first fragment, so may those behind it.
     *
     * @param ports of the packet: source above, destination below
     * @return how many stored fragments are released by it, to be taken out by {@link #pollReleased}
     */
    public int pass(Packet packet, int ports, long now) {
        var layers = packet.layers();
        if (!layers.isFragment() || layers.isLaterFragment()) {
            return 0;
        }
        key.of(layers, store.hash);
        store.tracker.pass(store.tracker.remember(key, ports, now), layers);
        int waiting = store.stored.count(key, now);
        if (waiting > 0) {
            released.copy(key);
        }
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
