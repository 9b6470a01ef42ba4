// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.noData;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.Transport;
import nat64.dns64.synthesis.View;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** When the AAAA and the A question are asked (RFC 6147, section 5.1.8), with upstream answers that come on command. */
class PipelineTest {

    private static final String PREF64 = "2001:db8:64::/96";
    private static final long START = 1_000;
    private static final Outcome A = data("www.example.org. 60 IN A 192.0.2.33");
    private static final Outcome REAL = data("www.example.org. 60 IN AAAA 2001:db8::1");

    private final CompletableFuture<Outcome> aaaa = new CompletableFuture<>();
    private CompletableFuture<Outcome> aaaaOfNeighbour = aaaa;
    private final CompletableFuture<Outcome> a = new CompletableFuture<>();
    private final CompletableFuture<Question> askedForA = new CompletableFuture<>();
    private final Map<Integer, Long> deadlines = new ConcurrentHashMap<>();
    private final Upstream upstream = this::ask;
    private final Pipeline pipeline = pipeline();

    @Test
    @Tag("R-17")
    void asksForAWhenAaaaTakesLong() throws Exception {
        var answer = answer();

        assertThat(askedForA.get(5, TimeUnit.SECONDS).type()).isEqualTo(Type.A);
        assertThat(answer).isNotDone();
    }

    @Test
    void waitsForAaaaThoughAIsKnown() throws Exception {
        var answer = answer();
        askedForA.get(5, TimeUnit.SECONDS);
        a.complete(A);
        assertThat(answer).isNotDone();

        aaaa.complete(REAL);

        assertThat(answer.join().reason()).isEqualTo(AnswerReason.NATIVE);
    }

    @Test
    @Tag("R-15")
    void answersAtOnceWhenAaaaFailsAndAIsKnown() throws Exception {
        var answer = answer();
        askedForA.get(5, TimeUnit.SECONDS);
        a.complete(A);
        aaaa.complete(new Outcome.Timeout());

        assertThat(answer.join().reason()).isEqualTo(AnswerReason.SYNTHESIZED_AFTER_TIMEOUT);
    }

    @Test
    @Tag("R-11")
    void asksForNoAWhenAaaaIsKnown() {
        aaaa.complete(REAL);

        assertThat(answer().join().reason()).isEqualTo(AnswerReason.NATIVE);
        assertThat(deadlines).containsOnlyKeys(Type.AAAA);
    }

    @Test
    @Tag("R-13")
    void asksForAAtOnceWhenThereIsNoAaaa() {
        aaaa.complete(noData(SOA));
        var answer = answer();

        assertThat(askedForA).isDone();
        a.complete(A);
        assertThat(answer.join().reason()).isEqualTo(AnswerReason.SYNTHESIZED);
    }

    @Test
    @Tag("R-16")
    void leavesTimeForAAfterAaaaWithinTheBudget() {
        aaaa.complete(noData(SOA));
        var _ = answer();

        assertThat(deadlines.get(Type.AAAA)).isLessThan(deadlines.get(Type.A));
        assertThat(deadlines.get(Type.A)).isLessThanOrEqualTo(START + TimeUnit.MILLISECONDS.toNanos(2500));
    }

    @Test
    @Tag("R-17")
    void waitsShortlyForAaaaWhereAaaaQuestionsAreDropped() {
        aaaa.complete(new Outcome.Timeout());
        a.complete(A);
        assertThat(answer().join().reason()).isEqualTo(AnswerReason.SYNTHESIZED_AFTER_TIMEOUT);
        aaaaOfNeighbour = new CompletableFuture<>();

        var neighbour = answer("mail.example.org.");

        assertThat(neighbour).succeedsWithin(2, TimeUnit.SECONDS);
        assertThat(neighbour.join().reason()).isEqualTo(AnswerReason.SYNTHESIZED_AFTER_TIMEOUT);
        assertThat(aaaaOfNeighbour).isNotDone();
    }

    @Test
    void prefersRealRecordsWhereAaaaQuestionsWereDropped() {
        aaaa.complete(new Outcome.Timeout());
        a.complete(A);
        assertThat(answer().join().reason()).isEqualTo(AnswerReason.SYNTHESIZED_AFTER_TIMEOUT);
        aaaaOfNeighbour = new CompletableFuture<>();

        var neighbour = answer("mail.example.org.");
        aaaaOfNeighbour.complete(REAL);

        assertThat(neighbour.join().reason()).isEqualTo(AnswerReason.NATIVE);
    }

    /** A denial of the name would deny its PTR record, too (RFC 8020). */
    @Test
    void aReverseNameInsideAPref64HasNoOtherTypes() {
        var reverse = "1.2.2.0.0.0.0.c." + "0.".repeat(8) + "0.0.0.0.4.6.0.0.8.b.d.0.1.0.0.2.ip6.arpa.";
        var question = Record.newRecord(name(reverse), Type.TXT, DClass.IN);
        var view = View.of(List.of(Pref64.parse(PREF64)));
        var edns = Query.Edns.plain(0, 1232, true);
        var answer = pipeline.answer(new Query(1, question, true, false, false, edns, Transport.UDP), view)
                .toCompletableFuture()
                .join();

        assertThat(answer.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.reason()).isEqualTo(AnswerReason.LOCAL);
        assertThat(answer.sections().negativeTtl()).isPresent();
        assertThat(deadlines).isEmpty();

        var _ = pipeline.answer(new Query(1, question, true, true, false, edns, Transport.UDP), view);
        assertThat(deadlines).as("who checks signatures gets what there is").containsOnlyKeys(Type.TXT);
    }

    private CompletableFuture<Answer> answer() {
        return answer("www.example.org.");
    }

    private CompletableFuture<Answer> answer(String asked) {
        var question = Record.newRecord(name(asked), Type.AAAA, DClass.IN);
        return pipeline.answer(
                        new Query(1, question, true, false, false, null, Transport.UDP),
                        View.of(List.of(Pref64.parse(PREF64))))
                .toCompletableFuture();
    }

    private CompletionStage<Outcome> ask(Question question, long deadlineNanos) {
        deadlines.put(question.type(), deadlineNanos);
        if (question.type() == Type.AAAA) {
            return question.name().equals(name("www.example.org.")) ? aaaa : aaaaOfNeighbour;
        }
        askedForA.complete(question);
        return a;
    }

    private Pipeline pipeline() {
        return Pipelines.pipeline(upstream, () -> START, PREF64);
    }
}
