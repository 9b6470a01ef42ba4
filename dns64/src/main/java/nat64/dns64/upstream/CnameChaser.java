// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import nat64.dns64.message.Upstream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Goes on where an upstream stops in the middle of a chain of aliases: an answer that ends in a CNAME, with neither the
 * records asked for nor a SOA record that denies them (RFC 6147, section 5.1.5).
 */
public final class CnameChaser implements Upstream {

    /** In all answers together; as in one of them. */
    static final int MOST_ALIASES = 16;

    private static final Outcome LOOP = new Outcome.Failure(Rcode.SERVFAIL);

    private final Upstream source;

    public CnameChaser(Upstream source) {
        this.source = source;
    }

    @Override
    public CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
        return source.ask(question, deadlineNanos).thenCompose(first -> goOn(question, first, deadlineNanos));
    }

    private CompletionStage<Outcome> goOn(Question question, Outcome soFar, long deadlineNanos) {
        if (!(soFar instanceof Outcome.NoData(var sections)) || question.type() == Type.CNAME || denies(sections)) {
            return CompletableFuture.completedStage(soFar);
        }
        var end = sections.endOfAliases(question.name());
        if (end.equals(question.name())) {
            return CompletableFuture.completedStage(aliases(sections) == 0 ? soFar : LOOP);
        }
        return source.ask(question.withName(end), deadlineNanos).thenCompose(rest -> {
            var joined = behind(sections, rest);
            if (!(rest instanceof Outcome.Answered answered)
                    || (rest instanceof Outcome.NoData && aliases(answered.sections()) == 0)) {
                return CompletableFuture.completedStage(joined);
            }
            long own = aliases(answered.sections());
            long all = joined instanceof Outcome.Answered whole ? aliases(whole.sections()) : 0;
            boolean isLoop = own > 0 && all == aliases(sections);
            return isLoop || all > MOST_ALIASES
                    ? CompletableFuture.completedStage(LOOP)
                    : goOn(question, joined, deadlineNanos);
        });
    }

    private static boolean denies(Sections sections) {
        return sections.negativeTtl().isPresent();
    }

    private static long aliases(Sections sections) {
        return sections.answer().stream().filter(CNAMERecord.class::isInstance).count();
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

    /** A tree, because whoever makes the records can choose their hashes. */
    private static List<Record> concat(List<Record> first, List<Record> second) {
        var seen = new TreeSet<Record>();
        return Stream.concat(first.stream(), second.stream()).filter(seen::add).toList();
    }
}
