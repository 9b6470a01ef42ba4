// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import nat64.dns64.cache.DenialScope;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class CachedUpstreamTest {

    private static final Question QUESTION = new Question(name("www.example.org."), Type.A, DClass.IN, false, false);
    private static final Outcome DATA = data("www.example.org. 60 IN A 192.0.2.1");

    private final List<CompletableFuture<Outcome>> asked = new ArrayList<>();
    private final MessageCache cache = new MessageCache(1 << 16, () -> 0);
    private final Upstream upstream = new CachedUpstream(cache, DenialScope.ALL, (_, _) -> {
        var answer = new CompletableFuture<Outcome>();
        asked.add(answer);
        return answer;
    });

    @Test
    @Tag("R-94")
    void asksOnceForAllWhoWait() {
        var one = upstream.ask(QUESTION, 1).toCompletableFuture();
        var other = upstream.ask(QUESTION, 1).toCompletableFuture();
        assertThat(one).isNotDone();

        asked.getFirst().complete(DATA);

        assertThat(asked).hasSize(1);
        assertThat(one).isCompletedWithValue(DATA);
        assertThat(other).isCompletedWithValue(DATA);
    }

    @Test
    @Tag("R-94")
    void asksOnceForAThreadThatLookedJustBeforeTheAnswerCame() throws Exception {
        var count = new AtomicInteger();
        var immediate = new CachedUpstream(new MessageCache(1 << 24, () -> 0), DenialScope.ALL, (_, _) -> {
            count.incrementAndGet();
            return CompletableFuture.completedStage(DATA);
        });
        int rounds = 5_000;
        try (var threads = Executors.newFixedThreadPool(2)) {
            var start = new CyclicBarrier(2);
            Callable<Void> asker = () -> {
                for (int round = 0; round < rounds; round++) {
                    var question = new Question(name("n" + round + "."), Type.A, DClass.IN, false, false);
                    start.await();
                    immediate.ask(question, 1);
                }
                return null;
            };
            for (var done : threads.invokeAll(List.of(asker, asker))) {
                done.get();
            }
        }
        assertThat(count).hasValue(rounds);
    }

    @Test
    @Tag("R-94")
    void letsNotTooManyWaitForOneAnswer() {
        for (int i = 0; i < CachedUpstream.MOST_WAITING; i++) {
            assertThat(upstream.ask(QUESTION, 1).toCompletableFuture()).isNotDone();
        }

        assertThat(upstream.ask(QUESTION, 1).toCompletableFuture())
                .isCompletedWithValue(new Outcome.Failure(Rcode.SERVFAIL));
        assertThat(asked).hasSize(1);
    }

    @Test
    void answersFromTheCacheAfterwards() {
        upstream.ask(QUESTION, 1);
        asked.getFirst().complete(DATA);

        assertThat(upstream.ask(QUESTION, 1).toCompletableFuture()).isCompletedWithValue(DATA);
        assertThat(asked).hasSize(1);
    }

    @Test
    void asksOtherQuestionsOnTheirOwn() {
        upstream.ask(QUESTION, 1);
        upstream.ask(QUESTION.withType(Type.AAAA), 1);

        assertThat(asked).hasSize(2);
    }

    @Test
    void asksAgainWhatCouldNotBeKept() {
        upstream.ask(QUESTION, 1);
        asked.getFirst().complete(data("www.example.org. 0 IN A 192.0.2.1"));
        upstream.ask(QUESTION, 1);

        assertThat(asked).hasSize(2);
    }

    @Test
    void turnsADefectBelowIntoAFailure() {
        var answer = upstream.ask(QUESTION, 1).toCompletableFuture();
        asked.getFirst().completeExceptionally(new IllegalStateException());

        assertThat(answer).isCompletedWithValue(new Outcome.Failure(Rcode.SERVFAIL));
    }

    @Test
    void asksAgainAfterADefectBelowThatWasThrown() {
        var broken = new CachedUpstream(cache, DenialScope.ALL, (_, _) -> {
            throw new IllegalStateException();
        });

        assertThat(broken.ask(QUESTION, 1).toCompletableFuture())
                .isCompletedWithValue(new Outcome.Failure(Rcode.SERVFAIL));
        assertThat(broken.ask(QUESTION, 1).toCompletableFuture())
                .isCompletedWithValue(new Outcome.Failure(Rcode.SERVFAIL));
    }
}
