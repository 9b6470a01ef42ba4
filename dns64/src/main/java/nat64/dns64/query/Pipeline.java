// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.Transport;
import nat64.dns64.synthesis.LocalAnswer;
import nat64.dns64.synthesis.Plan;
import nat64.dns64.synthesis.RebindingProtection;
import nat64.dns64.synthesis.ReverseName;
import nat64.dns64.synthesis.SpecialNames;
import nat64.dns64.synthesis.View;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * From query to answer, in this order: EDNS version, loops, types that are no data, names that are answered here,
 * then synthesis (RFC 6147, section 5.1) for AAAA, the reverse names (section 5.3.1) for PTR, and the upstream's own
 * answer for all else.
 */
public final class Pipeline {

    /** A client gives up after 5 s and asks again; half of it leaves room for the way and for a second try. */
    private static final long BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(2400);

    private final Source upstream;
    private final Source cached;
    private final SpecialNames special;
    private final LongSupplier nanoTime;
    private final Predicate<Name> isOwnProbe;
    private final boolean withProofs;
    private final RebindingProtection rebinding;

    /** Who is asked, and how about AAAA records. */
    private record Source(Upstream any, AaaaLookup pairs) {}

    /**
     * What else an answer depends on.
     *
     * @param special names that are answered here
     * @param withProofs whether signatures and denials that can be checked are asked for, though a client does without
     * @param isOwnProbe whether a name is that of a question of our own, which comes from no client but from a loop
     * @param rebinding which addresses answers of upstreams may not show
     */
    public record Rules(
            SpecialNames special, boolean withProofs, Predicate<Name> isOwnProbe, RebindingProtection rebinding) {

        /** Where answers may show any address. */
        public Rules(SpecialNames special, boolean withProofs, Predicate<Name> isOwnProbe) {
            this(special, withProofs, isOwnProbe, RebindingProtection.OFF);
        }
    }

    /**
     * The clock and the timer of questions.
     *
     * @param nanoTime a clock like {@link System#nanoTime()}
     * @param delay runs delayed questions
     */
    public record Timing(LongSupplier nanoTime, Delay delay) {}

    /**
     * @param upstream asked for clients that want recursion
     * @param cached asked for all others; its stage fails with {@link CachedOnly.Unknown} where nothing is known
     */
    public Pipeline(Upstream upstream, Upstream cached, Rules rules, Timing timing) {
        this.rebinding = rules.rebinding;
        this.upstream = source(upstream, timing);
        this.cached = source(cached, timing);
        this.special = rules.special;
        this.withProofs = rules.withProofs;
        this.isOwnProbe = rules.isOwnProbe;
        this.nanoTime = timing.nanoTime;
    }

    /** Of A records, synthesis makes addresses behind the NAT64, whatever they are. */
    private Source source(Upstream any, Timing timing) {
        Upstream pairs = (question, deadlineNanos) -> question.type() == Type.AAAA
                ? any.ask(question, deadlineNanos).thenApply(outcome -> rebinding.filter(question.name(), outcome))
                : any.ask(question, deadlineNanos);
        var pairsOf = rebinding.isOn() ? pairs : any;
        return new Source(any, new AaaaLookup(pairsOf, timing.nanoTime, BUDGET_NANOS, timing.delay));
    }

    /** The answer to a client of the view. */
    public CompletionStage<Answer> answer(Query query, View view) {
        return answerHere(query, view)
                .map(CompletableFuture::completedStage)
                .orElseGet(() -> query.recursionDesired()
                        ? ask(upstream, query, view)
                        : ask(cached, query, view).exceptionally(Pipeline::withoutRecursion));
    }

    /** The answer if it is known here, without a question to any upstream. */
    Optional<Answer> known(Query query, View view) {
        var here = answerHere(query, view);
        if (here.isPresent()) {
            return here;
        }
        var answer = ask(cached, query, view).toCompletableFuture();
        return answer.isDone() && !answer.isCompletedExceptionally() ? Optional.of(answer.join()) : Optional.empty();
    }

    private Optional<Answer> answerHere(Query query, View view) {
        if (query.edns() != null && query.edns().version() > 0) {
            return Optional.of(Answer.error(Rcode.BADVERS, AnswerReason.BAD_VERSION));
        }
        if (isOwnProbe.test(query.question().getName())) {
            return Optional.of(
                    Answer.error(Rcode.SERVFAIL, AnswerReason.FORWARDING_LOOP, ExtendedErrorCodeOption.OTHER));
        }
        return refusedType(query).or(() -> local(query, view));
    }

