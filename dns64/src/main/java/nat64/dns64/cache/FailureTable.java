// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Questions that nobody could answer (RFC 9520, section 3.2): a failure is believed for some seconds, and each that
 * follows on its heels for twice as long as the one before. When there are too many octets, the oldest goes. Safe for
 * many threads.
 */
final class FailureTable {

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final LinkedHashMap<Question, Entry> entries = new LinkedHashMap<>();
    private final long maxBytes;
    private long bytes;

    private record Entry(Outcome.Unanswered outcome, long storedNanos, long lifetimeNanos, long bytes) {}

    FailureTable(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized @Nullable Outcome find(Question question, long nowNanos) {
        if (entries.isEmpty()) {
            return null;
        }
        var entry = entries.get(question);
        return entry != null && nowNanos - entry.storedNanos < entry.lifetimeNanos ? entry.outcome : null;
    }

    synchronized void put(Question question, Outcome.Unanswered outcome, long size, long nowNanos) {
        var before = entries.get(question);
        forget(question);
        if (size > maxBytes) {
            return;
        }
        entries.put(question, new Entry(outcome, nowNanos, lifetime(before, nowNanos), size));
        bytes += size;
        while (bytes > maxBytes) {
            bytes -= entries.pollFirstEntry().getValue().bytes;
        }
    }

    /** The question has an answer now. */
    synchronized void forget(Question question) {
        if (entries.isEmpty()) {
            return;
        }
        var entry = entries.remove(question);
        if (entry != null) {
            bytes -= entry.bytes;
        }
    }

    /** Forgets a name and all below it; tells how many questions. */
    synchronized int remove(Name name) {
        int before = entries.size();
        entries.entrySet().removeIf(entry -> {
            boolean below = entry.getKey().name().subdomain(name);
            bytes -= below ? entry.getValue().bytes : 0;
            return below;
        });
        return before - entries.size();
    }

    synchronized void clear() {
        entries.clear();
        bytes = 0;
    }

    synchronized int entries() {
        return entries.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    /** A failure counts as following another until it is as long past as it lasted. */
    private static long lifetime(@Nullable Entry before, long nowNanos) {
        if (before == null || nowNanos - before.storedNanos >= 2 * before.lifetimeNanos) {
            return FIRST_NANOS;
        }
        return Math.min(2 * before.lifetimeNanos, LONGEST_NANOS);
    }
}
