// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.dnssec;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import nat64.dns64.statistics.SecurityStatus;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;

/**
 * Checks the signatures of what another upstream answers, and looks up keys there, too. What is proven is secure, what
 * need not be is as it came, and all else is bogus. Only so many answers are checked at a time, on threads of their
 * own, so that a malicious zone costs no more than that. Safe for many threads.
 */
public final class ValidatingUpstream implements Upstream {

    /** Answers that may be under way. */
    static final int MOST_CHECKS = 512;

    private final Upstream source;
    private final Consumer<Question> forget;
    private final Executor threads;
    private final TrustAnchors anchors;
    private final SecurityCounters statuses;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final SignatureCheck signatures;
    private final AtomicInteger checks = new AtomicInteger();

    /**
     * @param source best with a cache, for each check looks up the same keys; follows aliases to their end
     * @param forget makes the source forget what is bogus, so that a forged answer is not cached for its whole TTL
     */
    public ValidatingUpstream(
            Upstream source,
            Consumer<Question> forget,
            TrustAnchors anchors,
            SecurityCounters statuses,
            CheckRuntime runtime) {
        this.source = source;
        this.forget = forget;
        this.threads = runtime.threads();
        this.anchors = anchors;
        this.statuses = statuses;
        this.clock = runtime.clock();
        this.nanoTime = runtime.nanoTime();
        this.signatures = new SignatureCheck(source, forget, anchors, runtime);
    }

    @Override
    public CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
        if (question.checkingDisabled()) {
            return source.ask(question, deadlineNanos);
        }
        return source.ask(question.unchecked(), deadlineNanos).thenCompose(outcome -> switch (outcome) {
            case Outcome.Unanswered failed -> CompletableFuture.completedStage(failed);
            case Outcome.Answered answered -> check(question, answered, deadlineNanos);
        });
    }

    private CompletionStage<Outcome> check(Question question, Outcome.Answered answered, long deadlineNanos) {
        if (question.dclass() != DClass.IN || anchors.endAbove(TrustAnchors.place(question.name(), question.type()))) {
            statuses.count(SecurityStatus.INSECURE);
            return CompletableFuture.completedStage(answered);
        }
        if (checks.incrementAndGet() > MOST_CHECKS) {
            checks.decrementAndGet();
            statuses.count(SecurityStatus.OVERLOADED);
            return CompletableFuture.completedStage(new Outcome.Failure(Rcode.SERVFAIL));
        }
        return CompletableFuture.supplyAsync(() -> AnswerScrubber.of(question, answered, anchors), threads)
                .thenCompose(provable -> signatures
                        .check(question, provable, deadlineNanos)
                        .thenApply(finding -> outcome(question, answered, provable, finding)))
                .whenComplete((_, _) -> checks.decrementAndGet())
                .copy() // what comes too late still counts as under way
                .completeOnTimeout(new Outcome.Timeout(), deadlineNanos - nanoTime.getAsLong(), TimeUnit.NANOSECONDS);
    }

    private Outcome outcome(
            Question question, Outcome.Answered answered, Outcome.Answered provable, ValidationResult finding) {
        return switch (finding) {
            case ValidationResult.Secure(var nameExists) -> {
                statuses.count(SecurityStatus.SECURE);
                var sections = AnswerScrubber.whileSigned(provable.sections(), clock.instant())
                        .withSecure(true);
                yield provable instanceof Outcome.NxDomain && nameExists
                        ? new Outcome.NoData(sections)
                        : provable.with(sections);
            }
            case ValidationResult.Insecure _, ValidationResult.Unexplained _ -> {
                statuses.count(SecurityStatus.INSECURE);
                yield answered;
            }
            case ValidationResult.Bogus(int extendedError) -> {
                statuses.count(SecurityStatus.BOGUS);
                forget.accept(question.unchecked());
                yield new Outcome.Bogus(extendedError);
            }
            case ValidationResult.Unfinished(var cause) -> {
                statuses.count(SecurityStatus.UNFINISHED);
                yield cause;
            }
        };
    }
}
