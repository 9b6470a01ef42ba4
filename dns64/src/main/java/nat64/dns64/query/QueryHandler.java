// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import nat64.dns64.cache.AnswerKind;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.cache.PacketQuery;
import nat64.dns64.limit.ExpensiveAnswers;
import nat64.dns64.message.MessageLimits;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Durations;
import nat64.dns64.statistics.Transport;
import nat64.dns64.synthesis.View;
import nat64.dns64.view.ActiveView;
import nat64.dns64.view.ViewTable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Rcode;

/** From the bytes of a query to the bytes of its response, whatever the transport. Safe for many threads. */
public final class QueryHandler {

    private static final Logger LOG = LoggerFactory.getLogger(QueryHandler.class);
    private static final String NO_VIEW = "";

    /** Bytes: all that a response in the packet cache can be kept for is shorter. */
    private static final int LARGEST_KEPT = MessageLimits.SMALLEST_UDP_PAYLOAD;

    private static final int TYPE_AND_CLASS = 4;

    private final Counters counters;
    private final PacketCache ready;
    private final QueryLog log;
    private final ClientOptions options;
    private final QueryAdmission inFlight;
    private final ExpensiveAnswers expensive;
    private volatile ServingRules rules;

    public QueryHandler(
            ServingRules rules, QueryReports reports, PacketCache ready, ClientOptions options, QueryLimits limits) {
        this.rules = rules;
        this.counters = reports.counters();
        this.ready = ready;
        this.log = reports.log();
        this.options = options;
        this.inFlight = limits.inFlight();
        this.expensive = limits.expensive();
    }

    /** Serves by other rules from now on; queries that are being answered end by the old ones. */
    public void reconfigure(ServingRules other) {
        rules = other;
    }

    public int inFlight() {
        return inFlight.count();
    }

    /** How long queries took that were not answered by what was ready. */
    public Durations.Counts durations() {
        return inFlight.durations();
    }

    /** Whether the client is one of those who are served. */
    public boolean serves(InetAddress client) {
        return rules.clients().contains(client);
    }

    /** Where answered queries are logged. */
    public QueryLog log() {
        return log;
    }

    /** The views as they are now. */
    public ViewTable views() {
        return rules.views().now();
    }

    /** The response, or none if the message gets none. Never throws, and the stage never fails. */
    public CompletionStage<Optional<byte[]>> handle(byte[] message, InetAddress client, Transport transport) {
        return handle(message, client, transport, false);
    }

    /**
     * The same for a query over UDP from a network that has had too many responses: with a valid cookie it is answered
     * as usual, else sent to TCP by a response as short as itself.
     */
    public CompletionStage<Optional<byte[]>> handleTooMany(byte[] message, InetAddress client) {
        return handle(message, client, Transport.UDP, true);
    }

    private CompletionStage<Optional<byte[]>> handle(
            byte[] message, InetAddress client, Transport transport, boolean tooMany) {
        counters.received(transport);
        try {
            return switch (QueryReader.read(message, transport)) {
                case Incoming.Valid(var query) -> respond(kept(message, query), query, client, tooMany);
                case Incoming.OnlyCookies(var cookies) -> done(cookiesOnly(message, cookies, client, tooMany));
                case Incoming.Invalid(var rcode, var reason) -> {
                    counters.answered(rcode, reason, NO_VIEW);
                    yield done(ResponseWriter.headerOnly(message, rcode));
                }
                case Incoming.Ignored(var reason) -> {
                    counters.dropped(reason);
                    yield done(null);
                }
            };
        } catch (RuntimeException e) {
            LOG.error("cannot handle a query", e);
            counters.dropped(DropReason.INTERNAL_ERROR);
            return done(null);
        }
    }

    /** RFC 7873, section 5.4: the client wants a cookie, or to know whether the one that it has is good. */
    private byte[] cookiesOnly(byte[] message, CookieOption cookies, InetAddress client, boolean tooMany) {
        if (!serves(client)) {
            counters.answered(Rcode.REFUSED, AnswerReason.REFUSED_CLIENT, NO_VIEW);
            return ResponseWriter.headerOnly(message, Rcode.REFUSED);
        }
        boolean isGood = options.isGood(cookies, client);
        if (tooMany && !isGood) {
            counters.answered(Rcode.NOERROR, AnswerReason.RATE_LIMITED, NO_VIEW);
            return ResponseWriter.truncated(ResponseWriter.headerOnly(message, Rcode.NOERROR));
        }
        boolean hasServerCookie = cookies.getServerCookie().isPresent();
        int rcode = hasServerCookie && !isGood ? Rcode.BADCOOKIE : Rcode.NOERROR;
        counters.answered(rcode, AnswerReason.COOKIES_ONLY, NO_VIEW);
        return options.addTo(ResponseWriter.headerOnly(message, rcode), cookies, client);
    }

