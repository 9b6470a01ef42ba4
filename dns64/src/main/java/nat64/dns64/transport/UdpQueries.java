// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.cache.PacketQuery;
import nat64.dns64.limit.ResponseRates;
import nat64.dns64.message.MessageLimits;
import nat64.dns64.query.AnsweredQuery;
import nat64.dns64.query.ClientOptions;
import nat64.dns64.query.Counters;
import nat64.dns64.query.QueryHandler;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Transport;
import nat64.dns64.view.ActiveView;
import nat64.dns64.view.KnownClients;

/**
 * The queries of one UDP socket: one datagram, one query (RFC 1035, section 4.2.1). A response in the packet cache is
 * sent at once; the rest is handled in full. For one thread.
 */
public final class UdpQueries {

    /** Bytes of the longest query that may find its answer ready. */
    static final int LARGEST_PLAIN_QUERY = MessageLimits.SMALLEST_UDP_PAYLOAD;

    /** Bytes of a datagram that are read; a longer query is cut, and then malformed. */
    static final int LARGEST_DATAGRAM = 2048;
    /** Bytes of the longest response. */
    static final int LARGEST_RESPONSE = MessageLimits.UDP_PAYLOAD;

    private static final int RCODE_BYTE = 3;
    private static final int RCODE = 0xf;

    private final QueryHandler queries;
    private final KnownClients clients;
    private final PacketCache ready;
    private final Counters counters;
    private final ClientOptions options;
    private final ResponseRates rates;
    private final PacketQuery plain = new PacketQuery();
    private final byte[] response = new byte[LARGEST_RESPONSE];

    public UdpQueries(
            QueryHandler queries, PacketCache ready, Counters counters, ClientOptions options, ResponseRates rates) {
        this.queries = queries;
        this.clients = new KnownClients(queries::serves, queries::views);
        this.ready = ready;
        this.counters = counters;
        this.options = options;
        this.rates = rates;
    }

    /** Counts one more response to the client; false if it is one too many for {@link #answerAtOnce}. */
    boolean admits(InetAddress client) {
        return rates.admits(client);
    }

    /**
     * Answers a query if its answer is ready.
     *
     * @param query may be longer; {@link #LARGEST_PLAIN_QUERY} at most count
     * @return the length of {@link #response}, or 0 if it takes more than a look at what is ready
     */
    int answerAtOnce(byte[] query, int length, InetAddress client) {
        var active = length > LARGEST_PLAIN_QUERY ? null : clients.view(client);
        if (active == null || !plain.read(query, length, active.variant())) {
            return 0;
        }
        options.addTo(plain, client);
        int answer = ready.answer(plain, response);
        if (answer > 0) {
            counters.received(Transport.UDP);
            if (queries.log().takesNext()) {
                log(query, client, active, answer);
            }
        }
        return answer;
    }

    /** What {@link #answerAtOnce} has written; the next one writes there again. */
    byte[] response() {
        return response;
    }

    /** The response to any other query, or none. */
    CompletionStage<Optional<byte[]>> answer(byte[] message, InetAddress client) {
        return queries.handle(message, client, Transport.UDP);
    }

    /** The response to a client that was not admitted. */
    CompletionStage<Optional<byte[]>> answerTooMany(byte[] message, InetAddress client) {
        return queries.handleTooMany(message, client);
    }

    /** So many responses could not be sent. */
    void notSent(int responses) {
        for (int i = 0; i < responses; i++) {
            counters.dropped(DropReason.NOT_SENT);
        }
    }

    /** The heap is full, and some queries were lost. */
    void outOfMemory() {
        counters.dropped(DropReason.INTERNAL_ERROR);
    }

    private void log(byte[] query, InetAddress client, ActiveView active, int bytes) {
        var kind = plain.kind();
        if (kind != null) { // always, after an answer
            queries.log()
                    .add(new AnsweredQuery(
                            client,
                            Transport.UDP,
                            active.name(),
                            ByteBuffer.wrap(Arrays.copyOf(query, plain.length())),
                            response[RCODE_BYTE] & RCODE,
                            kind.reason(),
                            bytes,
                            true));
        }
    }
}
