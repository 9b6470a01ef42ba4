// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import nat64.dns64.cache.DenialScope;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/**
 * Asks only what is not known yet, and the same question only once at a time, for all clients. An answer that is about
 * to end is asked for again while it is still given out; one that has ended is used when no upstream answers (RFC
 * 8767).
 */
public final class CachedUpstream implements Upstream {

    /** More than so many who wait for one answer would keep others from being served. */
    static final int MOST_WAITING = 512;

    /** How long a client waits for something newer than what is stale (RFC 8767, section 5). */
    private static final long STALE_PATIENCE_MILLIS = 1800;

    private static final Executor PATIENCE = CompletableFuture.delayedExecutor(
            STALE_PATIENCE_MILLIS, TimeUnit.MILLISECONDS, Runnable::run); // what follows blocks nothing

    private final MessageCache cache;
    private final DenialScope scope;
    private final Upstream source;
    private final ConcurrentMap<Question, InFlight> inFlight = new ConcurrentHashMap<>();
    private final LongAdder joined = new LongAdder();

    /** A question that is being asked, and how many wait for it. */
    private record InFlight(CompletableFuture<Outcome> answer, AtomicInteger waiting) {
        InFlight() {
            this(new CompletableFuture<>(), new AtomicInteger());
        }
    }

    /**
     * @param scope how far the denial of a name speaks for names below it
     */
    public CachedUpstream(MessageCache cache, DenialScope scope, Upstream source) {
        this.cache = cache;
        this.scope = scope;
        this.source = source;
    }

    /** Questions that waited for the answer to the same one. */
    long joined() {
        return joined.sum();
    }

    @Override
    public CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
        var looked = cache.look(question, scope);
        var known = looked.outcome();
        if (known instanceof Outcome.Answered) {
            if (cache.isEnding(question)) {
                var _ = askOnce(question, deadlineNanos);
            }
            return CompletableFuture.completedStage(known);
        }
        var stale = looked.stale();
        if (known != null) {
            return CompletableFuture.completedStage(stale == null ? known : orStale(known, stale));
        }
        var answer = askOnce(question, deadlineNanos);
        return stale == null ? answer : orStale(answer, stale);
    }

    private static CompletionStage<Outcome> orStale(CompletableFuture<Outcome> answer, Outcome.Answered stale) {
        var outcome = answer.thenApply(known -> orStale(known, stale));
        PATIENCE.execute(() -> outcome.complete(stale));
        return outcome;
    }

    /** Wrong signatures do not count as a missing answer: an attacker could bring back the old one. */
    private static Outcome orStale(Outcome known, Outcome.Answered stale) {
        return switch (known) {
            case Outcome.Answered _, Outcome.Bogus _ -> known;
            case Outcome.Failure _, Outcome.Timeout _ -> stale;
        };
    }

    private CompletableFuture<Outcome> askOnce(Question question, long deadlineNanos) {
        var mine = new InFlight();
        var other = inFlight.putIfAbsent(question, mine);
        if (other != null) {
            joined.increment();
            return other.waiting.incrementAndGet() < MOST_WAITING
                    ? other.answer
                    : CompletableFuture.completedFuture(new Outcome.Failure(Rcode.SERVFAIL));
        }
        var stored = cache.findAgain(question); // another thread may have just finished asking
        if (stored != null && !cache.isEnding(question)) {
            inFlight.remove(question);
            mine.answer.complete(stored);
            return mine.answer;
        }
        var _ = asked(question, deadlineNanos).whenComplete((outcome, _) -> finish(question, outcome, mine.answer));
        return mine.answer;
    }

    /** A stage in any case, so that nothing thrown leaves the question in flight. */
    private CompletionStage<Outcome> asked(Question question, long deadlineNanos) {
        try {
            return source.ask(question, deadlineNanos);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void finish(Question question, @Nullable Outcome outcome, CompletableFuture<Outcome> mine) {
        var known = outcome == null ? new Outcome.Failure(Rcode.SERVFAIL) : outcome;
        try {
            cache.store(question, known);
        } finally { // those who wait get their answer whatever becomes of the cache
            inFlight.remove(question);
            mine.complete(known);
        }
    }
}
