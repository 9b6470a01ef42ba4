// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import nat64.dns64.limit.ClientNetworks;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.Durations;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/**
 * Bounds the queries that are being answered. Those beyond wait in line; when the line is full, the oldest goes,
 * because its client is the nearest to giving up. The clients of one network may have half of all; those over UDP
 * without a cookie are counted apart and may have a quarter, so that a forger of source addresses takes no place of
 * clients that are proven to be where they seem to be. Safe for many threads.
 */
public final class QueryAdmission {

    /** Queries for which upstreams are asked at a time; each may hold two sockets. */
    static final int MAX_WORKING = 2048;

    /** Queries that wait in line. */
    static final int MAX_WAITING = 2048;

    /** Queries of the clients of one network, in work and in line. */
    static final int MAX_PER_NETWORK = (MAX_WORKING + MAX_WAITING) / 2;

    /** The same for clients that may be forged; beyond, they are sent to TCP. */
    static final int MAX_UNPROVEN_PER_NETWORK = MAX_PER_NETWORK / 2;

    /** Who waited longer has asked again. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private record Waiting(
            long network, Supplier<CompletionStage<Answer>> work, CompletableFuture<Answer> answer, long sinceNanos) {}

    private final ClientNetworks networks;
    private final LongSupplier nanoTime;
    private final Durations durations = new Durations();
    private final Executor executor;

    // Read and changed by threads that hold the lock of this object.
    private final ArrayDeque<Waiting> line = new ArrayDeque<>();
    private final Map<Long, Integer> perNetwork = new HashMap<>();
    private int working;

    /**
     * Begins with none.
     *
     * @param executor begins the work of those who waited
     */
    public QueryAdmission(ClientNetworks networks, LongSupplier nanoTime, Executor executor) {
        this.networks = networks;
        this.nanoTime = nanoTime;
        this.executor = executor;
    }

    /** How long queries took, waiting included; those that were turned away are not among them. */
    Durations.Counts durations() {
        return durations.counts();
    }

    /** Queries in work and in line. */
    synchronized int count() {
        return working + line.size();
    }

    /** Whether a query of this client would have to wait, or be turned away. */
    synchronized boolean isBusyFor(InetAddress client, boolean isProven) {
        return working >= MAX_WORKING || perNetwork.getOrDefault(key(client, isProven), 0) >= most(isProven);
    }

    /**
     * Does the work, at once or when it is its turn; else the answer says why not.
     *
     * @param isProven whether the client is proven to be where it seems to be
     * @param work never throws, and its stage never fails
     */
    CompletionStage<Answer> answer(InetAddress client, boolean isProven, Supplier<CompletionStage<Answer>> work) {
        long network = key(client, isProven);
        var waiting = new Waiting(network, work, new CompletableFuture<>(), nanoTime.getAsLong());
        Waiting shed = null;
        boolean begins;
        synchronized (this) {
            int own = perNetwork.getOrDefault(network, 0);
            if (own >= most(isProven)) {
                return CompletableFuture.completedStage(
                        isProven
                                ? Answer.error(Rcode.SERVFAIL, AnswerReason.TOO_MANY_QUERIES)
                                : Answer.onlyOverTcp(AnswerReason.TOO_MANY_QUERIES));
            }
            perNetwork.put(network, own + 1);
            begins = working < MAX_WORKING;
            if (begins) {
                working++;
            } else {
                shed = queue(waiting);
            }
        }
        if (begins) {
            begin(waiting);
        }
        if (shed != null) {
            shed.answer.complete(Answer.error(Rcode.SERVFAIL, AnswerReason.OVERLOADED));
        }
        return waiting.answer;
    }

    private long key(InetAddress client, boolean isProven) {
        long network = networks.of(client);
        return isProven ? network : ~network;
    }

    private static int most(boolean isProven) {
        return isProven ? MAX_PER_NETWORK : MAX_UNPROVEN_PER_NETWORK;
    }

    /** Returns the one that has to go for it, or null. */
    private @Nullable Waiting queue(Waiting query) {
        line.addLast(query);
        if (line.size() <= MAX_WAITING) {
            return null;
        }
        var oldest = line.removeFirst();
        release(oldest.network);
        return oldest;
    }

    private void begin(Waiting query) {
        var _ = query.work.get().thenAccept(answer -> {
            next(query.network);
            durations.add(nanoTime.getAsLong() - query.sinceNanos);
            query.answer.complete(answer);
        });
    }

    /** One is done: the first in line that has not waited for too long takes its place. */
    private void next(long done) {
        var stale = new ArrayDeque<Waiting>();
        Waiting next;
        synchronized (this) {
            release(done);
            long oldest = nanoTime.getAsLong() - PATIENCE_NANOS;
            next = line.pollFirst();
            while (next != null && next.sinceNanos - oldest < 0) {
                release(next.network);
                stale.add(next);
                next = line.pollFirst();
            }
            if (next == null) {
                working--;
            }
        }
        stale.forEach(query -> query.answer.complete(Answer.error(Rcode.SERVFAIL, AnswerReason.OVERLOADED)));
        if (next != null) {
            var following = next;
            executor.execute(() -> begin(following));
        }
    }

    private void release(long network) {
        perNetwork.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
    }
}
