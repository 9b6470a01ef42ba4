// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static nat64.dns64.testing.Records.name;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import nat64.dns64.network.EventLoops;
import nat64.dns64.settings.UpstreamPolicy;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.upstream.connection.TlsTrust;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/** Servers on loopback, asked from one event loop; the question is for the address of www.example.org. */
public final class UpstreamBed implements AutoCloseable {

    public static final Question QUESTION = question("www.example.org.");
    static final Duration TIMEOUT = Duration.ofMillis(500);

    final EventLoops loops = new EventLoops(1);
    final BlockingQueue<Outcome> late = new LinkedBlockingQueue<>();
    private final Optional<Path> authorities;

    UpstreamBed() {
        this(Optional.empty());
    }

    UpstreamBed(Optional<Path> authorities) {
        this.authorities = authorities;
    }

    static Question question(String name) {
        return new Question(name(name), Type.A, DClass.IN, false, false);
    }

    RemoteServer server(UpstreamServer server) {
        return server(server, false);
    }

    RemoteServer server(UpstreamServer server, boolean randomizesCase) {
        var trust = new TlsTrust(List.of(server), authorities);
        return new RemoteServer(server, loops, trust, randomizesCase, System::nanoTime);
    }

    UpstreamGroup group(UpstreamPolicy policy, Duration timeout, RemoteServer... servers) {
        return new UpstreamGroup(List.of(servers), policy, timeout, loops, (_, answer) -> late.add(answer));
    }

    UpstreamGroup group(RemoteServer... servers) {
        return group(UpstreamPolicy.SEQUENTIAL, TIMEOUT, servers);
    }

    /** A server by itself, asked once per question. */
    public Upstream alone(RemoteServer server) {
        return (question, deadlineNanos) -> {
            var answer = new CompletableFuture<Outcome>();
            loops.get(0)
                    .execute(() -> server.ask(0, question, deadlineNanos - System.nanoTime(), new Exchange.Asker() {
                        @Override
                        public void ended(Outcome outcome) {
                            answer.complete(outcome);
                        }

                        @Override
                        public void cameLate(Outcome.Answered outcome) {
                            late.add(outcome);
                        }
                    }));
            return answer;
        };
    }

    static Outcome ask(Upstream upstream, long millis) {
        return ask(upstream, QUESTION, millis);
    }

    static Outcome ask(Upstream upstream, Question question, long millis) {
        return upstream.ask(question, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis))
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() {
        loops.close();
    }
}
