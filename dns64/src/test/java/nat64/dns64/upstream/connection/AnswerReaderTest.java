// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.soa;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.util.List;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import nat64.dns64.testing.FakeUpstream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class AnswerReaderTest {

    private static final Question QUESTION = new Question(name("www.example.org."), Type.A, DClass.IN, false, false);
    private static final Message QUERY =
            Message.newQuery(Record.newRecord(name("www.example.org."), Type.A, DClass.IN));

    @Test
    void findsDataAtTheEndOfAChain() throws IOException {
        var outcome = read(
                Rcode.NOERROR,
                List.of("www.example.org. 60 IN CNAME w.example.org.", "w.example.org. 60 IN A 192.0.2.1"),
                List.of());

        assertThat(outcome).isInstanceOf(Outcome.Data.class);
    }

    /** R126: what a validator refuses must not be taken for an ordinary failure. */
    @ParameterizedTest
    @CsvSource({"2, 5, false", "2, 6, true", "2, 12, true", "2, 13, false", "2, 22, false", "5, 6, false"})
    @Tag("R-126")
    void tellsWrongSignaturesFromOtherFailures(int rcode, int extendedError, boolean bogus) throws IOException {
        var response = FakeUpstream.response(QUERY, rcode, List.of(), List.of());
        response.addRecord(
                new OPTRecord(1232, 0, 0, 0, List.of(new ExtendedErrorCodeOption(extendedError))), Section.ADDITIONAL);

        assertThat(AnswerReader.read(new Message(response.toWire()), QUESTION))
                .isEqualTo(bogus ? new Outcome.Bogus(extendedError) : new Outcome.Failure(rcode));
    }

    @Test
    void keepsDnameWithItsAlias() throws IOException {
        var outcome = read(
                Rcode.NOERROR,
                List.of(
                        "example.org. 60 IN DNAME example.com.",
                        "www.example.org. 60 IN CNAME www.example.com.",
                        "www.example.com. 60 IN A 192.0.2.1"),
                List.of());

        assertThat(text(sections(outcome).answer()))
                .containsExactly(
                        "example.org. 60 IN DNAME example.com.",
                        "www.example.org. 60 IN CNAME www.example.com.",
                        "www.example.com. 60 IN A 192.0.2.1");
    }

    @Test
    @Tag("R-114")
    void leavesRecordsBehindThatNobodyAskedFor() throws IOException {
        var outcome = read(
                Rcode.NOERROR,
                List.of("www.example.org. 60 IN A 192.0.2.1", "evil.example.com. 60 IN A 192.0.2.66"),
                List.of());

        assertThat(text(sections(outcome).answer())).containsExactly("www.example.org. 60 IN A 192.0.2.1");
    }

    /** Most answers need no mending, and pass by a quicker way. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "www.example.org. 60 IN A 192.0.2.1 | example.org. 60 IN SOA ns. host. 1 2 3 4 5",
                "www.example.org. 60 IN A 192.0.2.1; WWW.example.org. 60 IN A 192.0.2.2 |",
                "www.example.org. 60 IN A 192.0.2.1; www.example.org. 60 IN A 192.0.2.1 |",
                "www.example.org. 60 IN A 192.0.2.1; www.example.org. 60 IN AAAA 2001:db8::1 |",
                "www.example.org. 60 IN A 192.0.2.1; w.example.org. 60 IN A 192.0.2.2 |",
                "www.example.org. 60 IN A 192.0.2.1 | example.org. 60 IN NS ns.example.org.",
                "www.example.org. 60 IN A 192.0.2.1 | example.com. 60 IN SOA ns. host. 1 2 3 4 5",
                "www.example.org. 60 IN A 192.0.2.1 | example.com. 60 IN NS ns.example.com.",
                "www.example.org. 60 IN A 192.0.2.1 | example.org. 60 IN TXT text",
                "www.example.org. 60 IN CNAME w.example.org.; w.example.org. 60 IN A 192.0.2.1 |",
                "www.example.org. 60 IN CNAME w.example.org.; www.example.org. 60 IN CNAME v.example.org. |",
                "www.example.org. 60 IN CNAME w.example.org.; v.example.org. 60 IN A 192.0.2.1 |",
                "example.org. 60 IN DNAME example.com.; www.example.org. 60 IN CNAME www.example.com. |"
            })
    void leavesOfAnAnswerWhatDnsjavaLeaves(String answer, String authority) throws IOException {
        var response = received(FakeUpstream.response(
                QUERY,
                Rcode.NOERROR,
                List.of(answer.split("; ", -1)),
                authority == null ? List.of() : List.of(authority)));
        var normal = response.normalize(QUERY);
        var sections = sections(AnswerReader.read(response, QUESTION));

        assertThat(sections.answer()).isEqualTo(normal.getSection(Section.ANSWER));
        assertThat(sections.authority()).isEqualTo(normal.getSection(Section.AUTHORITY));
    }

    @Test
    void seesADenialOfTheType() throws IOException {
        assertThat(read(Rcode.NOERROR, List.of(), List.of(SOA))).isInstanceOf(Outcome.NoData.class);
        assertThat(read(Rcode.NOERROR, List.of("www.example.org. 60 IN CNAME w.example.org."), List.of(SOA)))
                .isInstanceOf(Outcome.NoData.class);
    }

    /** RFC 2308, section 2.2; and servers that don't know the zone and ask no others. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "referral down                  | RA | 0 | - | example.org. 60 IN NS ns.example.org.",
                "the same without RA            | -  | 0 | - | example.org. 60 IN NS ns.example.org.",
                "referral to the root           | -  | 0 | - | . 60 IN NS a.root-servers.net.",
                "nothing, from who knows no one | -  | 0 | - | -",
                "NXDOMAIN from such a server    | -  | 3 | - | -",
                "another name                   | RA | 0 | w.example.org. 60 IN A 192.0.2.1 | -",
                "another type                   | RA | 0 | www.example.org. 60 IN AAAA 2001:db8::1 | -",
            })
    void takesALameAnswerForAFailure(String what, String flags, int rcode, String answer, String authority)
            throws IOException {
        assertThat(AnswerReader.read(flagged(flags, rcode, answer, authority), QUESTION))
                .as(what)
                .isEqualTo(new Outcome.Failure(Rcode.SERVFAIL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "SOA and NS (type 1)     | -  | 0 | - | example.org. 60 IN SOA a. b. 1 2 3 4 5; example.org. 60 IN NS ns.",
                "SOA (type 2)            | -  | 0 | - | example.org. 60 IN SOA a. b. 1 2 3 4 5",
                "neither (type 3)        | RA | 0 | - | -",
                "the same from the zone  | AA | 0 | - | -",
                "NXDOMAIN without SOA    | RA | 3 | - | -",
                "NXDOMAIN with NS        | AA | 3 | - | example.org. 60 IN NS ns.",
                "an alias, and its target's referral | - | 0 | www.example.org. 60 IN CNAME a.b. | b. 60 IN NS ns.b.",
            })
    void believesADenialOfAnyForm(String what, String flags, int rcode, String answer, String authority)
            throws IOException {
        assertThat(AnswerReader.read(flagged(flags, rcode, answer, authority), QUESTION))
                .as(what)
                .isInstanceOf(rcode == 0 ? Outcome.NoData.class : Outcome.NxDomain.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "www.example.org. 60 IN CNAME www.example.org.",
                "www.example.org. 60 IN CNAME a.example.org.; a.example.org. 60 IN CNAME www.example.org.",
                "www.example.org. 60 IN CNAME a.example.org.; a.example.org. 60 IN CNAME b.example.org.;"
                        + "b.example.org. 60 IN CNAME a.example.org.",
                "a.example.org. 60 IN CNAME www.example.org.; www.example.org. 60 IN CNAME a.example.org.",
            })
    @Tag("R-50")
    void takesAliasesInACircleForAFailure(String answer) throws IOException {
        assertThat(read(Rcode.NOERROR, List.of(answer.split("; ?", -1)), List.of()))
                .isEqualTo(new Outcome.Failure(Rcode.SERVFAIL));
        assertThat(read(Rcode.NXDOMAIN, List.of(answer.split("; ?", -1)), List.of(SOA)))
                .isEqualTo(new Outcome.Failure(Rcode.SERVFAIL));
    }

    /** RFC 6672, section 3.1: whether the alias comes with TTL 0 or is made here. */
    @ParameterizedTest
    @Tag("R-49")
    @ValueSource(
            strings = {
                "example.org. 60 IN DNAME example.com.; www.example.org. 0 IN CNAME www.example.com.; %s",
                "example.org. 60 IN DNAME example.com.; %s",
            })
    void givesAnAliasOfADnameTheTtlOfTheDname(String answer) throws IOException {
        var records = answer.formatted("www.example.com. 90 IN A 192.0.2.1").split("; ", -1);

        assertThat(text(sections(read(Rcode.NOERROR, List.of(records), List.of()))
                        .answer()))
                .containsExactly(
                        "example.org. 60 IN DNAME example.com.",
                        "www.example.org. 60 IN CNAME www.example.com.",
                        "www.example.com. 90 IN A 192.0.2.1");
    }

    @Test
    void keepsOfADenialOnlyWhatProvesIt() throws IOException {
        var outcome = read(Rcode.NXDOMAIN, List.of(), List.of(SOA, "www.example.org. 60 IN AAAA ::ffff:192.0.2.1"));

        assertThat(((Outcome.NxDomain) outcome).sections().records())
                .singleElement()
                .isInstanceOf(SOARecord.class);
    }

    @Test
    @Tag("R-88")
    void limitsTheSoaOfADenialToItsMinimum() throws IOException {
        var outcome = read(Rcode.NXDOMAIN, List.of(), List.of(soa(900, 300)));

        assertThat(outcome)
                .asInstanceOf(type(Outcome.NxDomain.class))
                .extracting(denial -> denial.sections().authority().getFirst().getTTL())
                .isEqualTo(300L);
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.FORMERR, Rcode.NOTIMP, Rcode.YXDOMAIN, 11})
    void seesOtherRcodesAsFailures(int rcode) throws IOException {
        assertThat(read(rcode, List.of(), List.of())).isEqualTo(new Outcome.Failure(rcode));
    }

    @Test
    @Tag("R-99")
    void neverUsesATruncatedAnswer() throws IOException {
        var response =
                FakeUpstream.response(QUERY, Rcode.NOERROR, List.of("www.example.org. 60 IN A 192.0.2.1"), List.of());
        response.getHeader().setFlag(Flags.TC);

        assertThat(AnswerReader.read(received(response), QUESTION)).isEqualTo(new Outcome.Failure(Rcode.SERVFAIL));
    }

    @Test
    @Tag("R-54")
    void leavesOptBehind() throws IOException {
        var response =
                FakeUpstream.response(QUERY, Rcode.NOERROR, List.of("www.example.org. 60 IN A 192.0.2.1"), List.of());
        response.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);

        assertThat(sections(AnswerReader.read(received(response), QUESTION)).additional())
                .isEmpty();
    }

    @Test
    @Tag("R-65")
    void limitsTtlsToAWeekAndTakesNegativeOnesAsZero() throws IOException {
        var week = read(Rcode.NOERROR, List.of("www.example.org. 2000000000 IN A 192.0.2.1"), List.of());
        assertThat(sections(week).lowestTtl()).hasValue(7 * 24 * 3600);

        var response =
                FakeUpstream.response(QUERY, Rcode.NOERROR, List.of("www.example.org. 1 IN A 192.0.2.1"), List.of());
        byte[] wire = response.toWire();
        wire[wire.length - 10] = (byte) 0x80; // the TTL stands before two bytes of length and four of address
        assertThat(sections(AnswerReader.read(new Message(wire), QUESTION)).lowestTtl())
                .hasValue(0);
    }

    private static Outcome read(int rcode, List<String> answer, List<String> authority) throws IOException {
        return AnswerReader.read(received(FakeUpstream.response(QUERY, rcode, answer, authority)), QUESTION);
    }

    /** A response that has of AA and RA only those flags that are named. */
    private static Message flagged(String flags, int rcode, String answer, String authority) throws IOException {
        var response = FakeUpstream.response(QUERY, rcode, lines(answer), lines(authority));
        response.getHeader().unsetFlag(Flags.RA);
        if (flags != null) {
            response.getHeader().setFlag(flags.equals("AA") ? Flags.AA : Flags.RA);
        }
        return received(response);
    }

    private static List<String> lines(String records) {
        return records == null ? List.of() : List.of(records.split("; ", -1));
    }

    private static Message received(Message sent) throws IOException {
        return new Message(sent.toWire());
    }

    private static Sections sections(Outcome outcome) {
        return ((Outcome.Answered) outcome).sections();
    }
}
