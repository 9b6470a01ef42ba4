// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.upstream.connection.AnswerReader;
import nat64.dns64.upstream.connection.PendingQuery;
import nat64.dns64.upstream.connection.QueryWriter;
import nat64.dns64.upstream.connection.UdpTransport;
import nat64.dns64.upstream.connection.UpstreamTransport;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/**
 * One question to one server, until there is an outcome: over UDP first where the server takes that, over TCP when the
 * answer is truncated, can't be read, or may be forged, once more without EDNS when the server does not know it, and
 * once more when it wants a newer cookie. For the thread of one event loop.
 */
final class Exchange implements PendingQuery.Receiver {

    /** Who asked. */
    interface Asker {
        void ended(Outcome outcome);

        /** The answer to a question that ended in a timeout before. */
        void cameLate(Outcome.Answered answer);
    }

    /** For a true answer that comes behind a forged one. */
    private static final long FALLBACK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final RemoteServer server;
    private final RemoteServer.Link link;
    private final Question question;
    private final Asker asker;
    private final long startNanos;
    private UpstreamTransport transport;
    private boolean edns;
    private @Nullable PendingQuery pending;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable ScheduledFuture<?> fallback;
    private boolean isForSilence;
    private boolean sentNewCookie;
    private boolean sawOtherCase;
    private boolean ended;

    Exchange(RemoteServer server, RemoteServer.Link link, Question question, Asker asker) {
        this.server = server;
        this.link = link;
        this.question = question;
        this.asker = asker;
        this.startNanos = server.now();
        var datagrams = link.datagrams();
        boolean onlyStreams = datagrams == null || server.changesCase(startNanos) || server.dropsUdp(startNanos);
        this.transport = onlyStreams ? link.streams() : requireNonNull(datagrams);
        this.edns = server.knowsEdns(startNanos);
    }

    void start(long timeoutNanos) {
        timer = link.loop().schedule(this::timeOut, timeoutNanos, TimeUnit.NANOSECONDS);
        send();
    }

    /** The same over TCP, because over UDP there is no answer. */
    void startOverTcp(long timeoutNanos) {
        isForSilence = true;
        transport = link.streams();
        server.counters().wentOverTcp();
        start(timeoutNanos);
    }

    @Override
    public void answered(byte[] response) {
        if (isOverUdp()) {
            server.heardOverUdp(server.now());
        } else if (isForSilence) {
            server.heardOverTcpAlone(server.now());
        }
        if (!AnswerReader.admits(response)) {
            end(new Outcome.Failure(Rcode.SERVFAIL));
            return;
        }
        Message message;
        try {
            message = new Message(response);
        } catch (IOException | RuntimeException _) { // what a parser of foreign bytes may throw is not all declared
            retryOverTcp();
            return;
        }
        if (sawOtherCase && !isOverUdp()) {
            server.changedCase();
        }
        if (message.getHeader().getFlag(Flags.TC) && isOverUdp()) {
            retryOverTcp();
        } else if (edns && message.getRcode() == Rcode.FORMERR && !ended) {
            sendPlainer(message.getOPT() != null);
        } else if (message.getRcode() == Rcode.BADCOOKIE && isOverUdp() && !ended) {
            sendWithNewCookie();
        } else {
            end(AnswerReader.read(message, question));
        }
    }

    @Override
    public void failed(PendingQuery.Failure failure) {
        if (failure == PendingQuery.Failure.SUSPICIOUS) {
            retryOverTcp();
        } else {
            endUnreachable();
        }
    }

    /** It may be forged: if no better response comes soon, the query is repeated over TCP. */
    @Override
    public void doubted(PendingQuery.Doubt doubt) {
        sawOtherCase |= doubt == PendingQuery.Doubt.LETTER_CASE;
        if (fallback == null && !ended) {
            fallback = link.loop().schedule(this::fallBack, FALLBACK_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void fallBack() {
        if (!ended && isOverUdp()) {
            if (pending != null) {
                pending.giveUp();
            }
            retryOverTcp();
        }
    }

    /** Some servers know EDNS and choke on what they don't know of it (RFC 6891, section 7). */
    private void sendPlainer(boolean serverKnowsEdns) {
        if (serverKnowsEdns && pending != null && pending.clientCookie().length > 0) {
            server.dislikesCookies();
        } else {
            edns = false;
            server.doesNotKnowEdns();
        }
        send();
    }

    /** RFC 7873, section 5.3: the new one came with the error; who takes none of them is asked over TCP. */
    private void sendWithNewCookie() {
        if (sentNewCookie) {
            retryOverTcp();
        } else {
            sentNewCookie = true;
            send();
        }
    }

    private boolean isOverUdp() {
        return transport instanceof UdpTransport;
    }

    private void retryOverTcp() {
        if (!isOverUdp()) {
            end(new Outcome.Failure(Rcode.SERVFAIL));
        } else if (!ended) {
            transport = link.streams();
            server.counters().wentOverTcp();
            send();
        }
    }

    private void send() {
        var query = new PendingQuery(QueryWriter.write(question, edns), QueryWriter.questionEnd(question), this);
        if (isOverUdp() && server.randomizesCase()) {
            query.randomizeCase(link.random());
        }
        pending = query;
        transport.send(query);
    }

    private void timeOut() {
        if (!ended) {
            ended = true;
            if (pending != null) {
                pending.giveUp();
            }
            noteSilence();
            asker.ended(new Outcome.Timeout());
        }
    }

    private void endUnreachable() {
        if (!ended) {
            ended = true;
            cancelTimer();
            noteSilence();
            asker.ended(new Outcome.Failure(Rcode.SERVFAIL));
        }
    }

    /** That of UDP, and of TCP besides, counts once. */
    private void noteSilence() {
        if (!isForSilence) {
            server.wasSilent();
        }
    }

    private void end(Outcome outcome) {
        server.responded(outcome, startNanos);
        if (!ended) {
            ended = true;
            cancelTimer();
            asker.ended(outcome);
        } else if (outcome instanceof Outcome.Answered answer) {
            asker.cameLate(answer);
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
        if (fallback != null) {
            fallback.cancel(false);
        }
    }
}
