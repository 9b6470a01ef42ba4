// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.fragment;

import java.lang.foreign.Arena;
import nat64.translator.session.table.Hash;

/**
 * What is known of datagrams in fragments, whichever worker their fragments come to (RFC 6146, section 3.4). One thread
 * at a time.
 */
public final class FragmentStore {

    final Hash hash;
    final FragmentTracker tracker;
    final StoredFragments stored;
    private final int capacity;

    /** Reserves the memory for fragments that come before their first, and for what has passed of each datagram. */
    public FragmentStore(Arena arena, FragmentLimits limits, long secret) {
        hash = new Hash(secret);
        tracker = new FragmentTracker(arena, limits.timeout().toMillis());
        stored = new StoredFragments(arena, limits.stored(), limits.timeout().toMillis());
        capacity = limits.stored();
    }

    /** How many fragments from one side wait for the first one of their datagram. */
    public int waiting(boolean fromIpv6, long now) {
        return stored.size(fromIpv6, now);
    }

    /** How many may wait, of both sides together. */
    public int capacity() {
        return capacity;
    }
}
