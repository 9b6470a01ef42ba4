// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.statistics.CachedAnswer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Answers by question, each until its TTL ends, and for a while after that in case no upstream answers (RFC 8767). When
 * there are too many bytes, answers that are rarely asked for are evicted first. Safe for many threads.
 */
final class AnswerTable {

    /** An answer that lives no longer than this is not worth a question ahead of time. */
    private static final long SHORT_LIVED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int LAST_PART = 10; // the last tenth of a life

    private static final int ENTRY_OVERHEAD = 256; // estimate: cache and map node, question, name, answer, arrays

    /** By name, as zones are ordered, and type. */
    private static final Comparator<Question> ORDER = Comparator.comparing(Question::name)
            .thenComparingInt(Question::type)
            .thenComparing(Question::dnssecOk)
            .thenComparing(Question::checkingDisabled);

    private final Cache<Question, PackedAnswer> entries;
    private final long maxBytes;
    private final LongAdder evictions = new LongAdder();

    /**
     * @param staleNanos for how long an answer is kept after its TTL has ended
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    AnswerTable(long maxBytes, long staleNanos, LongSupplier nanoTime) {
        this.maxBytes = maxBytes;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<Question, PackedAnswer>weigher(AnswerTable::bytes)
                .expireAfter(Expiry.<Question, PackedAnswer>writing(
                        (_, answer) -> Duration.ofNanos(answer.lifetimeNanos() + staleNanos)))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run) // maintenance is short; another thread would cost more
                .evictionListener((_, _, cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        evictions.increment();
                    }
                })
                .build();
    }

    /** The answer with what is left of its TTLs; as a stale one if they have ended. */
    Outcome.@Nullable Answered find(Question question, long nowNanos) {
        var answer = entries.getIfPresent(question);
        return answer == null ? null : answer.unpack(nowNanos);
    }

    /** Whether there is an answer whose TTL has not ended. */
    boolean knows(Question question, long nowNanos) {
        var answer = entries.getIfPresent(question);
        return answer != null && answer.staleNanos(nowNanos) < 0;
    }

    /** Whether there is an answer whose TTL is about to end, and which was worth keeping for long. */
    boolean isEnding(Question question, long nowNanos) {
        var answer = entries.getIfPresent(question);
        return answer != null
                && answer.lifetimeNanos() > SHORT_LIVED_NANOS
                && answer.staleNanos(nowNanos) >= -answer.lifetimeNanos() / LAST_PART;
    }

    /** Stores an answer for some seconds, unless it is larger than the whole table. */
    void put(Question question, Outcome.Answered outcome, long seconds, long nowNanos) {
        var answer = PackedAnswer.of(outcome, nowNanos, TimeUnit.SECONDS.toNanos(seconds));
        if (answer.lifetimeNanos() <= 0 || bytes(question, answer) > maxBytes) {
            entries.invalidate(question);
        } else {
            entries.put(question, answer);
        }
    }

    /** Removes this answer. */
    void forget(Question question) {
        entries.invalidate(question);
    }

    /** Removes the answers for a name and all names below it, and returns how many. */
    int remove(Name name) {
        return Subtree.remove(entries, name);
    }

    /** The answers for a name and all names below it that have not expired, in order, some of them. */
    List<CachedAnswer> list(Name name, int skip, int most, long nowNanos) {
        return entries.asMap().keySet().stream()
                .filter(question -> question.name().subdomain(name))
                .sorted(ORDER)
                .skip(skip)
                .limit(most)
                .flatMap(question -> Optional.ofNullable(entries.policy().getIfPresentQuietly(question)).stream()
                        .map(answer -> answer.entry(question, nowNanos)))
                .toList();
    }

    int entries() {
        entries.cleanUp();
        return (int) entries.estimatedSize();
    }

    /** Bytes in use, estimated. */
    long bytes() {
        return Subtree.weight(entries);
    }

    /** Answers that were removed before their time because others needed the room. */
    long evictions() {
        return evictions.sum();
    }

    private static int bytes(Question question, PackedAnswer answer) {
        return ENTRY_OVERHEAD + question.name().length() + answer.length();
    }
}
