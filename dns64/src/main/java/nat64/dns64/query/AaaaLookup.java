// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import nat64.dns64.synthesis.Plan;
import nat64.dns64.synthesis.Synthesizer;
import nat64.dns64.synthesis.View;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * Asks for AAAA records, and for A records when they are needed or when the answer takes long (RFC 6147, section
 * 5.1.8). In a zone that is known to drop AAAA questions, both are asked at once, and an A answer waits for AAAA only
 * shortly. Real records that come later are in the cache for the next query.
 */
final class AaaaLookup {

    /** After it an AAAA question counts as failed, so that a silent upstream leaves time to use the A records. */
    private static final long AAAA_BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(2000);

    /** The same where no answer is to be expected: so few questions wait for nothing. */
    private static final long SILENT_BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** The A question follows after this time even if nothing is known about AAAA. */
    private static final long STAGGER_MILLIS = 100;

    /** How long an A answer waits for AAAA in a silent zone. */
    private static final long GRACE_MILLIS = 200;

    private final Upstream upstream;
    private final LongSupplier nanoTime;
    private final long budgetNanos;
    private final SilentZones silentZones;
    private final Delay delay;

    /**
     * @param budgetNanos for the whole answer
     * @param delay runs what follows when a time is up
     */
    AaaaLookup(Upstream upstream, LongSupplier nanoTime, long budgetNanos, Delay delay) {
        this.upstream = upstream;
        this.nanoTime = nanoTime;
        this.budgetNanos = budgetNanos;
        this.silentZones = new SilentZones(nanoTime);
        this.delay = delay;
    }

    /** The plan for a client of the view. */
    CompletionStage<Plan> ask(Question question, View view) {
        return Synthesizer.decide(question.name(), view)
                .map(CompletableFuture::completedStage)
                .orElseGet(() -> switch (view.mode(question.name())) {
                    case FORCE -> askForAFirst(question, view);
                    case NEVER, FILTER -> askForAaaaOnly(question, view);
                    case SYNTHESIZE -> askForBoth(question, view);
                });
    }

    private CompletionStage<Plan> askForBoth(Question question, View view) {
        boolean silent = view.synthesizeOn().contains(View.Cause.TIMEOUT) && silentZones.contains(question.name());
        long start = nanoTime.getAsLong();
        var a = new Once(() -> upstream.ask(question.withType(Type.A), start + budgetNanos));
        var aaaa = upstream.ask(question, start + (silent ? SILENT_BUDGET_NANOS : AAAA_BUDGET_NANOS))
                .toCompletableFuture();
        if (aaaa.isDone()) {
            return decide(question, view, aaaa, a);
        }
        if (silent) {
            return decide(question, view, patient(aaaa, a.start()), a);
        }
        var second = delay.run(a::start, STAGGER_MILLIS);
        var _ = aaaa.thenRun(() -> second.cancel(false)); // it would hold on to all of this
        return decide(question, view, aaaa, a);
    }

    private CompletionStage<Plan> askForAaaaOnly(Question question, View view) {
        return upstream.ask(question, nanoTime.getAsLong() + budgetNanos)
                .thenApply(aaaa -> Synthesizer.decide(question.name(), view, aaaa)
                        .orElseThrow(() -> new IllegalStateException("undecided without A records: " + question)));
    }

    /** Half of the time is for each, because the second question follows on the first. */
    private CompletionStage<Plan> askForAFirst(Question question, View view) {
        long start = nanoTime.getAsLong();
        return upstream.ask(question.withType(Type.A), start + budgetNanos / 2)
                .thenCompose(a -> Synthesizer.decideFromA(question.name(), view, a)
                        .map(CompletableFuture::completedStage)
                        .orElseGet(() -> upstream.ask(question, start + budgetNanos)
                                .thenApply(aaaa -> Synthesizer.decide(question.name(), view, aaaa, a))));
    }

    private CompletionStage<Plan> decide(Question question, View view, CompletionStage<Outcome> aaaa, Once a) {
        return aaaa.thenCompose(first -> Synthesizer.decide(question.name(), view, first)
                .map(CompletableFuture::completedStage)
                .orElseGet(() -> a.start().thenApply(second -> {
                    learn(question, first, second);
                    return Synthesizer.decide(question.name(), view, first, second);
                })));
    }

    private void learn(Question question, Outcome aaaa, Outcome a) {
        if (!(aaaa instanceof Outcome.Timeout)) {
            silentZones.forget(question.name());
        } else if (a instanceof Outcome.Answered) {
            silentZones.remember(question.name());
        }
    }

    /** The AAAA outcome, or a timeout some time after there are A records. */
    private CompletableFuture<Outcome> patient(CompletableFuture<Outcome> aaaa, CompletionStage<Outcome> a) {
        var outcome = new CompletableFuture<Outcome>();
        var _ = aaaa.thenAccept(outcome::complete);
        var _ = a.thenAccept(second -> {
            if (second instanceof Outcome.Data && !outcome.isDone()) {
                var _ = delay.run(() -> outcome.complete(new Outcome.Timeout()), GRACE_MILLIS);
            }
        });
        return outcome;
    }

    /** A question that is asked when it is first needed, and only then. */
    private static final class Once {

        private final Supplier<CompletionStage<Outcome>> question;
        private @Nullable CompletionStage<Outcome> asked;

        Once(Supplier<CompletionStage<Outcome>> question) {
            this.question = question;
        }

        synchronized CompletionStage<Outcome> start() {
            if (asked == null) {
                asked = question.get();
            }
            return asked;
        }
    }
}
