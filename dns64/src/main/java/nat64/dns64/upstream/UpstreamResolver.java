// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import nat64.dns64.cache.Question;
import nat64.dns64.synthesis.Outcome;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;

/** An upstream as dnsjava's parts want to see it, such as its validator. Safe for many threads. */
public final class UpstreamResolver implements Resolver {

    private final Upstream upstream;
    private final LongSupplier nanoTime;
    private volatile Duration timeout = Duration.ofSeconds(2);

    /**
     * @param nanoTime the clock that the upstream was made with
     */
    public UpstreamResolver(Upstream upstream, LongSupplier nanoTime) {
        this.upstream = upstream;
        this.nanoTime = nanoTime;
    }

    /** The answer as a message. What nobody could answer has the RCODE of that; the stage fails for timeouts only. */
    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
        var asked = query.getQuestion();
        if (asked == null) {
            return CompletableFuture.failedStage(new IOException("a query without a question"));
        }
        var opt = query.getOPT();
        var question = new Question(
                asked.getName(),
                asked.getType(),
                asked.getDClass(),
                opt != null && (opt.getFlags() & ExtendedFlags.DO) != 0,
                query.getHeader().getFlag(Flags.CD));
        return upstream.ask(question, nanoTime.getAsLong() + timeout.toNanos())
                .thenComposeAsync(outcome -> message(query, outcome), executor);
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query) {
        return sendAsync(query, Runnable::run);
    }

    @Override
    public Message send(Message query) throws IOException {
        try {
            return sendAsync(query).toCompletableFuture().get(2 * timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no answer to " + query.getQuestion(), e);
        }
    }

    @Override
    public void setTimeout(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public Duration getTimeout() {
        return timeout;
    }

    /** Upstreams have their ports. */
    @Override
    public void setPort(int port) {
        throw new UnsupportedOperationException("the port is the upstream's affair");
    }

    /** Upstreams use TCP where it is needed. */
    @Override
    public void setTCP(boolean flag) {
        throw new UnsupportedOperationException("the transport is the upstream's affair");
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

    private static CompletionStage<Message> message(Message query, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Timeout _ -> CompletableFuture.failedStage(new SocketTimeoutException("no answer in time"));
            case Outcome.Data data -> CompletableFuture.completedStage(answer(query, Rcode.NOERROR, data));
            case Outcome.NoData data -> CompletableFuture.completedStage(answer(query, Rcode.NOERROR, data));
            case Outcome.NxDomain data -> CompletableFuture.completedStage(answer(query, Rcode.NXDOMAIN, data));
            case Outcome.Bogus _ -> CompletableFuture.completedStage(empty(query, Rcode.SERVFAIL));
            case Outcome.Failure(var rcode) -> CompletableFuture.completedStage(empty(query, rcode));
        };
    }

    private static Message answer(Message query, int rcode, Outcome.Answered answered) {
        var response = empty(query, rcode);
        var sections = answered.sections();
        addAll(response, sections.answer(), Section.ANSWER);
        addAll(response, sections.authority(), Section.AUTHORITY);
        addAll(response, sections.additional(), Section.ADDITIONAL);
        return response;
    }

    private static void addAll(Message response, List<Record> records, int section) {
        records.forEach(record -> response.addRecord(record, section));
    }

    private static Message empty(Message query, int rcode) {
        var response = new Message(query.getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.RD);
        response.getHeader().setFlag(Flags.RA);
        response.getHeader().setRcode(rcode & 0x0f);
        response.addRecord(query.getQuestion(), Section.QUESTION);
        if (query.getOPT() != null) {
            response.addRecord(
                    new OPTRecord(
                            QueryWriter.UDP_PAYLOAD,
                            rcode >>> 4,
                            0,
                            query.getOPT().getFlags()),
                    Section.ADDITIONAL);
        }
        return response;
    }
}
