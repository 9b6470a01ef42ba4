// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nat64.dns64.cache.DenialScope;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import nat64.dns64.message.Upstream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Answers whose time is nearly up, or over (RFC 8767). */
class StaleAnswersTest {

    private static final Question QUESTION = new Question(name("www.example.org."), Type.A, DClass.IN, false, false);

    private final List<CompletableFuture<Outcome>> asked = new ArrayList<>();
    private long nanos;
    private final MessageCache cache = new MessageCache(1 << 16, Duration.ofDays(1), () -> nanos);
    private final Upstream upstream = new CachedUpstream(cache, DenialScope.ALL, (_, _) -> {
        var answer = new CompletableFuture<Outcome>();
        asked.add(answer);
        return answer;
    });

    @Test
    @Tag("R-92")
    @Tag("R-93")
    void areUsedForThirtySecondsWhereNobodyKnowsMore() {
        know();
        pass(Duration.ofHours(1));
        for (var trouble : List.of(new Outcome.Timeout(), new Outcome.Failure(Rcode.REFUSED))) {
            var answer = ask();
            asked.getLast().complete(trouble);

            var stale = (Outcome.Data) answer.join();
            assertThat(stale.sections().stale()).isTrue();
            assertThat(stale.sections().lowestTtl()).hasValue(Sections.STALE_TTL);
            pass(Duration.ofMinutes(1));
        }
    }

    @Test
    @Tag("R-92")
    void areUsedAtOnceWhileAFailureIsRemembered() {
        know();
        pass(Duration.ofHours(1));
        var _ = ask();
        asked.getLast().complete(new Outcome.Timeout());

        assertThat(ask())
                .isCompletedWithValueMatching(
                        known -> ((Outcome.Data) known).sections().stale());
        assertThat(asked).hasSize(2);
    }

    @Test
    @Tag("R-92")
    void areUsedAfterLessThanTwoSecondsOfSilence() throws Exception {
        know();
        pass(Duration.ofHours(1));

        var stale = (Outcome.Data) ask().get(10, TimeUnit.SECONDS);

        assertThat(stale.sections().stale()).isTrue();
    }

    @Test
    @Tag("R-92")
    void giveWayToNewOnesAndToDenials() {
        know();
        pass(Duration.ofHours(1));
        var answer = ask();
        asked.getLast().complete(new Outcome.NxDomain(Sections.EMPTY));

        assertThat(answer).isCompletedWithValue(new Outcome.NxDomain(Sections.EMPTY));
    }

    @Test
    @Tag("R-126")
    void areNotUsedInPlaceOfForgedOnes() {
        know();
        pass(Duration.ofHours(1));
        var answer = ask();
        asked.getLast().complete(new Outcome.Bogus(6));

        assertThat(answer).isCompletedWithValue(new Outcome.Bogus(6));
    }

    @Test
    @Tag("R-92")
    void areForgottenAfterADay() {
        know();
        pass(Duration.ofHours(26));
        var answer = ask();
        asked.getLast().complete(new Outcome.Timeout());

        assertThat(answer).isCompletedWithValue(new Outcome.Timeout());
    }

    /** Clients with DO, and those with CD, get them too. */
    @ParameterizedTest
    @CsvSource({
        "false, false,  true, false, true", // those of clients without DO for one with DO
        "true, false,   false, false, true",
        "false, false,  true, true, true", // those that were checked for one that checks itself
        "true, false,   true, true, true",
        "true, true,    false, true, true",
        "true, true,    true, false, false", // but not the other way round
    })
    @Tag("R-92")
    void standInForThoseWithOtherFlags(
            boolean dnssecOk,
            boolean checkingDisabled,
            boolean asksWithDnssecOk,
            boolean asksWithCheckingDisabled,
            boolean used) {
        var _ = ask(QUESTION.with(dnssecOk, checkingDisabled));
        asked.getLast().complete(data("www.example.org. 3600 IN A 192.0.2.1"));
        for (var age : List.of(Duration.ZERO, Duration.ofHours(2))) {
            pass(age);
            var answer = ask(QUESTION.with(asksWithDnssecOk, asksWithCheckingDisabled));
            asked.getLast().complete(new Outcome.Timeout());

            assertThat(answer.join() instanceof Outcome.Data(var sections) && sections.stale())
                    .isEqualTo(used);
        }
    }

    @Test
    void standInForNothingWhereNoneAreWanted() {
        var fresh = new MessageCache(1 << 16, () -> nanos);
        fresh.store(QUESTION, data("www.example.org. 3600 IN A 192.0.2.1"));

        assertThat(fresh.look(QUESTION.with(true, false)).stale()).isNull();
    }

    @Test
    void areAskedForAgainInTheLastTenthOfTheirLife() {
        know();
        pass(Duration.ofSeconds(3200));
        var _ = ask();
        assertThat(asked).hasSize(1);
        pass(Duration.ofSeconds(100));

        assertThat(ask()).isCompletedWithValueMatching(Outcome.Data.class::isInstance);
        assertThat(ask()).isDone();

        assertThat(asked).as("once for all").hasSize(2);
        asked.getLast().complete(data("www.example.org. 3600 IN A 192.0.2.2"));
        assertThat(ask()).isCompletedWithValue(data("www.example.org. 3600 IN A 192.0.2.2"));
    }

    @Test
    void areForgottenWithAllNamesBelowThem() {
        know();

        assertThat(cache.forget(name("example.org."))).isEqualTo(1);

        assertThat(cache.find(QUESTION)).isNull();
        assertThat(cache.look(QUESTION).stale()).isNull();
        assertThat(cache.bytes()).isZero();
    }

    private void know() {
        var _ = ask();
        asked.getLast().complete(data("www.example.org. 3600 IN A 192.0.2.1"));
    }

    private CompletableFuture<Outcome> ask() {
        return ask(QUESTION);
    }

    private CompletableFuture<Outcome> ask(Question question) {
        return upstream.ask(question, 1).toCompletableFuture();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
