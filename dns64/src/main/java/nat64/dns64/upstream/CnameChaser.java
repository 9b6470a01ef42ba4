// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import nat64.dns64.message.Upstream;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Goes on where an upstream stops in the middle of a chain of aliases: an answer that ends in a CNAME, with neither the
 * records asked for nor a SOA record that denies them (RFC 6147, section 5.1.5).
 */
public final class CnameChaser implements Upstream {

    private static final int MAX_HOPS = 16;

    private final Upstream source;

    public CnameChaser(Upstream source) {
        this.source = source;
    }

    @Override
    public CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
        return ask(question, deadlineNanos, MAX_HOPS);
    }

    private CompletionStage<Outcome> ask(Question question, long deadlineNanos, int hopsLeft) {
        return source.ask(question, deadlineNanos).thenCompose(outcome -> {
            if (!(outcome instanceof Outcome.NoData(var sections))
                    || question.type() == Type.CNAME
                    || sections.negativeTtl().isPresent()) {
                return CompletableFuture.completedStage(outcome);
            }
            var end = sections.endOfAliases(question.name());
            if (end.equals(question.name())) {
                return CompletableFuture.completedStage(outcome);
            }
            return hopsLeft == 0
                    ? CompletableFuture.completedStage(new Outcome.Failure(Rcode.SERVFAIL))
                    : ask(question.withName(end), deadlineNanos, hopsLeft - 1)
                            .thenApply(rest -> behind(sections, rest));
        });
    }

    private static Outcome behind(Sections chain, Outcome rest) {
        return switch (rest) {
            case Outcome.Data(var sections) -> new Outcome.Data(joined(chain, sections));
            case Outcome.NoData(var sections) -> new Outcome.NoData(joined(chain, sections));
            case Outcome.NxDomain(var sections) -> new Outcome.NxDomain(joined(chain, sections));
            case Outcome.Unanswered failed -> failed;
        };
    }

    /** The authority of the chain proves that its aliases come from the right wildcard, if they do from any. */
    private static Sections joined(Sections chain, Sections rest) {
        return new Sections(
                concat(chain.answer(), rest.answer()),
                concat(chain.authority(), rest.authority()),
                rest.additional(),
                chain.stale() || rest.stale(),
                chain.secure() && rest.secure());
    }

    private static List<Record> concat(List<Record> first, List<Record> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }
}
