// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/** One question's attempts with the servers of a group. For the thread of one event loop. */
final class ServerAttempts {

    private final UpstreamGroup group;
    private final int loop;
    private final Question question;
    private final long deadlineNanos;
    private final CompletableFuture<Outcome> outcome;
    private final List<RemoteServer> servers;
    private final List<RemoteServer> failed = new ArrayList<>();
    private Outcome.Unanswered soFar = new Outcome.Timeout();
    private @Nullable ScheduledFuture<?> timer;
    private int next;
    private int running;

    ServerAttempts(
            UpstreamGroup group, int loop, Question question, long deadlineNanos, CompletableFuture<Outcome> outcome) {
        this.group = group;
        this.loop = loop;
        this.question = question;
        this.deadlineNanos = deadlineNanos;
        this.outcome = outcome;
        this.servers = group.attempts();
    }

    void start() {
        if (servers.isEmpty()) {
            end(new Outcome.Failure(Rcode.SERVFAIL)); // all of them would send it back here
        } else {
            askNext();
        }
    }

    private void askNext() {
        cancelTimer();
        while (next < servers.size() && failed.contains(servers.get(next))) {
            next++;
        }
        var first = servers.getFirst();
        long left = deadlineNanos - first.now();
        if (left <= 0) {
            end(soFar);
        } else if (next < servers.size()) {
            var server = servers.get(next++);
            boolean isAskedAgain = servers.indexOf(server) < next - 1;
            schedule(Math.min(left, group.patienceNanos(server)));
            ask(server, Math.min(left, group.timeoutNanos()));
            if (isAskedAgain && server.mayDropUdp()) {
                askOverTcp(server, Math.min(left, group.timeoutNanos()));
            }
        } else if (running == 0) {
            end(soFar);
        } else {
            schedule(left);
        }
    }

    private void ask(RemoteServer server, long timeoutNanos) {
        running++;
        server.counters().asked();
        server.ask(loop, question, timeoutNanos, new Attempt(server, false));
    }

    /** Beside UDP, since a datagram may have been lost and TCP may be what is dropped. */
    private void askOverTcp(RemoteServer server, long timeoutNanos) {
        if (!outcome.isDone() && !failed.contains(server)) {
            running++;
            server.counters().asked();
            server.askOverTcp(loop, question, timeoutNanos, new Attempt(server, true));
        }
    }

    private void schedule(long nanos) {
        timer = group.loops().get(loop).schedule(this::askNext, nanos, TimeUnit.NANOSECONDS);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void end(Outcome end) {
        cancelTimer();
        outcome.complete(end);
    }

    /** One server that was asked. */
    private final class Attempt implements Exchange.Asker {

        private final RemoteServer server;
        private final boolean isBesideUdp;

        Attempt(RemoteServer server, boolean isBesideUdp) {
            this.server = server;
            this.isBesideUdp = isBesideUdp;
        }

        @Override
        public void ended(Outcome answer) {
            running--;
            server.counters().ended(answer);
            if (outcome.isDone()) {
                if (answer instanceof Outcome.Answered answered) {
                    cameLate(answered);
                }
                return;
            }
            if (isBesideUdp && !(answer instanceof Outcome.Answered) && running > 0) {
                return; // the answer over UDP may still come
            }
            switch (answer) {
                case Outcome.Answered answered -> end(answered);
                // Another server may not check signatures, and its answer would count.
                case Outcome.Bogus bogus -> end(bogus);
                case Outcome.Failure failure -> {
                    failed.add(server);
                    soFar = failure;
                    if (isFact(failure)) {
                        end(failure);
                    } else {
                        askNext();
                    }
                }
                case Outcome.Timeout _ -> {
                    if (running == 0) {
                        askNext();
                    }
                }
            }
        }

        @Override
        public void cameLate(Outcome.Answered answer) {
            if (outcome.isDone()) {
                group.cameLate(question, answer);
            } else {
                end(answer);
            }
        }

        /** RFC 6672, section 2.2: a name that a DNAME makes too long is too long for every server. */
        private static boolean isFact(Outcome.Failure failure) {
            return failure.rcode() == Rcode.YXDOMAIN;
        }
    }
}
