// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.synthesis;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.noData;
import static nat64.dns64.testing.Records.nxDomain;
import static nat64.dns64.testing.Records.soa;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Sections;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

class SynthesizerTest {

    private static final String A = "www.example.org. 120 IN A 192.0.2.33";
    private static final String MADE = "www.example.org. 120 IN AAAA 2001:db8:64:0:0:0:c000:221";
    private static final String REAL = "www.example.org. 120 IN AAAA 2001:db8:1:0:0:0:0:1";
    private static final String MAPPED = "www.example.org. 120 IN AAAA ::ffff:192.0.2.1";

    private static final Outcome SERVFAIL = new Outcome.Failure(Rcode.SERVFAIL);
    private static final Outcome REFUSED = new Outcome.Failure(Rcode.REFUSED);
    private static final Outcome TIMEOUT = new Outcome.Timeout();
    private static final Outcome NO_AAAA = noData(SOA);
    private static final Outcome NO_A = noData(soa(800, 200));
    private static final Outcome NONE = nxDomain(SOA);

    private final Heart synthesizer = synthesizer("2001:db8:64::/96");

    @ParameterizedTest(name = "AAAA {0}, A {1}")
    @MethodSource("decisions")
    @Tag("R-11")
    @Tag("R-13")
    @Tag("R-14")
    @Tag("R-15")
    @Tag("R-16")
    @Tag("R-23")
    @Tag("R-24")
    @Tag("R-25")
    @Tag("R-26")
    @Tag("R-30")
    @Tag("R-126")
    void decidesAsSection5Says(Outcome aaaa, Outcome a, Plan expected) {
        assertThat(synthesizer.decide(aaaa, a)).isEqualTo(expected);
    }

    static Stream<Arguments> decisions() {
        var ours = new Sections(records(MADE), List.of(), List.of());
        return Stream.of(
                // 5.1.1: real AAAA records win, whatever is known about A
                arguments(data(REAL), data(A), new Plan.Native(data(REAL).sections())),
                arguments(data(REAL), TIMEOUT, new Plan.Native(data(REAL).sections())),
                // 5.1.2: NXDOMAIN goes to the client, whatever is known about A
                arguments(NONE, data(A), new Plan.NxDomain(nxDomain(SOA).sections())),
                // 5.1.2: no AAAA, or any other RCODE
                arguments(NO_AAAA, data(A), new Plan.Synthesized(ours, Plan.Basis.NO_AAAA)),
                arguments(SERVFAIL, data(A), synthesizedFor60Seconds(Plan.Basis.FAILURE)),
                arguments(REFUSED, data(A), synthesizedFor60Seconds(Plan.Basis.FAILURE)),
                arguments(new Outcome.Failure(Rcode.NOTIMP), data(A), synthesizedFor60Seconds(Plan.Basis.FAILURE)),
                // 5.1.3: a timeout counts as RCODE 2
                arguments(TIMEOUT, data(A), synthesizedFor60Seconds(Plan.Basis.TIMEOUT)),
                // 5.1.4: only excluded AAAA records count as none
                arguments(new Outcome.Bogus(6), data(A), new Plan.Failed(new Outcome.Bogus(6))), // R126
                arguments(NO_AAAA, new Outcome.Bogus(7), new Plan.Failed(new Outcome.Bogus(7))),
                arguments(data(MAPPED), data(A), new Plan.Synthesized(ours, Plan.Basis.NO_AAAA_FOR_NOW)),
                arguments(
                        data(MAPPED),
                        NO_A,
                        new Plan.NoData(noData(soa(800, 200)).sections())),
                // 5.1.6: errors of the A question
                arguments(NO_AAAA, SERVFAIL, new Plan.Failed(new Outcome.Failure(Rcode.SERVFAIL))),
                arguments(NO_AAAA, TIMEOUT, new Plan.Failed(new Outcome.Timeout())),
                arguments(NO_AAAA, NONE, new Plan.NxDomain(nxDomain(SOA).sections())),
                arguments(data(MAPPED), TIMEOUT, new Plan.Failed(new Outcome.Timeout())),
                arguments(SERVFAIL, NONE, new Plan.NxDomain(nxDomain(SOA).sections())),
                arguments(TIMEOUT, TIMEOUT, new Plan.Failed(new Outcome.Timeout())),
                arguments(TIMEOUT, REFUSED, new Plan.Failed(new Outcome.Failure(Rcode.REFUSED))),
                // 5.4: no A records: the response to the client's own question
                arguments(NO_AAAA, NO_A, new Plan.NoData(noData(SOA).sections())),
                arguments(SERVFAIL, NO_A, new Plan.Failed(new Outcome.Failure(Rcode.SERVFAIL))),
                arguments(REFUSED, NO_A, new Plan.Failed(new Outcome.Failure(Rcode.REFUSED))),
                arguments(TIMEOUT, NO_A, new Plan.Failed(new Outcome.Timeout())));
    }

