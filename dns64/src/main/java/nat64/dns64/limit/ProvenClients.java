// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.limit;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Clients that asked over a connection lately, and so are where their queries seem to come from. A table of fixed size;
 * a newer client takes the place of an older one. No lock, no objects. Safe for many threads.
 */
final class ProvenClients {

    /** For how long an address counts as proven, in seconds. */
    static final long LIFETIME_SECONDS = 600;

    private static final int PLACES = 1 << 14;
    private static final long TIME = 0xffff_ffffL; // below, the upper half of the hash

    private final long seed;
    private final LongSupplier nanoTime;
    private final long start;
    private final AtomicLongArray places = new AtomicLongArray(PLACES);

    ProvenClients(long seed, LongSupplier nanoTime) {
        this.seed = seed;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    void add(InetAddress client) {
        long hash = hash(client);
        long entry = (hash & ~TIME) | (seconds() + LIFETIME_SECONDS);
        places.lazySet(place(hash), entry);
    }

    boolean contains(InetAddress client) {
        long hash = hash(client);
        long entry = places.get(place(hash));
        return ((entry ^ hash) & ~TIME) == 0 && (entry & TIME) >= seconds() && entry != 0;
    }

    private long hash(InetAddress client) {
        return RateTable.mix(ClientNetworks.ofAddress(client) ^ seed);
    }

    private static int place(long hash) {
        return (int) hash & (PLACES - 1);
    }

    private long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - start);
    }
}