    private static Optional<Answer> refusedType(Query query) {
        return switch (query.question().getType()) {
            case 0, Type.OPT, Type.TSIG, Type.TKEY -> Optional.of(Answer.error(Rcode.FORMERR, AnswerReason.MALFORMED));
            case Type.NXNAME -> // RFC 9824, section 3.2
                Optional.of(Answer.error(
                        Rcode.FORMERR, AnswerReason.MALFORMED, ExtendedErrorCodeOption.INVALID_QUERY_TYPE));
            case Type.AXFR, Type.IXFR -> Optional.of(Answer.error(Rcode.REFUSED, AnswerReason.REFUSED_TYPE));
            case Type.MAILA, Type.MAILB -> Optional.of(Answer.error(Rcode.NOTIMP, AnswerReason.NOT_IMPLEMENTED));
            case Type.ANY ->
                query.transport() == Transport.UDP
                        ? Optional.of(Answer.onlyOverTcp(AnswerReason.ONLY_OVER_TCP))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Answer> local(Query query, View view) {
        var question = query.question();
        if (question.getDClass() != DClass.IN) {
            return Optional.empty();
        }
        var reason = special.ownNames().isCanary(question.getName()) ? AnswerReason.BROWSER_CANARY : AnswerReason.LOCAL;
        return special.answer(question.getName(), question.getType(), view).map(answer -> Answer.local(answer, reason));
    }

    private static Answer withoutRecursion(Throwable failure) {
        var cause = failure instanceof CompletionException wrapper && wrapper.getCause() != null
                ? wrapper.getCause()
                : failure;
        if (cause instanceof CachedOnly.Unknown) {
            return Answer.error(
                    Rcode.REFUSED, AnswerReason.REFUSED_RECURSION, ExtendedErrorCodeOption.NOT_AUTHORITATIVE);
        }
        throw new CompletionException(cause);
    }

    private CompletionStage<Answer> ask(Source source, Query query, View view) {
        var answer = askWithProofs(source, query, view);
        return query.dnssecOk()
                ? answer
                : answer.thenApply(found -> found.withoutProofs(query.question().getType()));
    }

    private CompletionStage<Answer> askWithProofs(Source source, Query query, View view) {
        var record = query.question();
        var question = new Question(
                record.getName(),
                record.getType(),
                record.getDClass(),
                withProofs || query.dnssecOk(),
                query.checkingDisabled());
        boolean mayMake = question.dclass() == DClass.IN
                && view.serves(query.dnssecOk(), query.checkingDisabled()); // RFC 6147, section 5.5
        if (mayMake && question.type() == Type.AAAA) {
            return source.pairs.ask(question, view).thenApply(Answer::of);
        }
        if (mayMake && special.reverse(question.name()) instanceof ReverseName.Embedded embedded) {
            return question.type() == Type.PTR
                    ? reverse(source, record.getName(), question, embedded).thenApply(Answer::of)
                    : CompletableFuture.completedStage(
                            Answer.local(LocalAnswer.noData(embedded.zone()), AnswerReason.LOCAL));
        }
        var unchanged = unchanged(query);
        return source.any
                .ask(question, nanoTime.getAsLong() + BUDGET_NANOS)
                .thenApply(outcome -> Answer.passedThrough(
                        rebinding.filter(question.name(), outcome),
                        rebinding.applies(question.name(), outcome) ? AnswerReason.PRIVATE_ADDRESS : unchanged));
    }

    /** RFC 6147, sections 5.1, 5.3.3 and 5.5: why an answer is passed on as it came. */
    private static AnswerReason unchanged(Query query) {
        if (query.question().getDClass() != DClass.IN) {
            return AnswerReason.OTHER_CLASS;
        }
        boolean madeForOthers =
                query.question().getType() == Type.AAAA || query.question().getType() == Type.PTR;
        if (!madeForOthers || !query.checkingDisabled()) {
            return AnswerReason.PASSED_THROUGH;
        }
        return query.dnssecOk() ? AnswerReason.VALIDATING_CLIENT : AnswerReason.CHECKING_DISABLED;
    }

    private CompletionStage<Plan> reverse(Source source, Name asked, Question question, ReverseName.Embedded embedded) {
        var names = special.reverseNames();
        return special.localZones()
                .answer(embedded.target(), Type.PTR)
                .<CompletionStage<Outcome>>map(local -> CompletableFuture.completedStage(local.outcome()))
                .orElseGet(
                        () -> source.any.ask(question.withName(embedded.target()), nanoTime.getAsLong() + BUDGET_NANOS))
                .thenApply(target -> names.decide(asked, embedded, target));
    }
}
