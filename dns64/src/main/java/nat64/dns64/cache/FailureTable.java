// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Questions that no upstream could answer (RFC 9520, section 3.2): a failure is cached for some seconds, and each that
 * follows soon after another for twice as long as the one before. When there are too many bytes, failures that are
 * rarely asked for are evicted first. Safe for many threads.
 */
final class FailureTable {

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int ENTRY_OVERHEAD = 304; // estimate: cache node, map node, question, name, entry, outcome

    private final Cache<Question, Entry> entries;
    private final long maxBytes;

    private record Entry(Outcome.Unanswered outcome, long storedNanos, long lifetimeNanos) {}

    /**
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    FailureTable(long maxBytes, LongSupplier nanoTime) {
        this.maxBytes = maxBytes;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<Question, Entry>weigher((question, _) -> bytes(question))
                // A failure counts as following another until it is as long past as it lasted.
                .expireAfter(Expiry.<Question, Entry>writing((_, entry) -> Duration.ofNanos(2 * entry.lifetimeNanos)))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    Outcome find(Question question, long nowNanos) {
        var entry = entries.getIfPresent(question);
        return entry != null && nowNanos - entry.storedNanos < entry.lifetimeNanos ? entry.outcome : null;
    }

    /** Stores a failure, unless it is larger than the whole table. */
    void put(Question question, Outcome.Unanswered outcome, long nowNanos) {
        if (bytes(question) <= maxBytes) {
            entries.asMap().compute(question, (_, before) -> new Entry(outcome, nowNanos, lifetime(before)));
        }
    }

    /** The question has an answer now. */
    void forget(Question question) {
        entries.invalidate(question);
    }

    /** Removes the failures of a name and all names below it, and returns how many. */
    int remove(Name name) {
        return Subtree.remove(entries, name);
    }

    void clear() {
        entries.invalidateAll();
    }

    int entries() {
        entries.cleanUp();
        return (int) entries.estimatedSize();
    }

    /** Bytes in use, estimated. */
    long bytes() {
        return Subtree.weight(entries);
    }

    private static int bytes(Question question) {
        return ENTRY_OVERHEAD + question.name().length();
    }

    private static long lifetime(@Nullable Entry before) {
        return before == null ? FIRST_NANOS : Math.min(2 * before.lifetimeNanos, LONGEST_NANOS);
    }
}
