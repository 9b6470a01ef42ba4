// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import nat64.dns64.cache.Question;
import nat64.dns64.synthesis.Outcome;
import org.xbill.DNS.Rcode;

/**
 * Asks one server after the other until one of them knows. Errors count as not knowing, SERVFAIL and REFUSED too. A
 * server that stayed silent is asked once more if time is left, and for some seconds only after the others. Each gets a
 * fair share of the time.
 */
public final class FailoverUpstream implements Upstream {

    private static final long SUSPICION_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final List<Candidate> candidates;
    private final long timeoutNanos;
    private final LongSupplier nanoTime;

    /** A server, and when it last stayed silent. */
    private record Candidate(RemoteServer server, AtomicLong silentNanos) {}

    /** The way of one question through the servers: each once, then the silent ones again. */
    private record Tour(Question question, long deadlineNanos, List<Candidate> stops) {}

    /**
     * @param servers in the order of preference
     * @param timeout of one try
     */
    public FailoverUpstream(List<RemoteServer> servers, Duration timeout, LongSupplier nanoTime) {
        long longAgo = nanoTime.getAsLong() - SUSPICION_NANOS;
        this.candidates = servers.stream()
                .map(server -> new Candidate(server, new AtomicLong(longAgo)))
                .toList();
        this.timeoutNanos = timeout.toNanos();
        this.nanoTime = nanoTime;
    }

    @Override
    public CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
        return next(new Tour(question, deadlineNanos, inOrder()), 0, new Outcome.Timeout());
    }

    private CompletableFuture<Outcome> next(Tour tour, int stop, Outcome.Unanswered soFar) {
        long now = nanoTime.getAsLong();
        long left = tour.deadlineNanos - now;
        int stopsLeft = tour.stops.size() - stop;
        if (stopsLeft == 0 || left <= 0) {
            return CompletableFuture.completedFuture(soFar);
        }
        var candidate = tour.stops.get(stop);
        return candidate
                .server
                .ask(tour.question, Math.min(timeoutNanos, left / stopsLeft))
                .thenCompose(outcome -> switch (outcome) {
                    case Outcome.Answered answered -> CompletableFuture.completedFuture(answered);
                    // Another server may check no signatures, and would be believed.
                    case Outcome.Bogus bogus -> CompletableFuture.completedFuture(bogus);
                    case Outcome.Failure failure ->
                        isFact(failure) ? CompletableFuture.completedFuture(failure) : next(tour, stop + 1, failure);
                    case Outcome.Timeout _ -> {
                        suspect(candidate, tour, stop);
                        yield next(tour, stop + 1, soFar);
                    }
                });
    }

    /** RFC 6672, section 2.2: a name that a DNAME makes too long is too long for every server. */
    private static boolean isFact(Outcome.Failure failure) {
        return failure.rcode() == Rcode.YXDOMAIN;
    }

    private void suspect(Candidate candidate, Tour tour, int stop) {
        candidate.silentNanos.set(nanoTime.getAsLong());
        if (stop < candidates.size()) {
            tour.stops.add(candidate);
        }
    }

    private List<Candidate> inOrder() {
        long now = nanoTime.getAsLong();
        var order = new ArrayList<Candidate>();
        var silent = new ArrayList<Candidate>();
        for (var candidate : candidates) {
            (now - candidate.silentNanos.get() < SUSPICION_NANOS ? silent : order).add(candidate);
        }
        order.addAll(silent);
        return order;
    }
}
