// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.records;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import nat64.dns64.cache.DenialScope;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.cache.PacketQuery;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import nat64.dns64.query.CachedOnly;
import nat64.dns64.query.Counters;
import nat64.dns64.query.Pipeline;
import nat64.dns64.query.Pipelines;
import nat64.dns64.statistics.Transport;
import nat64.dns64.synthesis.LocalZones;
import nat64.dns64.synthesis.ResolverArpa;
import nat64.dns64.synthesis.ReverseNames;
import nat64.dns64.synthesis.SpecialNames;
import nat64.dns64.view.Views;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What clients get to see of signatures (RFC 6147, section 5.5), with an upstream whose outcomes are checked. */
class SignedAnswersTest {

    private static final String WWW = "www.example.org.";
    private static final String SIGNATURE =
            " 300 IN RRSIG %s 13 3 300 20300101000000 20200101000000 1 example.org. AAAA";
    private static final Outcome.Data A = data(WWW + " 300 IN A 192.0.2.7", WWW + SIGNATURE.formatted("A"));
    private static final Outcome.NoData NO_AAAA = new Outcome.NoData(new Sections(
            List.of(),
            records(SOA, WWW + " 300 IN NSEC x.example.org. A RRSIG NSEC", WWW + SIGNATURE.formatted("NSEC")),
            List.of()));
    private static final Outcome BOGUS = new Outcome.Bogus(ExtendedErrorCodeOption.SIGNATURE_EXPIRED);

    private final List<Question> asked = new ArrayList<>();
    private final PacketCache ready = new PacketCache(1 << 16, 1, () -> 0);
    private Outcome checkedAaaa = secure(NO_AAAA);
    private Outcome checkedA = secure(A);

    /** The flags are C for CD, D for DO and A for AD. */
    @ParameterizedTest
    @CsvSource({
        "..., made,    made, fails, fails",
        "..A, made,    made, fails, fails",
        ".D., made AD, made, fails, fails",
        ".DA, made AD, made, fails, fails",
        "C.., raw,     raw,  raw,   raw",
        "C.A, raw,     raw,  raw,   raw",
        "CD., raw,     raw,  raw,   raw",
        "CDA, raw,     raw,  raw,   raw",
    })
    @Tag("R-121")
    @Tag("R-122")
    @Tag("R-123")
    @Tag("R-125")
    void makesRecordsAsTheFlagsAndSignaturesSay(
            String flags, String secure, String insecure, String bogusAaaa, String bogusA) throws IOException {
        assertThat(seen(flags, secure(NO_AAAA), secure(A))).isEqualTo(secure);
        assertThat(seen(flags, NO_AAAA, A)).isEqualTo(insecure);
        assertThat(seen(flags, secure(NO_AAAA), A)).isEqualTo(insecure);
        assertThat(seen(flags, NO_AAAA, secure(A))).isEqualTo(insecure);
        assertThat(seen(flags, BOGUS, secure(A))).isEqualTo(bogusAaaa);
        assertThat(seen(flags, secure(NO_AAAA), BOGUS)).isEqualTo(bogusA);
    }

    @Test
    @Tag("R-122")
    void asksForNoARecordsWhenTheDenialIsBogus() throws IOException {
        seen(".D.", BOGUS, secure(A));

        assertThat(asked).extracting(Question::type).containsExactly(Type.AAAA);
    }

    @Test
    void tellsWhatIsWrongWithSignatures() throws IOException {
        checkedAaaa = BOGUS;

        var errors = answer(query(".D.", Type.AAAA)).getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR);

