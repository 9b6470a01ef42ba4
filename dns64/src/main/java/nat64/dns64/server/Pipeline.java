// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import nat64.dns64.cache.Question;
import nat64.dns64.synthesis.Ipv4OnlyArpa;
import nat64.dns64.synthesis.Plan;
import nat64.dns64.synthesis.ReverseName;
import nat64.dns64.synthesis.ReverseNames;
import nat64.dns64.synthesis.Synthesizer;
import nat64.dns64.upstream.Upstream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * From query to answer, in this order: EDNS version, types that are no data, names that are answered here, recursion,
 * then synthesis (RFC 6147, section 5.1) for AAAA, the reverse names (section 5.3.1) for PTR, and the upstream's own
 * answer for all else.
 */
final class Pipeline {

    /** A client gives up after 5 s and asks again; half of it leaves room for the way and for a second try. */
    private static final long BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(2400);

    private final Upstream upstream;
    private final PairedQuestions pairs;
    private final Ipv4OnlyArpa ipv4OnlyArpa;
    private final ReverseNames reverseNames;
    private final LongSupplier nanoTime;

    Pipeline(
            Upstream upstream,
            Synthesizer synthesizer,
            Ipv4OnlyArpa ipv4OnlyArpa,
            ReverseNames reverseNames,
            LongSupplier nanoTime,
            Executor executor) {
        this.upstream = upstream;
        this.pairs = new PairedQuestions(upstream, synthesizer, nanoTime, BUDGET_NANOS, executor);
        this.ipv4OnlyArpa = ipv4OnlyArpa;
        this.reverseNames = reverseNames;
        this.nanoTime = nanoTime;
    }

    CompletionStage<Answer> answer(Query query) {
        return answerHere(query).map(CompletableFuture::completedStage).orElseGet(() -> ask(query));
    }

    private Optional<Answer> answerHere(Query query) {
        if (query.edns() != null && query.edns().version() > 0) {
            return Optional.of(Answer.error(Rcode.BADVERS, AnswerReason.BAD_VERSION));
        }
        return refusedType(query).or(() -> local(query)).or(() -> withoutRecursion(query));
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

    private Optional<Answer> local(Query query) {
        var question = query.question();
        if (question.getDClass() != DClass.IN) {
            return Optional.empty();
        }
        var special = ipv4OnlyArpa.answer(question.getName(), question.getType());
        if (special.isEmpty()
                && question.getType() == Type.PTR
                && reverseNames.read(question.getName()) instanceof ReverseName.Local(var local)) {
            special = Optional.of(local);
        }
        return special.map(Answer::local);
    }

    private static Optional<Answer> withoutRecursion(Query query) {
        return query.recursionDesired()
                ? Optional.empty()
                : Optional.of(Answer.error(
                        Rcode.REFUSED, AnswerReason.REFUSED_RECURSION, ExtendedErrorCodeOption.NOT_AUTHORITATIVE));
    }

    private CompletionStage<Answer> ask(Query query) {
        var record = query.question();
        var question = new Question(
                record.getName(), record.getType(), record.getDClass(), query.dnssecOk(), query.checkingDisabled());
        boolean mayMake = question.dclass() == DClass.IN && !query.checkingDisabled(); // RFC 6147, section 5.5
        if (mayMake && question.type() == Type.AAAA) {
            return pairs.ask(question).thenApply(Answer::of);
        }
        if (mayMake
                && question.type() == Type.PTR
                && reverseNames.read(question.name()) instanceof ReverseName.Embedded embedded) {
            return reverse(record.getName(), question, embedded).thenApply(Answer::of);
        }
        return upstream.ask(question, nanoTime.getAsLong() + BUDGET_NANOS).thenApply(Answer::passedThrough);
    }

    private CompletionStage<Plan> reverse(Name asked, Question question, ReverseName.Embedded embedded) {
        return upstream.ask(question.withName(embedded.target()), nanoTime.getAsLong() + BUDGET_NANOS)
                .thenApply(target -> ReverseNames.decide(asked, embedded, target));
    }
}