    /** The response to a message over a connection that is too long for a query, of which only the header is read. */
    public CompletionStage<Optional<byte[]>> handleTooLong(byte[] header, Transport transport) {
        counters.received(transport);
        counters.answered(Rcode.FORMERR, AnswerReason.TOO_LONG, NO_VIEW);
        return done(ResponseWriter.headerOnly(header, Rcode.FORMERR));
    }

    /** A query with what is known about its client. */
    private record Received(Query query, InetAddress client, ActiveView active, boolean isProven) {

        AnsweredQuery answered(byte[] message, Answer answer, int responseBytes) {
            return new AnsweredQuery(
                    client,
                    query.transport(),
                    active.name(),
                    ByteBuffer.wrap(message),
                    answer.rcode(),
                    answer.reason().label(),
                    responseBytes,
                    false);
        }
    }

    /** What stays in memory until the answer is there: of a message with much else in it, header and question alone. */
    private static byte[] kept(byte[] message, Query query) {
        if (message.length <= LARGEST_KEPT) {
            return message;
        }
        int end = MessageLimits.HEADER + query.question().getName().length() + TYPE_AND_CLASS;
        return Arrays.copyOf(message, Math.min(message.length, end));
    }

    private CompletionStage<Optional<byte[]>> respond(
            byte[] message, Query query, InetAddress client, boolean tooMany) {
        var current = rules;
        boolean isProven = query.transport() != Transport.UDP || options.hasGoodCookie(query, client);
        var received = new Received(query, client, current.views().now().of(client), isProven);
        var answer = tooMany && !isProven
                ? CompletableFuture.completedStage(Answer.onlyOverTcp(AnswerReason.RATE_LIMITED))
                : answer(received, current);
        return answer.thenApply(found -> {
            expensive.count(client, isProven, found.sections().size());
            return write(received, found).map(response -> finish(message, received, found, response));
        });
    }

    private byte[] finish(byte[] message, Received received, Answer found, byte[] response) {
        keep(message, received, found, response);
        byte[] whole = options.addTo(response, received.query, received.client);
        if (log.takesNext()) {
            log.add(received.answered(message, found, whole.length));
        }
        return whole;
    }

    private AnswerKind kind(Answer answer, ActiveView active) {
        return counters.kind(answer.rcode(), answer.reason(), active.name());
    }

    private CompletionStage<Answer> answer(Received received, ServingRules current) {
        var query = received.query;
        var client = received.client;
        var view = received.active.view();
        if (!current.clients().contains(client)) {
            return CompletableFuture.completedStage(
                    Answer.error(Rcode.REFUSED, AnswerReason.REFUSED_CLIENT, ExtendedErrorCodeOption.PROHIBITED));
        }
        if (expensive.areSpentBy(client, received.isProven)) {
            return CompletableFuture.completedStage(
                    received.isProven
                            ? Answer.error(
                                    Rcode.SERVFAIL, AnswerReason.TOO_EXPENSIVE, ExtendedErrorCodeOption.PROHIBITED)
                            : Answer.onlyOverTcp(AnswerReason.TOO_EXPENSIVE));
        }
        if (inFlight.isBusyFor(client, received.isProven)) { // what is known needs no upstream, and no place in line
            var known = current.pipeline().known(query, view);
            if (known.isPresent()) {
                return CompletableFuture.completedStage(known.get());
            }
        }
        return inFlight.answer(
                client,
                received.isProven,
                () -> started(current.pipeline(), query, view).exceptionally(failure -> internalError(query, failure)));
    }

    private CompletionStage<Answer> started(Pipeline pipeline, Query query, View view) {
        try {
            return pipeline.answer(query, view);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static Answer internalError(Query query, Throwable failure) {
        LOG.error("cannot answer {}", query.question(), failure);
        return Answer.error(Rcode.SERVFAIL, AnswerReason.INTERNAL_ERROR);
    }

    private Optional<byte[]> write(Received received, Answer answer) {
        var query = received.query;
        byte[] response;
        try {
            response = ResponseWriter.write(query, answer);
        } catch (RuntimeException e) {
            LOG.error("cannot write the answer to {}", query.question(), e);
            counters.dropped(DropReason.INTERNAL_ERROR);
            return Optional.empty();
        }
        counters.answered(answer.rcode(), answer.reason(), received.active.name());
        return Optional.of(response);
    }

    /** Stores the response in the packet cache, for clients that ask the same. */
    private void keep(byte[] message, Received received, Answer answer, byte[] response) {
        var query = received.query;
        long seconds = answer.lifetime(query.question().getType());
        if (query.transport() == Transport.UDP && seconds > 0 && ResponseWriter.isWhole(query, answer, response)) {
            var packet = new PacketQuery();
            if (packet.read(message, message.length, received.active.variant())) {
                ready.keep(
                        packet, response, ResponseWriter.optionsLength(answer), seconds, kind(answer, received.active));
            }
        }
    }

    private static CompletionStage<Optional<byte[]>> done(byte @Nullable [] response) {
        return CompletableFuture.completedStage(Optional.ofNullable(response));
    }
}