        assertThat(errors)
                .singleElement()
                .isInstanceOfSatisfying(
                        ExtendedErrorCodeOption.class,
                        error -> assertThat(error.getErrorCode()).isEqualTo(ExtendedErrorCodeOption.SIGNATURE_EXPIRED));
    }

    /** RFC 6840, section 5.8. */
    @ParameterizedTest
    @CsvSource({"..., false", "..A, true", ".D., true", ".DA, true", "C.A, false"})
    void saysOfRealRecordsThatTheyAreAuthenticToThoseWhoAsk(String flags, boolean authentic) throws IOException {
        var response = answer(query(flags, Type.A));

        assertThat(response.getHeader().getFlag(Flags.AD)).isEqualTo(authentic);
    }

    /** RFC 4035, section 3.2.1. */
    @Test
    void showsSignaturesToThoseWithDoAlone() throws IOException {
        assertThat(text(answer(query("..A", Type.A)).getSection(Section.ANSWER)))
                .containsExactly(WWW + " 300 IN A 192.0.2.7");
        assertThat(answer(query(".D.", Type.A)).getSection(Section.ANSWER)).hasSize(2);
    }

    @Test
    void showsProofsThatAreAskedForByType() throws IOException {
        assertThat(answer(query("...", Type.ANY)).getSection(Section.ANSWER)).hasSize(2);
    }

    @Test
    @Tag("R-19")
    void asksForNoARecordsWhenTheDenialProvesThatThereAreNone() throws IOException {
        checkedAaaa = secure(new Outcome.NoData(
                new Sections(List.of(), records(SOA, WWW + " 300 IN NSEC x.example.org. TXT RRSIG NSEC"), List.of())));

        var response = answer(query("...", Type.AAAA));

        assertThat(asked).extracting(Question::type).containsExactly(Type.AAAA);
        assertThat(response.getSection(Section.ANSWER)).isEmpty();
        assertThat(response.getSection(Section.AUTHORITY)).hasSize(1);
    }

    @Test
    void repeatsAnAuthenticAnswerToNobodyWhoDidNotAskForThat() throws IOException {
        answer(query("..A", Type.A));
        byte[] response = new byte[1232];

        assertThat(repeated("...", response)).isZero();
        assertThat(repeated(".D.", response)).isZero();
        assertThat(repeated("..A", response)).isPositive();
        assertThat(new Message(response).getHeader().getFlag(Flags.AD)).isTrue();
    }

    private int repeated(String flags, byte[] response) {
        byte[] bytes = query(flags, Type.A).toWire();
        var query = new PacketQuery();
        assertThat(query.read(bytes, bytes.length, 0)).isTrue();
        return ready.answer(query, response);
    }

    private String seen(String flags, Outcome aaaa, Outcome a) throws IOException {
        checkedAaaa = aaaa;
        checkedA = a;
        var response = answer(query(flags, Type.AAAA));
        if (response.getRcode() == Rcode.SERVFAIL) {
            return "fails";
        }
        var what = response.getSection(Section.ANSWER).isEmpty() ? "raw" : "made";
        return what + (response.getHeader().getFlag(Flags.AD) ? " AD" : "");
    }

    private static Outcome secure(Outcome.Answered outcome) {
        return outcome.with(outcome.sections().withSecure(true));
    }

    private CompletionStage<Outcome> ask(Question question) {
        asked.add(question);
        boolean isA = question.type() != Type.AAAA;
        Outcome unchecked = isA ? A : NO_AAAA;
        Outcome checked = isA ? checkedA : checkedAaaa;
        return CompletableFuture.completedStage(question.checkingDisabled() ? unchecked : checked);
    }

    private Message answer(Message query) throws IOException {
        var policy = Pipelines.policy("64:ff9b:1::/96");
        var special = new SpecialNames(
                new ReverseNames(policy.pref64s()), new ResolverArpa(List.of()), new LocalZones(List.of()));
        var pipeline = new Pipeline(
                (question, _) -> ask(question),
                new CachedOnly(new MessageCache(0, () -> 0), DenialScope.ALL),
                new Pipeline.Rules(special, true, _ -> false),
                new Pipeline.Timing(() -> 0, Serving::later));
        var handler = Pipelines.handler(pipeline, new Counters(), ready, new Views(policy, Set.of()));
        boolean any = query.getQuestion().getType() == Type.ANY;
        return new Message(
                handler.handle(query.toWire(), InetAddress.ofLiteral("192.0.2.1"), any ? Transport.TCP : Transport.UDP)
                        .toCompletableFuture()
                        .join()
                        .orElseThrow());
    }

    private static Message query(String flags, int type) {
        var query = Message.newQuery(Record.newRecord(name(WWW), type, DClass.IN));
        if (flags.contains("C")) {
            query.getHeader().setFlag(Flags.CD);
        }
        if (flags.contains("A")) {
            query.getHeader().setFlag(Flags.AD);
        }
        if (flags.contains("D")) {
            query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
        }
        return query;
    }
}
