// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.dnssec;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import nat64.dns64.message.Upstream;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;

/**
 * An upstream as dnsjava's validator wants to see it: it returns the answer that is to be checked, and looks up the
 * keys for it, unchecked. Safe for many threads.
 */
final class UpstreamResolver implements Resolver {

    private final Upstream upstream;
    private final TrustAnchors anchors;

    UpstreamResolver(Upstream upstream, TrustAnchors anchors) {
        this.upstream = upstream;
        this.anchors = anchors;
    }

    /** A key could not be had, so that nothing can be said of the answer. */
    private static final class NoKey extends RuntimeException {

        private static final long serialVersionUID = 1;

        private NoKey() {
            super("a key could not be had", null, false, false); // expected, so it needs no stack trace
        }
    }

    /**
     * The answer as a message; the stage fails where there is none, and the validation knows why.
     *
     * @param executor the {@link Validation} that the query is for
     */
    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
        var validation = (Validation) executor;
        var asked = query.getQuestion();
        var question = new Question(asked.getName(), asked.getType(), asked.getDClass(), true, true);
        return outcome(question, validation).thenApplyAsync(outcome -> message(query, outcome, validation), executor);
    }

    private CompletionStage<Outcome> outcome(Question question, Validation validation) {
        if (validation.isAbout(question)) {
            return CompletableFuture.completedStage(validation.answer());
        }
        var standIn = anchors.standIn(question.name(), question.type());
        if (standIn != null) {
            return CompletableFuture.completedStage(
                    new Outcome.Data(new Sections(List.of(standIn), List.of(), List.of())));
        }
        return validation.takeKey(question)
                ? upstream.ask(question, validation.deadlineNanos())
                : CompletableFuture.completedStage(new Outcome.Timeout());
    }

    private static Message message(Message query, Outcome outcome, Validation validation) {
        return switch (outcome) {
            case Outcome.Data data -> message(query, Rcode.NOERROR, data.sections());
            case Outcome.NoData denial -> message(query, Rcode.NOERROR, denial.sections());
            case Outcome.NxDomain denial -> message(query, Rcode.NXDOMAIN, denial.sections());
            case Outcome.Unanswered failed -> {
                validation.misses(failed);
                throw new NoKey();
            }
        };
    }

    private static Message message(Message query, int rcode, Sections sections) {
        var response = new Message(query.getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.RD);
        response.getHeader().setFlag(Flags.RA);
        response.getHeader().setRcode(rcode);
        response.addRecord(query.getQuestion(), Section.QUESTION);
        addAll(response, sections.answer(), Section.ANSWER);
        addAll(response, sections.authority(), Section.AUTHORITY);
        return response;
    }

    private static void addAll(Message response, List<Record> records, int section) {
        records.forEach(record -> response.addRecord(record, section));
    }

    /** Each validation has a deadline of its own. */
    @Override
    public void setTimeout(Duration timeout) {
        throw new UnsupportedOperationException("the deadline belongs to the validation");
    }

    /** Upstreams have their ports. */
    @Override
    public void setPort(int port) {
        throw new UnsupportedOperationException("the upstream chooses the port");
    }

    /** Upstreams use TCP where it is needed. */
    @Override
    public void setTCP(boolean flag) {
        throw new UnsupportedOperationException("the upstream chooses the transport");
    }

    /** Nothing to do: truncation is looked after below. */
    @Override
    public void setIgnoreTruncation(boolean flag) {}

    /** Nothing to do: EDNS is hop by hop, and looked after below. */
    @Override
    public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {}

    @Override
    public void setTSIGKey(TSIG key) {
        throw new UnsupportedOperationException("upstreams share no key");
    }
}
