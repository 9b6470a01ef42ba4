// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.xbill.DNS.Name;

/**
 * Zones whose servers answer A questions and drop AAAA questions, as old load balancers do (RFC 4074, section 4.1). A
 * zone is the name without its first label; it is forgotten some minutes after the last silence, and at its first
 * answer. When there are too many, those rarely asked for are evicted first. Safe for many threads.
 */
final class SilentZones {

    static final int MAX_ZONES = 4096;

    private static final Duration MEMORY = Duration.ofMinutes(5);
    private static final int LABELS_OF_TOP_LEVEL = 2; // with the root

    private final Cache<Name, Boolean> silent;

    SilentZones(LongSupplier nanoTime) {
        this.silent = Caffeine.newBuilder()
                .maximumSize(MAX_ZONES)
                .expireAfterWrite(MEMORY)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** An AAAA question got no answer, and the A question got one. */
    void remember(Name name) {
        silent.put(zone(name), true);
    }

    /** An AAAA question was answered. */
    void forget(Name name) {
        if (silent.estimatedSize() > 0) {
            silent.invalidate(zone(name));
        }
    }

    boolean contains(Name name) {
        return silent.estimatedSize() > 0 && silent.getIfPresent(zone(name)) != null;
    }

    /** How many zones are remembered. */
    long count() {
        silent.cleanUp();
        return silent.estimatedSize();
    }

    /** What a name says about its neighbours, it says about nothing as large as a top-level domain. */
    private static Name zone(Name name) {
        var zone = name.canonicalize();
        return zone.labels() - 1 > LABELS_OF_TOP_LEVEL ? new Name(zone, 1) : zone;
    }
}
