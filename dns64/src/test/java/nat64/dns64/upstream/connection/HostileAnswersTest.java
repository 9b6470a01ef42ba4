// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.testing.FakeUpstream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Answers that are made to cost as much processor time as they can, and the largest honest ones beside them. */
@Tag("R-137")
class HostileAnswersTest {

    private static final Question QUESTION = new Question(name("n0.example.org."), Type.A, DClass.IN, false, false);
    private static final Message QUERY = Message.newQuery(Record.newRecord(QUESTION.name(), Type.A, DClass.IN));
    private static final Outcome FAILURE = new Outcome.Failure(Rcode.SERVFAIL);

    /** Milliseconds of processor time for one answer. */
    private static final double MOST_MILLIS = 20;

    private static final int ROUNDS = 20;

    @ParameterizedTest
    @CsvSource({"16, true", "17, false"})
    @Tag("R-50")
    void followsSixteenAliasesOfOneAnswer(int aliases, boolean found) throws IOException {
        var answer = new ArrayList<>(lines(aliases, i -> alias(i, i + 1)));
        answer.add("n" + aliases + ".example.org. 60 IN A 192.0.2.1");

        assertThat(read(answer) instanceof Outcome.Data).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({"100, true", "101, false"})
    void takesHundredRecordsOfOneType(int records, boolean taken) throws IOException {
        assertThat(read(lines(records, HostileAnswersTest::address)) instanceof Outcome.Data)
                .isEqualTo(taken);
    }

    @Test
    @Tag("R-50")
    void failsOnAliasesInACircle() throws IOException {
        assertThat(read(List.of(alias(0, 1), alias(1, 0)))).isEqualTo(FAILURE);
        assertThat(read(List.of(alias(0, 0)))).isEqualTo(FAILURE);
        assertThat(read(List.of(alias(0, 1), alias(1, 2), alias(2, 1)))).isEqualTo(FAILURE);
    }

    @Test
    void findsAliasesInAnyOrder() throws IOException {
        var outcome = read(List.of("n2.example.org. 60 IN A 192.0.2.1", alias(1, 2), alias(0, 1)));

        assertThat(text(((Outcome.Answered) outcome).sections().answer()))
                .containsExactly(alias(0, 1), alias(1, 2), "n2.example.org. 60 IN A 192.0.2.1");
    }

    /** RFC 6672, section 3.1: it is as old as the record that it is made from. */
    @Test
    void givesAnAliasThatItMakesTheTtlOfItsDname() throws IOException {
        var outcome = read(List.of("example.org. 60 IN DNAME example.com.", "n0.example.com. 60 IN A 192.0.2.1"));

        assertThat(text(((Outcome.Answered) outcome).sections().answer()))
                .containsExactly(
                        "example.org. 60 IN DNAME example.com.",
                        "n0.example.org. 60 IN CNAME n0.example.com.",
                        "n0.example.com. 60 IN A 192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a chain of aliases",
                "4000 addresses",
                "399 addresses",
                "399 names",
                "deep names",
                "399 signatures",
                "a full authority section"
            })
    void takesLittleProcessorTime(String kind) throws IOException {
        byte[] response = hostile(kind);
        var threads = ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadCpuTime();
            readAsReceived(response);
            least = Math.min(least, threads.getCurrentThreadCpuTime() - before);
        }

        assertThat(least / 1e6).as("milliseconds for %s", kind).isLessThan(MOST_MILLIS);
    }

    private static byte[] hostile(String kind) {
        return switch (kind) {
            case "a chain of aliases" -> response(lines(1500, i -> alias(i, i + 1)), List.of());
            case "4000 addresses" -> response(lines(4000, HostileAnswersTest::address), List.of());
            case "399 addresses" -> response(lines(399, HostileAnswersTest::address), List.of());
            case "399 names" -> response(lines(399, i -> "n%d.example.org. 60 IN A 192.0.2.1".formatted(i)), List.of());
            case "deep names" -> response(lines(60, i -> "n0.example.org. 60 IN MX 1 " + deep(i)), List.of());
            case "399 signatures" ->
                response(
                        lines(
                                399,
                                i -> "n0.example.org. 60 IN RRSIG A 8 3 60 20301231000000 20200101000000 " + i
                                        + " example.org. AAAA"),
                        List.of());
            case "a full authority section" ->
                response(
                        List.of(),
                        lines(399, i -> "n%d.example.org. 60 IN NSEC n%d.example.org. A".formatted(i, i + 1)));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static String deep(int number) {
        return "x.".repeat(110) + "n" + number + ".example.org.";
    }

    private static String alias(int from, int to) {
        return "n%d.example.org. 60 IN CNAME n%d.example.org.".formatted(from, to);
    }

    private static String address(int number) {
        return "n0.example.org. 60 IN A 10.0.%d.%d".formatted(number / 256, number % 256);
    }

    private static List<String> lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).toList();
    }

    private static byte[] response(List<String> answer, List<String> authority) {
        return FakeUpstream.response(QUERY, Rcode.NOERROR, answer, authority).toWire();
    }

    private static Outcome read(List<String> answer) throws IOException {
        return readAsReceived(response(answer, List.of()));
    }

    /** As {@code Exchange} does. */
    private static Outcome readAsReceived(byte[] response) throws IOException {
        return AnswerReader.admits(response) ? AnswerReader.read(new Message(response), QUESTION) : FAILURE;
    }
}