    private static Plan synthesizedFor60Seconds(Plan.Basis basis) {
        return new Plan.Synthesized(data(MADE.replace("120", "60")).sections(), basis);
    }

    @ParameterizedTest
    @MethodSource("settled")
    @Tag("R-14")
    void needsNoARecordsWhenAaaaSettlesIt(Outcome aaaa) {
        assertThat(synthesizer.decide(aaaa)).isPresent();
    }

    static Stream<Outcome> settled() {
        return Stream.of(data(REAL), data(REAL, MAPPED), NONE);
    }

    @ParameterizedTest
    @MethodSource("unsettled")
    void needsARecordsWhenAaaaDoesNotSettleIt(Outcome aaaa) {
        assertThat(synthesizer.decide(aaaa)).isEmpty();
    }

    static Stream<Outcome> unsettled() {
        return Stream.of(NO_AAAA, SERVFAIL, REFUSED, TIMEOUT, data(MAPPED));
    }

    @Test
    @Tag("R-14")
    void treatsNxDomainBehindAliasesAsNxDomain() {
        var dead = nxDomain(SOA, "www.example.org. 60 IN CNAME gone.example.org.");

        assertThat(synthesizer.decide(dead)).contains(new Plan.NxDomain(dead.sections()));
    }

    @ParameterizedTest(name = "A {0}, SOA {1} with MINIMUM {2}: {3}")
    @CsvSource({"120, 900, 300, 120", "500, 900, 300, 300", "500, 200, 300, 200", "0, 900, 300, 0", "500, 0, 300, 0"})
    @Tag("R-60")
    @Tag("R-61")
    void limitsTtlByAAndByTheDenialOfAaaa(long a, long soa, long minimum, long expected) {
        var plan = synthesizer.decide(noData(soa(soa, minimum)), data("www.example.org. " + a + " IN A 192.0.2.33"));

        assertThat(answer(plan)).extracting(Record::getTTL).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "600, 600", "3600, 600"})
    @Tag("R-62")
    void limitsTtlTo600SecondsWithoutSoa(long a, long expected) {
        var plan = synthesizer.decide(
                new Outcome.NoData(Sections.EMPTY), data("www.example.org. " + a + " IN A 192.0.2.33"));

        assertThat(answer(plan)).extracting(Record::getTTL).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("failures")
    @Tag("R-63")
    void limitsTtlTo60SecondsAfterAFailure(Outcome aaaa) {
        assertThat(answer(synthesizer.decide(aaaa, data(A))))
                .extracting(Record::getTTL)
                .containsExactly(60L);
        assertThat(answer(synthesizer.decide(aaaa, data("www.example.org. 7 IN A 192.0.2.33"))))
                .extracting(Record::getTTL)
                .containsExactly(7L);
    }

    static Stream<Outcome> failures() {
        return Stream.of(SERVFAIL, REFUSED, TIMEOUT);
    }

    @Test
    @Tag("R-60")
    void takesTheSoaWhateverItsOwner() {
        var denial = noData("org. 77 IN SOA ns.example.org. hostmaster.example.org. 1 2 3 4 99");

        assertThat(answer(synthesizer.decide(denial, data(A))))
                .extracting(Record::getTTL)
                .containsExactly(77L);
    }

    @Test
    @Tag("R-65")
    void givesAllRecordsOfASetTheLowestTtl() {
        var plan = synthesizer.decide(
                NO_AAAA, data("www.example.org. 50 IN A 192.0.2.1", "www.example.org. 70 IN A 192.0.2.2"));

        assertThat(answer(plan)).extracting(Record::getTTL).containsExactly(50L, 50L);
    }

    @ParameterizedTest(name = "{0} aliases")
    @CsvSource({"0", "1", "2", "7", "15"})
    @Tag("R-22")
    @Tag("R-46")
    void putsTheChainBeforeTheRecordsOfItsEnd(int length) {
        var chain = IntStream.range(0, length)
                .mapToObj(i -> "n%d.example.org. 1000 IN CNAME n%d.example.org.".formatted(i, i + 1))
                .collect(Collectors.toList());
        var expected = Stream.concat(
                        chain.stream(), Stream.of("n" + length + ".example.org. 60 IN AAAA 2001:db8:64:0:0:0:c000:201"))
                .toList();
        chain.add("n" + length + ".example.org. 60 IN A 192.0.2.1");

        var plan = synthesizer.decide(NO_AAAA, data(chain.toArray(String[]::new)));

        assertThat(text(answer(plan)))
                .containsExactlyElementsOf(expected.stream()
                        .map(line -> text(records(line)).getFirst())
                        .toList());
    }

    @Test
    @Tag("R-49")
    void keepsDnameAndItsCnameInOrder() {
        var plan = synthesizer.decide(
                NO_AAAA,
                data(
                        "old.example.org. 300 IN DNAME new.example.org.",
                        "www.old.example.org. 300 IN CNAME www.new.example.org.",
                        "www.new.example.org. 60 IN A 192.0.2.1"));

        assertThat(text(answer(plan)))
                .containsExactly(
                        "old.example.org. 300 IN DNAME new.example.org.",
                        "www.old.example.org. 300 IN CNAME www.new.example.org.",
                        "www.new.example.org. 60 IN AAAA 2001:db8:64:0:0:0:c000:201");
    }

    @Test
    @Tag("R-48")
    void usesTheChainOfTheAAnswerAlone() {
        var plan = synthesizer.decide(
                noData(SOA, "www.example.org. 60 IN CNAME east.example.org."),
                data("www.example.org. 60 IN CNAME west.example.org.", "west.example.org. 60 IN A 192.0.2.1"));

        assertThat(text(answer(plan)))
                .containsExactly(
                        "www.example.org. 60 IN CNAME west.example.org.",
                        "west.example.org. 60 IN AAAA 2001:db8:64:0:0:0:c000:201");
    }

    @Test
    @Tag("R-31")
    void showsOnlyTheAaaaRecordsThatAreNotExcluded() {
        var plan = synthesizer.decide(data(MAPPED, REAL));

        assertThat(plan).contains(new Plan.Native(data(REAL).sections()));
    }

    @Test
    @Tag("R-31")
    void takesTheSignatureAwayFromASetThatLostRecords() {
        var signature = "www.example.org. 120 IN RRSIG AAAA 13 3 120 20300101000000 20200101000000 1 example.org. AAAA";

        assertThat(synthesizer.decide(data(MAPPED, REAL, signature)))
                .contains(new Plan.Native(data(REAL).sections()));
        assertThat(synthesizer.decide(data(REAL, signature)))
                .contains(new Plan.Native(data(REAL, signature).sections()));
    }

    @Test
    @Tag("R-55")
    void takesTheSignatureOfAAwayAndKeepsTheOneOfTheAlias() {
        var overAlias = "www.example.org. 60 IN RRSIG CNAME 13 3 60 20300101000000 20200101000000 1 example.org. AAAA";
        var overA = "w.example.org. 60 IN RRSIG A 13 3 60 20300101000000 20200101000000 1 example.org. AAAA";

        var plan = synthesizer.decide(
                NO_AAAA,
                data(
                        "www.example.org. 60 IN CNAME w.example.org.",
                        overAlias,
                        "w.example.org. 60 IN A 192.0.2.1",
                        overA));

        assertThat(answer(plan))
                .containsExactlyElementsOf(records(
                        "www.example.org. 60 IN CNAME w.example.org.",
                        overAlias,
                        "w.example.org. 60 IN AAAA 2001:db8:64::c000:201"));
    }

    @Test
    @Tag("R-47")
    @Tag("R-56")
    void makesOneRecordPerAddressAndPrefix() {
        var two = synthesizer("2001:db8:64::/96", "2001:db8:122:344::/64");

        var plan =
                two.decide(NO_AAAA, data("www.example.org. 60 IN A 192.0.2.33", "www.example.org. 60 IN A 192.0.2.34"));

        assertThat(answer(plan))
                .containsExactlyElementsOf(records(
                        "www.example.org. 60 IN AAAA 2001:db8:64::c000:221",
                        "www.example.org. 60 IN AAAA 2001:db8:122:344:c0:2:2100::",
                        "www.example.org. 60 IN AAAA 2001:db8:64::c000:222",
                        "www.example.org. 60 IN AAAA 2001:db8:122:344:c0:2:2200::"));
    }

    @Test
    @Tag("R-44")
    void showsARepeatedAddressOnce() {
        assertThat(answer(synthesizer.decide(NO_AAAA, data(A, A)))).hasSize(1);
    }

    @Test
    @Tag("R-137")
    void looksAtAHundredARecordsAtMost() {
        var many = IntStream.range(0, 200)
                .mapToObj(i -> "www.example.org. 60 IN A 192.0.2." + i)
                .toArray(String[]::new);

        assertThat(answer(synthesizer.decide(NO_AAAA, data(many)))).hasSize(Synthesizer.MAX_A_RECORDS);
    }

    @Test
    @Tag("R-34")
    @Tag("R-35")
    void answersNoDataWhenNoAddressMayBeMapped() {
        var wellKnown = synthesizer("64:ff9b::/96");
        var onlyPrivate = data("www.example.org. 60 IN CNAME w.example.org.", "w.example.org. 60 IN A 10.0.0.1");

        assertThat(wellKnown.decide(NO_AAAA, onlyPrivate))
                .isEqualTo(new Plan.NoData(noData(SOA).sections(), Plan.Absence.NOT_MAPPED));
        assertThat(wellKnown.decide(SERVFAIL, onlyPrivate)).isEqualTo(new Plan.Failed((Outcome.Unanswered) SERVFAIL));
        assertThat(wellKnown.decide(data(MAPPED), onlyPrivate))
                .isEqualTo(new Plan.NoData(
                        data("www.example.org. 60 IN CNAME w.example.org.").sections(), Plan.Absence.NOT_MAPPED));
    }

    @Test
    @Tag("R-34")
    @Tag("R-35")
    void judgesEachAddressAlone() {
        var wellKnown = synthesizer("64:ff9b::/96");

        var plan = wellKnown.decide(NO_AAAA, data("n.example.org. 60 IN A 10.0.0.1", "n.example.org. 60 IN A 8.8.8.8"));

        assertThat(answer(plan)).containsExactlyElementsOf(records("n.example.org. 60 IN AAAA 64:ff9b::808:808"));
    }

    @Test
    @Tag("R-51")
    @Tag("R-52")
    void keepsAuthorityAndAdditionalOfTheAAnswerUnchanged() {
        var a = new Sections(
                records(A),
                records("example.org. 60 IN NS ns.example.org."),
                records("ns.example.org. 60 IN A 192.0.2.53"));

        var plan = synthesizer.decide(NO_AAAA, new Outcome.Data(a));

        assertThat(plan).isEqualTo(new Plan.Synthesized(a.withAnswer(records(MADE)), Plan.Basis.NO_AAAA));
    }

    private static List<Record> answer(Plan plan) {
        return ((Plan.Synthesized) plan).sections().answer();
    }

    private static List<Record> records(String... lines) {
        return nat64.dns64.testing.Records.records(lines);
    }

    private static Heart synthesizer(String... pref64s) {
        return new Heart(View.of(Stream.of(pref64s).map(Pref64::parse).toList()));
    }

    /** The heart for www.example.org and its view. */
    private record Heart(View view) {

        private static final Name NAME = Name.fromConstantString("www.example.org.");

        Plan decide(Outcome aaaa, Outcome a) {
            return Synthesizer.decide(NAME, view, aaaa, a);
        }

        Optional<Plan> decide(Outcome aaaa) {
            return Synthesizer.decide(NAME, view, aaaa);
        }
    }
}
