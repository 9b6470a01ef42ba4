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
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.Durations;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/**
 * Bounds the queries that are being answered. Those beyond wait in line; when the line is full, the oldest goes,
 * because its client is the nearest to giving up. One client may have half of all. Safe for many threads.
 */
public final class QueryAdmission {

    /** Queries for which upstreams are asked at a time; each may hold two sockets. */
    static final int MAX_WORKING = 2048;

    /** Queries that wait in line. */
    static final int MAX_WAITING = 2048;

    /** Queries of one client, in work and in line. */
    static final int MAX_PER_CLIENT = (MAX_WORKING + MAX_WAITING) / 2;

    /** Who waited longer has asked again. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private record Waiting(
            InetAddress client,
            Supplier<CompletionStage<Answer>> work,
            CompletableFuture<Answer> answer,
            long sinceNanos) {}

    private final LongSupplier nanoTime;
    private final Durations durations = new Durations();
    private final Executor executor;

    // Read and changed by threads that hold the lock of this object.
    private final ArrayDeque<Waiting> line = new ArrayDeque<>();
    private final Map<InetAddress, Integer> perClient = new HashMap<>();
    private int working;

    /**
     * Begins with none.
     *
     * @param executor begins the work of those who waited
     */
    public QueryAdmission(LongSupplier nanoTime, Executor executor) {
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
    synchronized boolean isBusyFor(InetAddress client) {
        return working >= MAX_WORKING || perClient.getOrDefault(client, 0) >= MAX_PER_CLIENT;
    }

    /**
     * Does the work, at once or when it is its turn; else the answer says why not.
     *
     * @param work never throws, and its stage never fails
     */
    CompletionStage<Answer> answer(InetAddress client, Supplier<CompletionStage<Answer>> work) {
        var waiting = new Waiting(client, work, new CompletableFuture<>(), nanoTime.getAsLong());
        Waiting shed = null;
        boolean begins;
        synchronized (this) {
            int own = perClient.getOrDefault(client, 0);
            if (own >= MAX_PER_CLIENT) {
                return CompletableFuture.completedStage(Answer.error(Rcode.SERVFAIL, AnswerReason.TOO_MANY_QUERIES));
            }
            perClient.put(client, own + 1);
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

    /** Returns the one that has to go for it, or null. */
    private @Nullable Waiting queue(Waiting query) {
        line.addLast(query);
        if (line.size() <= MAX_WAITING) {
            return null;
        }
        var oldest = line.removeFirst();
        release(oldest.client);
        return oldest;
    }

    private void begin(Waiting query) {
        var _ = query.work.get().thenAccept(answer -> {
            next(query.client);
            durations.add(nanoTime.getAsLong() - query.sinceNanos);
            query.answer.complete(answer);
        });
    }

    /** One is done: the first in line that has not waited for too long takes its place. */
    private void next(InetAddress done) {
        var stale = new ArrayDeque<Waiting>();
        Waiting next;
        synchronized (this) {
            release(done);
            long oldest = nanoTime.getAsLong() - PATIENCE_NANOS;
            next = line.pollFirst();
            while (next != null && next.sinceNanos - oldest < 0) {
                release(next.client);
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

    private void release(InetAddress client) {
        perClient.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
    }
}
