// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import nat64.dns64.cache.Question;
import nat64.dns64.synthesis.Outcome;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/**
 * One resolver that questions are forwarded to: UDP first, TCP if the answer is truncated or can't be understood (a
 * forged datagram among them), and once more without EDNS if it does not know that. Safe for many threads.
 */
public final class RemoteServer {

    /** Octets that fit into a packet of any path (DNS flag day 2020). */
    static final int UDP_PAYLOAD = 1232;

    private static final int NO_EDNS = -1;

    private final InetSocketAddress address;
    private final Executor executor;
    private final SimpleResolver udp;
    private final SimpleResolver tcp;
    private final LongAdder queries = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder timeouts = new LongAdder();

    /**
     * @param timeout of one exchange at most
     * @param executor runs what follows an answer; never the thread of a socket
     */
    public RemoteServer(InetSocketAddress address, Duration timeout, Executor executor) {
        this.address = address;
        this.executor = executor;
        this.udp = resolver(address, timeout);
        this.tcp = resolver(address, timeout);
        tcp.setTCP(true);
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Questions sent to it. */
    public long queries() {
        return queries.sum();
    }

    /** Those that ended in an error, whether the server's or the network's. */
    public long failures() {
        return failures.sum();
    }

    /** Those that got no answer in time. */
    public long timeouts() {
        return timeouts.sum();
    }

    CompletableFuture<Outcome> ask(Question question, long timeoutNanos) {
        queries.increment();
        var query = query(question, true);
        return send(udp, query)
                .exceptionallyCompose(
                        failure -> isTimeout(failure) ? CompletableFuture.failedFuture(failure) : send(tcp, query))
                .thenCompose(response -> response.getRcode() == Rcode.FORMERR
                        ? send(udp, query(question, false))
                        : CompletableFuture.completedFuture(response))
                .thenApply(response -> AnswerReader.read(query, response, question))
                .exceptionally(RemoteServer::outcomeOf)
                .toCompletableFuture()
                .completeOnTimeout(new Outcome.Timeout(), timeoutNanos, TimeUnit.NANOSECONDS)
                .whenComplete((outcome, _) -> count(outcome));
    }

    private CompletionStage<Message> send(SimpleResolver resolver, Message query) {
        return resolver.sendAsync(query, executor);
    }

    private void count(@Nullable Outcome outcome) {
        switch (outcome) {
            case Outcome.Timeout _ -> timeouts.increment();
            case Outcome.Failure _, Outcome.Bogus _ -> failures.increment();
            case null, default -> {}
        }
    }

    private static Message query(Question question, boolean edns) {
        var query = Message.newQuery(Record.newRecord(question.name(), question.type(), question.dclass()));
        if (question.checkingDisabled()) {
            query.getHeader().setFlag(Flags.CD);
        }
        if (edns) {
            query.addRecord(
                    new OPTRecord(UDP_PAYLOAD, 0, 0, question.dnssecOk() ? ExtendedFlags.DO : 0), Section.ADDITIONAL);
        }
        return query;
    }

    private static Outcome outcomeOf(Throwable failure) {
        return isTimeout(failure) ? new Outcome.Timeout() : new Outcome.Failure(Rcode.SERVFAIL);
    }

    private static boolean isTimeout(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof SocketTimeoutException;
    }

    private static SimpleResolver resolver(InetSocketAddress address, Duration timeout) {
        var resolver = new SimpleResolver(address);
        resolver.setTimeout(timeout);
        resolver.setEDNS(NO_EDNS, 0, 0, List.of()); // ours is in the query already
        return resolver;
    }
}
