// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.dnssec;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import org.jspecify.annotations.Nullable;

/**
 * One answer on its way through the validator, with all that it may cost. dnsjava runs each step of it through this
 * executor, and passes it to the resolver that looks up keys. Safe for many threads.
 */
final class Validation implements Executor {

    /**
     * Keys that may be looked up: for an alias into another tree at the end of a deep name, with nothing known of
     * either.
     */
    private static final int MOST_KEYS = 64;

    private final Question question;
    private final Outcome.Answered answer;
    private final long deadlineNanos;
    private final LongSupplier nanoTime;
    private final Executor threads;
    private final AtomicInteger keysLeft = new AtomicInteger(MOST_KEYS);
    private final Set<Question> lookedUp = ConcurrentHashMap.newKeySet();
    private volatile Outcome.@Nullable Unanswered missing;

    /**
     * @param answer to the question, as the validator sees it
     * @param deadlineNanos after which no key is looked up
     */
    Validation(
            Question question, Outcome.Answered answer, long deadlineNanos, LongSupplier nanoTime, Executor threads) {
        this.question = question;
        this.answer = answer;
        this.deadlineNanos = deadlineNanos;
        this.nanoTime = nanoTime;
        this.threads = threads;
    }

    @Override
    public void execute(Runnable step) {
        threads.execute(step);
    }

    Question question() {
        return question;
    }

    Outcome.Answered answer() {
        return answer;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Whether this is the question whose answer is being checked. */
    boolean isAbout(Question other) {
        return question.unchecked().equals(other);
    }

    /** Whether this key may be looked up, too. */
    boolean takeKey(Question key) {
        lookedUp.add(key);
        return deadlineNanos - nanoTime.getAsLong() > 0 && keysLeft.getAndDecrement() > 0;
    }

    /** The questions about keys. */
    Set<Question> lookedUp() {
        return lookedUp;
    }

    /** Remembers that a key could not be had: dnsjava forgets that while it looks at denials. */
    void misses(Outcome.Unanswered cause) {
        missing = cause;
    }

    /** Why a key could not be had, or null if all could. */
    Outcome.@Nullable Unanswered missing() {
        return missing;
    }
}
