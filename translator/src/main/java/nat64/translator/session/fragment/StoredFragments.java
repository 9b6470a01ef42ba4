// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.fragment;

import java.lang.foreign.Arena;
import nat64.translator.packet.Packet;

/**
 * Fragments that came before the first one of their datagram, of both sides. Only the first fragment tells whether
 * the datagram is welcome, so those that wait are not admitted yet, and a flood of them must not push out the others
 * (RFC 6146, section 5.3). When the store is full, a source that has more than its share gets no more, and otherwise
 * the oldest fragment of the side that has more gives way. One thread at a time.
 */
final class StoredFragments {

    /** One source may hold one part in so many of a full store. */
    private static final int SHARE_OF_A_SOURCE = 8;

    private final int capacity;
    private final FragmentRing fromIpv6;
    private final FragmentRing fromIpv4;

    /** With room for so many fragments of both sides together. */
    StoredFragments(Arena arena, int capacity, long lifetimeMillis) {
        this.capacity = capacity;
        fromIpv6 = new FragmentRing(arena, capacity, lifetimeMillis);
        fromIpv4 = new FragmentRing(arena, capacity, lifetimeMillis);
    }

    /** Copies a parsed fragment; false if it is not stored, or has taken the place of another one. */
    boolean store(Packet packet, DatagramKey key, long now) {
        var side = side(key);
        int ofIpv6 = fromIpv6.size(now);
        int ofIpv4 = fromIpv4.size(now);
        if (ofIpv6 + ofIpv4 < capacity && !side.isFull()) {
            return side.store(packet, key, now);
        }
        if (packet.length() <= FragmentRing.LONGEST && side.ofSource(key) < Math.ceilDiv(capacity, SHARE_OF_A_SOURCE)) {
            var larger = ofIpv6 > ofIpv4 ? fromIpv6 : fromIpv4;
            (side.isFull() ? side : larger).forgetOldest();
            side.store(packet, key, now);
        }
        return false;
    }

    /** How many fragments from one side are stored. */
    int size(boolean ofIpv6, long now) {
        return (ofIpv6 ? fromIpv6 : fromIpv4).size(now);
    }

    /** How many fragments of a datagram are stored. */
    int count(DatagramKey key, long now) {
        return side(key).count(key, now);
    }

    /**
     * Moves the fragment of a datagram with the lowest offset into the packet, not parsed yet; false if there is none.
     */
    boolean poll(DatagramKey key, Packet packet, long now) {
        return side(key).poll(key, packet, now);
    }

    private FragmentRing side(DatagramKey key) {
        return key.isIpv6() ? fromIpv6 : fromIpv4;
    }
}
