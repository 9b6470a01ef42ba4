// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.dnssec;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.answer;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.records;
import static nat64.dns64.testing.SignedZones.NOW;
import static nat64.dns64.testing.SignedZones.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import nat64.dns64.message.Upstream;
import nat64.dns64.settings.DnssecMode;
import nat64.dns64.settings.DnssecSettings;
import nat64.dns64.statistics.SecurityStatus;
import nat64.dns64.testing.Records;
import nat64.dns64.testing.SignedZones;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class ValidatingUpstreamTest {

    private static final String WWW = "www.example.org.";
    private static final String ADDRESS = WWW + " 300 IN A 192.0.2.1";

    private final SignedZones zones = new SignedZones();
    private final SecurityCounters statuses = new SecurityCounters();
    private final List<Question> forgotten = new ArrayList<>();

    @Test
    void provesDataFromTheAnchorOn() {
        var signed = zones.signed("example.org.", ADDRESS);
        zones.put(WWW, Type.A, data(signed));

        assertThat(ask(WWW, Type.A)).isEqualTo(new Outcome.Data(sections(signed)));
        assertThat(statuses.sums()).containsEntry(SecurityStatus.SECURE, 1L);
    }

    @Test
    void asksForSignaturesAndWithoutAnotherValidatorInBetween() {
        zones.put(WWW, Type.A, data(zones.signed("example.org.", ADDRESS)));

        ask(WWW, Type.A);

        assertThat(zones.asked()).isNotEmpty().allMatch(question -> question.dnssecOk() && question.checkingDisabled());
    }

    @Test
    void provesADenialByNsec() {
        zones.put(WWW, Type.AAAA, zones.noData("example.org.", WWW, "A RRSIG NSEC"));

        assertThat(isSecure(ask(WWW, Type.AAAA))).isTrue();
    }

    @Test
    void provesADenialByNsec3() {
        zones.put(WWW, Type.AAAA, zones.hashedNoData("example.org.", WWW, 5, "A RRSIG"));

        assertThat(isSecure(ask(WWW, Type.AAAA))).isTrue();
    }

    @Test
    void findsADenialBogusThatProvesTheOpposite() {
        zones.put(WWW, Type.AAAA, zones.noData("example.org.", WWW, "A AAAA RRSIG NSEC"));

        assertThat(ask(WWW, Type.AAAA)).isInstanceOf(Outcome.Bogus.class);
    }

    @Test
    void findsADenialBogusWithoutProof() {
        zones.put(WWW, Type.AAAA, zones.denial("example.org."));

        assertThat(ask(WWW, Type.AAAA)).isEqualTo(new Outcome.Bogus(ExtendedErrorCodeOption.NSEC_MISSING));
    }

    @Test
    void findsADenialBogusWithoutAnything() {
        zones.put(WWW, Type.AAAA, new Outcome.NoData(Sections.EMPTY));

        assertThat(ask(WWW, Type.AAAA)).isInstanceOf(Outcome.Bogus.class);
    }

    @Test
    void followsProofsWhereTheRcodeContradictsThem() {
        var denial = zones.noData("example.org.", WWW, "A RRSIG NSEC");
        zones.put(WWW, Type.AAAA, new Outcome.NxDomain(denial.sections()));

        assertThat(ask(WWW, Type.AAAA)).isInstanceOf(Outcome.NoData.class);
    }

    @Test
    @Tag("R-125")
    void leavesAnswersOfUnsignedZonesAsTheyAre() {
        zones.delegateUnsigned("plain.example.org.");
        var plain = Records.data("www.plain.example.org. 300 IN A 192.0.2.1");
        zones.put("www.plain.example.org.", Type.A, plain);

        assertThat(ask("www.plain.example.org.", Type.A)).isEqualTo(plain);
        assertThat(statuses.sums()).containsEntry(SecurityStatus.INSECURE, 1L);
    }

    @Test
    @Tag("R-125")
    void leavesDenialsOfUnsignedZonesAsTheyAre() {
        zones.delegateUnsigned("plain.example.org.");
        var withSoa = new Outcome.NoData(
                new Sections(List.of(), records(SOA.replace("example.org. 900", "plain.example.org. 900")), List.of()));
        zones.put("a.plain.example.org.", Type.AAAA, withSoa);
        zones.put("b.plain.example.org.", Type.AAAA, new Outcome.NoData(Sections.EMPTY));

        assertThat(ask("a.plain.example.org.", Type.AAAA)).isEqualTo(withSoa);
        assertThat(ask("b.plain.example.org.", Type.AAAA)).isEqualTo(new Outcome.NoData(Sections.EMPTY));
    }

    @Test
    void findsForgedRecordsBogus() {
        var signed = new ArrayList<>(zones.signed("example.org.", ADDRESS));
        signed.set(0, records(WWW + " 300 IN A 192.0.2.66").getFirst());
        zones.put(WWW, Type.A, data(signed));

        assertThat(ask(WWW, Type.A)).isInstanceOf(Outcome.Bogus.class);
    }

    @Test
    void findsRecordsBogusWhoseSignaturesAreMissing() {
        zones.put(WWW, Type.A, Records.data(ADDRESS));

        assertThat(ask(WWW, Type.A)).isInstanceOf(Outcome.Bogus.class);
    }

    /** Else one forged answer, or one forged key, would be there for its whole TTL. */
    @Test
    void forgetsWhatIsBogusAndTheKeysThatMayBeWrong() {
        zones.put(WWW, Type.A, Records.data(ADDRESS));

        ask(WWW, Type.A);

        assertThat(forgotten).extracting(Question::type).contains(Type.A, Type.DNSKEY, Type.DS);
        assertThat(forgotten).allMatch(Question::checkingDisabled);
    }

    @Test
    void forgetsNothingThatIsSecure() {
        zones.put(WWW, Type.A, data(zones.signed("example.org.", ADDRESS)));

        ask(WWW, Type.A);

        assertThat(forgotten).isEmpty();
    }

    @Test
    void tellsThatASignatureIsExpired() {
        zones.put(
                WWW,
                Type.A,
                data(zones.signed(
                        "example.org.", NOW.minusSeconds(1), records(ADDRESS).getFirst())));

        assertThat(ask(WWW, Type.A)).isEqualTo(new Outcome.Bogus(ExtendedErrorCodeOption.SIGNATURE_EXPIRED));
    }

    @Test
    void tellsThatASignatureIsNotValidYet() {
        var record = records(ADDRESS).getFirst();
        zones.put(WWW, Type.A, data(zones.signed("example.org.", NOW.plusSeconds(60), NOW.plusSeconds(90), record)));

        assertThat(ask(WWW, Type.A)).isEqualTo(new Outcome.Bogus(ExtendedErrorCodeOption.SIGNATURE_NOT_YET_VALID));
    }

    @Test
    void keepsNothingLongerThanItsSignature() {
        zones.put(
                WWW,
                Type.A,
                data(zones.signed(
                        "example.org.", NOW.plusSeconds(7), records(ADDRESS).getFirst())));

        var sections = ((Outcome.Data) ask(WWW, Type.A)).sections();

        assertThat(Records.text(sections.answer())).contains(WWW + " 7 IN A 192.0.2.1");
    }

    @Test
    void takesNoDenialOfAZoneThatTheNameIsNotIn() {
        zones.delegateUnsigned("plain.example.org.");
        var foreign = SOA.replace("example.org. 900", "plain.example.org. 900");
        zones.put(WWW, Type.AAAA, new Outcome.NoData(new Sections(List.of(), records(foreign), List.of())));

        assertThat(ask(WWW, Type.AAAA)).isInstanceOf(Outcome.Bogus.class);
    }

    @Test
    void looksAtAliasesInTheirOrderWhateverTheMessageSays() {
        zones.delegateUnsigned("plain.example.org.");
        zones.put(
                WWW,
                Type.A,
                Records.data(
                        "www.plain.example.org. 300 IN A 192.0.2.66", WWW + " 300 IN CNAME www.plain.example.org."));

        assertThat(ask(WWW, Type.A)).isInstanceOf(Outcome.Bogus.class);
    }

    @Test
    void isInsecureBehindASignedAliasIntoAnUnsignedZone() {
        zones.delegateUnsigned("plain.example.org.");
        var answer = new ArrayList<>(zones.signed("example.org.", WWW + " 300 IN CNAME www.plain.example.org."));
        answer.addAll(records("www.plain.example.org. 300 IN A 192.0.2.1"));
        zones.put(WWW, Type.A, data(answer));

        assertThat(isSecure(ask(WWW, Type.A))).isFalse();
    }

    @Test
    @Tag("R-127")
    void wantsNoSignaturesBelowANegativeAnchor() {
        zones.put(WWW, Type.A, Records.data(ADDRESS));

        assertThat(ask(upstream(List.of("example.org.")), WWW, Type.A)).isEqualTo(Records.data(ADDRESS));
    }

    @Test
    @Tag("R-127")
    void wantsNoSignaturesWhereAnAliasLeadsBelowANegativeAnchor() {
        zones.sign("broken.example.org.");
        var answer = new ArrayList<>(zones.signed("example.org.", WWW + " 300 IN CNAME www.broken.example.org."));
        answer.addAll(records("www.broken.example.org. 300 IN A 192.0.2.1"));
        zones.put(WWW, Type.A, data(answer));

        assertThat(ask(WWW, Type.A)).isInstanceOf(Outcome.Bogus.class);
        assertThat(ask(upstream(List.of("broken.example.org.")), WWW, Type.A)).isEqualTo(data(answer));
    }

    @Test
    void asksNobodyForKeysAboveTheAnchors() {
        var signed = Records.data("www.example.com. 300 IN A 192.0.2.1");
        zones.put("www.example.com.", Type.A, signed);
        var settings = new DnssecSettings(DnssecMode.LOCAL, List.of(zones.ds("org.")), List.of());

        assertThat(ask(upstream(settings), "www.example.com.", Type.A)).isEqualTo(signed);
        assertThat(zones.asked()).hasSize(1);
    }

    @Test
    void handsOutWhatWasNotCheckedToThoseWhoCheckThemselves() {
        zones.put(WWW, Type.A, Records.data(ADDRESS));

        var unchecked = new Question(name(WWW), Type.A, DClass.IN, true, true);

        assertThat(upstream(List.of())
                        .ask(unchecked, Long.MAX_VALUE)
                        .toCompletableFuture()
                        .join())
                .isEqualTo(Records.data(ADDRESS));
    }

    /** Neither secure nor insecure: it is not known. */
    @Test
    void knowsNothingWhereKeysCannotBeHad() {
        zones.put(WWW, Type.AAAA, zones.noData("example.org.", WWW, "A RRSIG NSEC"));
        zones.put("example.org.", Type.DNSKEY, new Outcome.Timeout());

        assertThat(ask(WWW, Type.AAAA)).isEqualTo(new Outcome.Timeout());
        assertThat(statuses.sums()).containsEntry(SecurityStatus.UNFINISHED, 1L);
    }

    @Test
    @Tag("R-128")
    void looksAtNoMoreThanSomeSignatures() {
        var signed = new ArrayList<>(zones.signed("example.org.", ADDRESS));
        var signature = (RRSIGRecord) signed.removeLast();
        for (int i = 0; i < 20; i++) {
            signed.add(withFirstByte(signature, i));
        }
        signed.add(signature);
        zones.put(WWW, Type.A, data(signed));

        assertThat(ask(WWW, Type.A)).isInstanceOf(Outcome.Bogus.class);
    }

    @Test
    @Tag("R-128")
    void takesHashesThatCostTooMuchForNone() {
        zones.put(WWW, Type.AAAA, zones.hashedNoData("example.org.", WWW, 151, "A RRSIG"));

        var outcome = ask(WWW, Type.AAAA);

        assertThat(outcome).isInstanceOf(Outcome.NoData.class);
        assertThat(isSecure(outcome)).isFalse();
    }

    @Test
    @Tag("R-128")
    void looksUpNoMoreThanSomeKeys() {
        var deep = "a.".repeat(100) + "example.org.";
        zones.put(deep, Type.A, Records.data(deep + " 300 IN A 192.0.2.1"));

        assertThat(ask(deep, Type.A)).isEqualTo(new Outcome.Timeout());
        assertThat(zones.asked()).hasSizeLessThan(70);
    }

    @Test
    @Tag("R-128")
    void refusesMoreChecksThanItCanDo() {
        zones.put(WWW, Type.A, data(zones.signed("example.org.", ADDRESS)));
        var waiting = new ArrayList<Runnable>();
        var upstream = new ValidatingUpstream(
                zones,
                forgotten::add,
                anchors(List.of()),
                statuses,
                new CheckRuntime(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0, waiting::add));
        for (int i = 0; i < ValidatingUpstream.MOST_CHECKS; i++) {
            var _ = upstream.ask(question(WWW, Type.A), Duration.ofHours(1).toNanos());
        }

        assertThat(ask(upstream, WWW, Type.A)).isEqualTo(new Outcome.Failure(Rcode.SERVFAIL));
        assertThat(statuses.sums()).containsEntry(SecurityStatus.OVERLOADED, 1L);
    }

    private static Record withFirstByte(RRSIGRecord signature, int value) {
        byte[] bytes = signature.getSignature().clone();
        bytes[0] = (byte) (bytes[0] + value + 1);
        return new RRSIGRecord(
                signature.getName(),
                DClass.IN,
                signature.getTTL(),
                signature.getTypeCovered(),
                signature.getAlgorithm(),
                signature.getOrigTTL(),
                signature.getExpire(),
                signature.getTimeSigned(),
                signature.getFootprint(),
                signature.getSigner(),
                bytes);
    }

    private static Sections sections(List<Record> answer) {
        return answer().withAnswer(answer).withSecure(true);
    }

    private static boolean isSecure(Outcome outcome) {
        return outcome instanceof Outcome.Answered answered
                && answered.sections().secure();
    }

    private TrustAnchors anchors(List<String> negative) {
        return new TrustAnchors(new DnssecSettings(
                DnssecMode.LOCAL,
                List.of(zones.ds(".")),
                negative.stream().map(Records::name).toList()));
    }

    private Upstream upstream(List<String> negative) {
        return upstream(anchors(negative));
    }

    private Upstream upstream(DnssecSettings settings) {
        return upstream(new TrustAnchors(settings));
    }

    private Upstream upstream(TrustAnchors anchors) {
        return new ValidatingUpstream(
                zones,
                forgotten::add,
                anchors,
                statuses,
                new CheckRuntime(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0, Runnable::run));
    }

    private Outcome ask(String name, int type) {
        return ask(upstream(List.of()), name, type);
    }

    private static Outcome ask(Upstream upstream, String name, int type) {
        CompletableFuture<Outcome> outcome = upstream.ask(
                        question(name, type), Duration.ofSeconds(60).toNanos())
                .toCompletableFuture();
        return outcome.join();
    }

    private static Question question(String name, int type) {
        return new Question(name(name), type, DClass.IN, true, false);
    }
}
