// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import java.util.function.Consumer;
import nat64.translator.device.ethernet.Neighbor.State;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of neighbors, found by address. Each address has a set of {@value #WAYS} places. A new neighbor
 * takes a free place of its set, or that of the stale neighbor that was not used for longest; one that is in use
 * keeps its place.
 */
final class NeighborTable {

    private static final int WAYS = 8;
    private static final long ODD = 0x9e37_79b9_7f4a_7c15L;

    private final Neighbor[] places;
    private final long seed;

    /**
     * An empty table.
     *
     * @param capacity a power of two, at least {@value #WAYS}
     * @param seed of the hash; hosts on the link must not be able to guess it
     */
    NeighborTable(int capacity, long seed) {
        places = new Neighbor[capacity];
        for (int i = 0; i < capacity; i++) {
            places[i] = new Neighbor();
        }
        this.seed = seed;
    }

    @Nullable
    Neighbor find(long high, long low) {
        int first = firstPlace(high, low);
        for (int i = first; i < first + WAYS; i++) {
            if (places[i].is(high, low)) {
                return places[i];
            }
        }
        return null;
    }

    /** A place for an address that is not here yet, or null if its set has none; the caller gives it a state. */
    @Nullable
    Neighbor claim(long high, long low) {
        int first = firstPlace(high, low);
        Neighbor found = null;
        for (int i = first; i < first + WAYS; i++) {
            var place = places[i];
            if (place.state == State.FREE) {
                found = place;
                break;
            }
            if (place.state == State.STALE && (found == null || place.lastUsed - found.lastUsed < 0)) {
                found = place;
            }
        }
        if (found != null) {
            found.high = high;
            found.low = low;
        }
        return found;
    }

    /** Calls back for each neighbor whose state ends now or has ended. */
    void forEachDue(long now, Consumer<Neighbor> due) {
        for (var place : places) {
            if (place.state != State.FREE && place.state != State.STALE && place.deadline - now <= 0) {
                due.accept(place);
            }
        }
    }

    private int firstPlace(long high, long low) {
        long hash = (high ^ seed) * ODD;
        hash = (hash ^ hash >>> 32 ^ low) * ODD;
        hash = (hash ^ hash >>> 29 ^ seed) * ODD;
        return (int) (hash >>> 32) & (places.length - 1) & -WAYS;
    }
}
