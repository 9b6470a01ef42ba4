// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import nat64.dns64.network.EventLoops;
import nat64.dns64.settings.UpstreamPolicy;

/**
 * Servers that know the same. A question goes to one of them; to the next when that one fails, or does not answer as
 * fast as it should; and to the silent ones once more. The first answer counts. Safe for many threads.
 */
final class UpstreamGroup implements Upstream {

    /** Each server gets a question that often at most. */
    private static final int ROUNDS = 2; // RFC 9520, section 3.1: not more than three

    private static final long SHORTEST_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    private static final long LONGEST_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);
    private static final long FIRST_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(600);
    private static final int ROUND_TRIPS = 4;
    private static final int QUESTIONS_PER_TRIAL = 32;

    private final List<RemoteServer> servers;
    private final List<RemoteServer> onlyOne; // its attempts, if there are no others
    private final UpstreamPolicy policy;
    private final long timeoutNanos;
    private final EventLoops loops;
    private final BiConsumer<Question, Outcome.Answered> late;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param timeout of one try
     * @param late takes answers that came after the query had timed out
     */
    UpstreamGroup(
            List<RemoteServer> servers,
            UpstreamPolicy policy,
            Duration timeout,
            EventLoops loops,
            BiConsumer<Question, Outcome.Answered> late) {
        this.servers = List.copyOf(servers);
        this.onlyOne = Collections.nCopies(ROUNDS, servers.getFirst());
        this.policy = policy;
        this.timeoutNanos = timeout.toNanos();
        this.loops = loops;
        this.late = late;
    }

    @Override
    public CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
        var outcome = new CompletableFuture<Outcome>();
        int index = loops.current();
        var loop = loops.get(index);
        var attempts = new ServerAttempts(this, index, question, deadlineNanos, outcome);
        if (loop.inEventLoop()) {
            attempts.start();
        } else {
            loop.execute(attempts::start);
        }
        return outcome;
    }

    List<RemoteServer> servers() {
        return servers;
    }

    EventLoops loops() {
        return loops;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    void cameLate(Question question, Outcome.Answered answer) {
        late.accept(question, answer);
    }

    /**
     * In which order a question goes to the servers: the unreliable ones last, never left out, but for those that would
     * send it back here.
     */
    List<RemoteServer> attempts() {
        if (servers.size() == 1 && !servers.getFirst().loops()) {
            return onlyOne;
        }
        var order = order().stream().filter(server -> !server.loops()).toList();
        var attempts = new ArrayList<RemoteServer>(ROUNDS * order.size());
        for (var server : order) {
            if (server.isReliable()) {
                attempts.add(server);
            }
        }
        for (var server : order) {
            if (!server.isReliable()) {
                attempts.add(server);
            }
        }
        for (int round = 1; round < ROUNDS; round++) {
            attempts.addAll(attempts.subList(0, order.size()));
        }
        return attempts;
    }

    /** How long one is waited for before another is asked, too. */
    long patienceNanos(RemoteServer server) {
        long roundTrip = server.health().roundTripNanos();
        long patience = roundTrip == 0
                ? FIRST_PATIENCE_NANOS
                : Math.clamp(ROUND_TRIPS * roundTrip, SHORTEST_PATIENCE_NANOS, LONGEST_PATIENCE_NANOS);
        return Math.min(patience, timeoutNanos);
    }

    private List<RemoteServer> order() {
        if (servers.size() == 1) {
            return servers;
        }
        return switch (policy) {
            case SEQUENTIAL -> servers;
            case ROUND_ROBIN -> from(turn.getAndIncrement());
            case FASTEST -> fastest();
        };
    }

    private List<RemoteServer> from(int first) {
        var order = new ArrayList<RemoteServer>(servers.size());
        for (int i = 0; i < servers.size(); i++) {
            order.add(servers.get(Math.floorMod(first + i, servers.size())));
        }
        return order;
    }

    /** A server that nothing is known of comes first. */
    private List<RemoteServer> fastest() {
        int question = turn.getAndIncrement();
        if (question % QUESTIONS_PER_TRIAL == 0) {
            return from(question / QUESTIONS_PER_TRIAL);
        }
        return servers.stream()
                .sorted(Comparator.comparingLong(server -> server.health().roundTripNanos()))
                .toList();
    }
}
