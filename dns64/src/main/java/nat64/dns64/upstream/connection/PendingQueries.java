// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nat64.dns64.message.MessageLimits;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/**
 * The queries that went out on one socket, by ID. A response belongs to a query if it has its ID and repeats its
 * question (RFC 5452, section 9.1); the socket is connected, so addresses and ports fit already. Queries that were
 * given up stay, so that a late response is known as such. For the thread of one event loop.
 */
final class PendingQueries implements PendingQuery.Place {

    private static final int FLAGS = 2;
    private static final int QR_OPCODE = 0xf8;
    private static final int RESPONSE = 0x80;
    private static final int RCODE = 0x0f;
    private static final int COUNTS = 4;
    private static final int QUERIES_AT_FIRST = 16;

    private final IntObjectMap<PendingQuery> byId = new IntObjectHashMap<>(QUERIES_AT_FIRST);
    private final UnpredictableNumbers random;
    private final Runnable afterGivingUp;
    private int waiting;
    private int asked;

    /**
     * @param afterGivingUp runs whenever a query was given up
     */
    PendingQueries(UnpredictableNumbers random, Runnable afterGivingUp) {
        this.random = random;
        this.afterGivingUp = afterGivingUp;
    }

    /** Gives the query an ID of its own. There must be far fewer than 65536. */
    void add(PendingQuery query) {
        int id = random.uint16();
        while (byId.containsKey(id)) {
            id = random.uint16();
        }
        byId.put(id, query);
        query.waitAt(this, id);
        waiting++;
        asked++;
    }

    /** Queries that still wait. */
    int waiting() {
        return waiting;
    }

    /** All of them, those that were given up included. */
    int size() {
        return byId.size();
    }

    /** Queries that ever went out here. */
    int asked() {
        return asked;
    }

    /** The query that this message answers; null if there is none. */
    @Nullable
    PendingQuery find(byte[] response) {
        if (response.length < MessageLimits.HEADER) {
            return null;
        }
        var query = byId.get((response[0] & 0xff) << Byte.SIZE | (response[1] & 0xff));
        return query == null || !answers(query, response) ? null : query;
    }

    /** Its response is there. */
    void remove(PendingQuery query) {
        byId.remove(query.id());
        if (query.isWaiting()) {
            waiting--;
        }
    }

    /** Takes all that still wait, and removes the others. */
    List<PendingQuery> takeAll() {
        var all = new ArrayList<PendingQuery>(waiting);
        byId.values().forEach(query -> {
            if (query.isWaiting()) {
                all.add(query);
            }
        });
        byId.clear();
        waiting = 0;
        return all;
    }

    @Override
    public void gaveUp(PendingQuery query) {
        if (byId.get(query.id()) == query) {
            waiting--;
            afterGivingUp.run();
        }
    }

    /** Whether a message is a response to this query, the ID left aside. */
    static boolean answers(PendingQuery query, byte[] response) {
        if (response.length < MessageLimits.HEADER || (response[FLAGS] & QR_OPCODE) != RESPONSE) {
            return false;
        }
        int questions = (response[COUNTS] & 0xff) << Byte.SIZE | (response[COUNTS + 1] & 0xff);
        if (questions == 0) {
            return isBareError(response);
        }
        int end = query.questionEnd();
        return questions == 1 && response.length >= end && hasQuestion(query.bytes(), response, end);
    }

    /** A server that can't read the question can't repeat it. */
    private static boolean isBareError(byte[] response) {
        int rcode = response[FLAGS + 1] & RCODE;
        return rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN && response.length == MessageLimits.HEADER;
    }

    /** Whether the response has the letters of the name in the very case of the query (RFC 5452, section 9.3). */
    static boolean hasSameCase(PendingQuery query, byte[] response) {
        int end = query.questionEnd();
        return response.length < end // a bare error
                || Arrays.equals(query.bytes(), MessageLimits.HEADER, end, response, MessageLimits.HEADER, end);
    }

    /** In any letter case (RFC 4343); bytes of label lengths are below the letters. */
    private static boolean hasQuestion(byte[] query, byte[] response, int end) {
        int endOfName = end - QueryWriter.TYPE_AND_CLASS;
        for (int i = MessageLimits.HEADER; i < endOfName; i++) {
            if (lower(query[i]) != lower(response[i])) {
                return false;
            }
        }
        return Arrays.equals(query, endOfName, end, response, endOfName, end);
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }
}
