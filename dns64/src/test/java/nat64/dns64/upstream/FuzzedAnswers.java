// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import nat64.dns64.fuzz.MessageJudge;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import nat64.dns64.upstream.connection.AnswerReader;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/** An upstream whose answers somebody else makes, read as those of real ones are. */
public final class FuzzedAnswers implements Upstream {

    private final Maker maker;
    private long count;

    /** Makes the bytes of an answer to a query whose question section ends there. */
    public interface Maker {
        byte[] answer(byte[] query, int questionEnd);
    }

    public FuzzedAnswers(Maker maker) {
        this.maker = maker;
    }

    /** Answers given. */
    public long count() {
        return count;
    }

    @Override
    public CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
        count++;
        var query = Message.newQuery(Record.newRecord(question.name(), question.type(), question.dclass()));
        byte[] bytes = query.toWire();
        return CompletableFuture.completedStage(read(maker.answer(bytes, MessageJudge.questionEnd(bytes)), question));
    }

    private static Outcome read(byte[] response, Question question) {
        Message message;
        try {
            message = new Message(response);
        } catch (IOException | RuntimeException e) { // the transport refuses it
            return new Outcome.Failure(Rcode.SERVFAIL);
        }
        return AnswerReader.read(message, question);
    }
}
