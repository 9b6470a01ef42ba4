// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import nat64.dns64.cache.AnswerKind;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.cache.PacketQuery;
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
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Rcode;

/** From the octets of a query to the octets of its response, whatever the transport. Safe for many threads. */
public final class QueryHandler {

    private static final Logger LOG = LoggerFactory.getLogger(QueryHandler.class);
    private static final String NO_VIEW = "";

    private final Counters counters;
    private final PacketCache ready;
    private final QueryLog log;
    private final ClientOptions options;
    private final QueryAdmission inFlight;
    private volatile ServingRules service;

    public QueryHandler(
            ServingRules service,
            Counters counters,
            PacketCache ready,
            QueryLog log,
            ClientOptions options,
            QueryAdmission inFlight) {
        this.service = service;
        this.counters = counters;
        this.ready = ready;
        this.log = log;
        this.options = options;
        this.inFlight = inFlight;
    }

    /** Serves by other rules from now on; queries that are being answered end by the old ones. */
    public void use(ServingRules other) {
        service = other;
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
        return service.clients().contains(client);
    }

    /** Where answered queries are logged. */
    public QueryLog log() {
        return log;
    }

    /** The views as they are now. */
    public ViewTable views() {
        return service.views().now();
    }

    /** The response, or none if the message deserves none. Never throws, and the stage never fails. */
    public CompletionStage<Optional<byte[]>> handle(byte[] message, InetAddress client, Transport transport) {
        return handle(message, client, transport, false);
    }

    /**
     * The same for a query over UDP from a network that has had too many responses: with a good cookie it is answered
     * all the same, else sent to TCP by a response as short as itself.
     */
    public CompletionStage<Optional<byte[]>> handleTooMany(byte[] message, InetAddress client) {
        return handle(message, client, Transport.UDP, true);
    }

    private CompletionStage<Optional<byte[]>> handle(
            byte[] message, InetAddress client, Transport transport, boolean tooMany) {
        counters.received(transport);
        try {
            return switch (QueryReader.read(message, transport)) {
                case Incoming.Valid(var query) -> respond(message, query, client, tooMany);
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

    private CompletionStage<Optional<byte[]>> respond(
            byte[] message, Query query, InetAddress client, boolean tooMany) {
        var rules = service;
        var active = rules.views().now().of(client);
        var answer = tooMany && !options.hasGoodCookie(query, client)
                ? CompletableFuture.completedStage(Answer.onlyOverTcp(AnswerReason.RATE_LIMITED))
                : answer(query, client, rules, active.view());
        return answer.thenApply(found -> write(query, found, active).map(response -> {
            byte[] whole = options.addTo(kept(message, query, active, found, response), query, client);
            if (log.takesNext()) {
                log.add(answered(message, query, client, active, found, whole));
            }
            return whole;
        }));
    }

    private static AnsweredQuery answered(
            byte[] message, Query query, InetAddress client, ActiveView active, Answer answer, byte[] response) {
        return new AnsweredQuery(
                client,
                query.transport(),
                active.name(),
                ByteBuffer.wrap(message),
                answer.rcode(),
                answer.reason().label(),
                response.length,
                false);
    }

    private AnswerKind kind(Answer answer, ActiveView active) {
        return counters.kind(answer.rcode(), answer.reason(), active.name());
    }

    private CompletionStage<Answer> answer(Query query, InetAddress client, ServingRules rules, View view) {
        if (!rules.clients().contains(client)) {
            return CompletableFuture.completedStage(
                    Answer.error(Rcode.REFUSED, AnswerReason.REFUSED_CLIENT, ExtendedErrorCodeOption.PROHIBITED));
        }
        if (inFlight.isBusyFor(client)) { // what is known needs no upstream, and so no place in the line
            var known = rules.pipeline().known(query, view);
            if (known.isPresent()) {
                return CompletableFuture.completedStage(known.get());
            }
        }
        return inFlight.answer(
                client,
                () -> started(rules.pipeline(), query, view).exceptionally(failure -> internalError(query, failure)));
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

    private Optional<byte[]> write(Query query, Answer answer, ActiveView active) {
        byte[] response;
        try {
            response = ResponseWriter.write(query, answer);
        } catch (RuntimeException e) {
            LOG.error("cannot write the answer to {}", query.question(), e);
            counters.dropped(DropReason.INTERNAL_ERROR);
            return Optional.empty();
        }
        counters.answered(answer.rcode(), answer.reason(), active.name());
        return Optional.of(response);
    }

    /** Returns the response, after keeping it for those who ask the same. */
    private byte[] kept(byte[] message, Query query, ActiveView active, Answer answer, byte[] response) {
        long seconds = answer.lifetime(query.question().getType());
        if (query.transport() == Transport.UDP && seconds > 0 && ResponseWriter.isWhole(query, answer, response)) {
            var wire = new PacketQuery();
            if (wire.read(message, message.length, active.variant())) {
                ready.keep(wire, response, ResponseWriter.optionsLength(answer), seconds, kind(answer, active));
            }
        }
        return response;
    }

    private static CompletionStage<Optional<byte[]>> done(byte @Nullable [] response) {
        return CompletableFuture.completedStage(Optional.ofNullable(response));
    }
}
