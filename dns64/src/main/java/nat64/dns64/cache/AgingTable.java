// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import nat64.dns64.synthesis.Outcome;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Answers by question, each until its time is up, and for a while after that in case nobody knows more (RFC 8767). When
 * there are too many octets, the longest unused one goes. Safe for many threads.
 */
final class AgingTable {

    /** An answer that lives no longer than this is not worth a question ahead of time. */
    private static final long SHORT_LIVED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int LAST_PART = 10; // the last tenth of a life

    private static final int FIRST_CAPACITY = 64;
    private static final float LOAD_FACTOR = 0.75f;

    private final LinkedHashMap<Question, Entry> entries = new LinkedHashMap<>(FIRST_CAPACITY, LOAD_FACTOR, true);
    private final long maxBytes;
    private long bytes;
    private long evictions;

    private final long staleNanos;

    private record Entry(Outcome.Answered outcome, long storedNanos, long lifetimeNanos, long bytes) {}

    /**
     * @param staleNanos for how long an answer is kept after its time is up
     */
    AgingTable(long maxBytes, long staleNanos) {
        this.maxBytes = maxBytes;
        this.staleNanos = staleNanos;
    }

    /** The answer with what is left of its TTLs. */
    synchronized @Nullable Outcome find(Question question, long nowNanos) {
        var entry = entries.get(question);
        if (entry == null) {
            return null;
        }
        long ageNanos = nowNanos - entry.storedNanos;
        if (ageNanos >= entry.lifetimeNanos) {
            if (ageNanos - entry.lifetimeNanos >= staleNanos) {
                remove(question);
            }
            return null;
        }
        return entry.outcome.aged(TimeUnit.NANOSECONDS.toSeconds(ageNanos));
    }

    /** The answer although its time is up, unless that is too long ago. */
    synchronized Outcome.@Nullable Answered findStale(Question question, long nowNanos) {
        var entry = entries.get(question);
        return entry == null || nowNanos - entry.storedNanos - entry.lifetimeNanos >= staleNanos
                ? null
                : entry.outcome.outlived();
    }

    /** Whether there is an answer whose time is nearly up, and which was worth keeping for long. */
    synchronized boolean isEnding(Question question, long nowNanos) {
        var entry = entries.get(question);
        return entry != null
                && entry.lifetimeNanos > SHORT_LIVED_NANOS
                && nowNanos - entry.storedNanos >= entry.lifetimeNanos - entry.lifetimeNanos / LAST_PART;
    }

    /** Forgets what is known of a name and of all below it; tells how many answers. */
    synchronized int remove(Name name) {
        int before = entries.size();
        entries.entrySet().removeIf(entry -> {
            boolean below = entry.getKey().name().subdomain(name);
            bytes -= below ? entry.getValue().bytes : 0;
            return below;
        });
        return before - entries.size();
    }

    /** Keeps an answer for some seconds, unless it is larger than the whole table. */
    synchronized void put(Question question, Outcome.Answered outcome, long seconds, long size, long nowNanos) {
        remove(question);
        if (seconds <= 0 || size > maxBytes) {
            return;
        }
        entries.put(question, new Entry(outcome, nowNanos, TimeUnit.SECONDS.toNanos(seconds), size));
        bytes += size;
        var oldest = entries.entrySet().iterator();
        while (bytes > maxBytes) {
            bytes -= oldest.next().getValue().bytes;
            oldest.remove();
            evictions++;
        }
    }

    synchronized int entries() {
        return entries.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Answers that others have pushed out. */
    synchronized long evictions() {
        return evictions;
    }

    /** Forgets this answer. */
    synchronized void forget(Question question) {
        remove(question);
    }

    private void remove(Question question) {
        var entry = entries.remove(question);
        if (entry != null) {
            bytes -= entry.bytes;
        }
    }
}
