// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.xbill.DNS.Name;

/**
 * Zones whose servers answer A questions and drop AAAA questions, as old load balancers do (RFC 4074, section 4.1). A
 * zone is the name without its first label; it is forgotten some minutes after the last silence, and at its first answer.
 * The longest unused goes when there are too many. Safe for many threads.
 */
final class SilentZones {

    static final int MAX_ZONES = 4096;

    private static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int LABELS_OF_TOP_LEVEL = 2; // with the root

    private final LongSupplier nanoTime;
    private final LinkedHashMap<Name, Long> silentSince = new LinkedHashMap<>();

    SilentZones(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** An AAAA question stayed without an answer, and the A question got one. */
    synchronized void remember(Name name) {
        var zone = zone(name);
        silentSince.remove(zone);
        silentSince.put(zone, nanoTime.getAsLong());
        if (silentSince.size() > MAX_ZONES) {
            silentSince.pollFirstEntry();
        }
    }

    /** An AAAA question was answered. */
    synchronized void forget(Name name) {
        if (!silentSince.isEmpty()) {
            silentSince.remove(zone(name));
        }
    }

    synchronized boolean contains(Name name) {
        if (silentSince.isEmpty()) {
            return false;
        }
        var zone = zone(name);
        var since = silentSince.get(zone);
        if (since == null) {
            return false;
        }
        if (nanoTime.getAsLong() - since < MEMORY_NANOS) {
            return true;
        }
        silentSince.remove(zone);
        return false;
    }

    /** What a name says about its neighbours, it says about nothing as large as a top-level domain. */
    private static Name zone(Name name) {
        var zone = name.canonicalize();
        return zone.labels() - 1 > LABELS_OF_TOP_LEVEL ? new Name(zone, 1) : zone;
    }
}
