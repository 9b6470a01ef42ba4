// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.fragment;

import java.lang.foreign.Arena;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketRing;
import nat64.translator.session.table.HashIndex;

/**
 * Fragments of one side that came before the first one of their datagram, which alone tells the ports (RFC 6146,
 * section 3.4). Taken out in the order of their offsets once it has come, or forgotten. Counts what each source has
 * here. One thread at a time.
 */
final class FragmentRing {

    /** Octets of the longest fragment that is stored: an Ethernet frame, and room for what tunnels add. */
    static final int LONGEST = 2032;

    private static final int NONE = PacketRing.NONE;

    /** Sources share this many counts; which ones share depends on the secret of the hash. */
    private static final int SOURCES = 1024;

    private final long lifetimeMillis;
    private final PacketRing ring;
    private final DatagramKey[] keys;
    private final int[] offsets;
    private final HashIndex index;
    private final int[] bySource = new int[SOURCES];
    private int size;

    FragmentRing(Arena arena, int capacity, long lifetimeMillis) {
        ring = new PacketRing(arena, capacity, LONGEST);
        this.lifetimeMillis = lifetimeMillis;
        keys = new DatagramKey[capacity];
        for (int i = 0; i < capacity; i++) {
            keys[i] = new DatagramKey();
        }
        offsets = new int[capacity];
        index = new HashIndex(arena, capacity, slot -> keys[slot].hash());
    }

    /** Copies a parsed fragment; false if it is too long or there is no room. */
    boolean store(Packet packet, DatagramKey key, long now) {
        forgetTheOld(now);
        int slot = ring.put(packet, now + lifetimeMillis);
        if (slot == NONE) {
            return false;
        }
        keys[slot].copy(key);
        offsets[slot] = packet.layers().fragmentOffset();
        index.put(key.hash(), slot);
        bySource[source(key)]++;
        size++;
        return true;
    }

    /** How many fragments are stored. */
    int size(long now) {
        forgetTheOld(now);
        return size;
    }

    /** Whether nothing can be stored before the oldest is forgotten. */
    boolean isFull() {
        return ring.isFull();
    }

    /** How many of them are of the source of a datagram. */
    int ofSource(DatagramKey key) {
        return bySource[source(key)];
    }

    /** Forgets the fragment that has waited longest; there is one. */
    void forgetOldest() {
        int slot = ring.due(Long.MAX_VALUE);
        take(slot);
        ring.forget(slot);
        ring.due(0); // its place is free now
    }

    /** How many fragments of a datagram are stored. */
    int count(DatagramKey key, long now) {
        forgetTheOld(now);
        int count = 0;
        for (int at = index.first(key.hash()); at != HashIndex.NONE; at = index.next(key.hash(), at)) {
            count += keys[index.row(at)].matches(key) ? 1 : 0;
        }
        return count;
    }

    /**
     * Moves the fragment of a datagram with the lowest offset into the packet, not parsed yet; false if there is none.
     */
    boolean poll(DatagramKey key, Packet packet, long now) {
        forgetTheOld(now);
        int found = NONE;
        for (int at = index.first(key.hash()); at != HashIndex.NONE; at = index.next(key.hash(), at)) {
            int slot = index.row(at);
            if (keys[slot].matches(key) && (found == NONE || offsets[slot] < offsets[found])) {
                found = slot;
            }
        }
        if (found == NONE) {
            return false;
        }
        take(found);
        ring.takeOut(found, packet);
        return true;
    }

    private void forgetTheOld(long now) {
        for (int slot = ring.due(now); slot != NONE; slot = ring.due(now)) {
            take(slot);
            ring.forget(slot);
        }
    }

    private void take(int slot) {
        index.remove(keys[slot].hash(), slot);
        bySource[source(keys[slot])]--;
        size--;
    }

    private static int source(DatagramKey key) {
        return key.sourceHash() & (SOURCES - 1);
    }
}
