// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.records;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import nat64.dns64.message.Sections;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.Transport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ResponseWriterTest {

    private static final Record QUESTION = Record.newRecord(name("www.example.org."), Type.AAAA, DClass.IN);

    @ParameterizedTest(name = "{0} over UDP: {1}")
    @CsvSource({"0, 512", "100, 512", "512, 512", "900, 900", "1232, 1232", "4096, 1232", "65535, 1232"})
    @Tag("R-96")
    void keepsTheLimitOfTheClientAndItsOwn(int payload, int limit) throws IOException {
        var edns = payload == 0 ? null : Query.Edns.plain(0, payload, false);
        for (int records = 1; records < 200; records++) {
            byte[] bytes = ResponseWriter.write(query(edns, Transport.UDP), answer(aaaa(records)));

            var response = new Message(bytes);
            assertThat(bytes.length).isLessThanOrEqualTo(limit);
            assertThat(response.getSection(Section.ANSWER).size()).isIn(0, records);
            assertThat(response.getHeader().getFlag(Flags.TC))
                    .isEqualTo(response.getSection(Section.ANSWER).isEmpty());
            assertThat(response.getOPT() != null).isEqualTo(edns != null);
        }
    }

    @Test
    @Tag("R-97")
    void keepsTheAliasWhenTheAddressesDoNotFit() throws IOException {
        var records = new ArrayList<>(records("www.example.org. 60 IN CNAME w.example.org."));
        records.addAll(records(IntStream.range(0, 100)
                .mapToObj(i -> "w.example.org. 60 IN AAAA 2001:db8::" + i)
                .toArray(String[]::new)));

        var response = written(query(null, Transport.UDP), answer(records));

        assertThat(response.getSection(Section.ANSWER)).hasSize(1);
        assertThat(response.getHeader().getFlag(Flags.TC)).isTrue();
    }

    @Test
    @Tag("R-57")
    @Tag("R-98")
    void leavesOutWhatTheClientCanDoWithoutBeforeItTruncates() throws IOException {
        var many = IntStream.range(0, 40)
                .mapToObj(i -> "example.org. 60 IN NS ns" + i + ".example.org.")
                .toArray(String[]::new);
        var sections = new Sections(aaaa(2), records(many), records("ns1.example.org. 60 IN A 192.0.2.1"));

        var response = written(query(null, Transport.UDP), answer(sections, null));

        assertThat(response.getSection(Section.ANSWER)).hasSize(2);
        assertThat(response.getSection(Section.AUTHORITY)).isEmpty();
        assertThat(response.getHeader().getFlag(Flags.TC)).isFalse();
    }

    @Test
    void sendsUpTo64KiBOverTcp() throws IOException {
        assertThat(written(query(null, Transport.TCP), answer(aaaa(2000))).getSection(Section.ANSWER))
                .hasSize(2000);
    }

    @Test
    void tellsTheExtendedErrorOnlyToThoseWhoKnowEdns() throws IOException {
        var failed = answer(Sections.EMPTY, new ExtendedErrorCodeOption(22));

        assertThat(written(query(Query.Edns.plain(0, 1232, true), Transport.UDP), failed)
                        .getOPT()
                        .getOptions())
                .hasSize(1);
        assertThat(written(query(null, Transport.UDP), failed).getOPT()).isNull();
    }

    private static List<Record> aaaa(int count) {
        return records(IntStream.range(0, count)
                .mapToObj(i -> "www.example.org. 60 IN AAAA 2001:db8::" + i)
                .toArray(String[]::new));
    }

    private static Answer answer(List<Record> records) {
        return answer(new Sections(records, List.of(), List.of()), null);
    }

    private static Answer answer(Sections sections, @Nullable ExtendedErrorCodeOption error) {
        return new Answer(Rcode.NOERROR, AnswerReason.NATIVE, sections, false, false, false, error);
    }

    private static Query query(Query.@Nullable Edns edns, Transport transport) {
        return new Query(1, QUESTION, true, false, false, edns, transport);
    }

    private static Message written(Query query, Answer answer) throws IOException {
        return new Message(ResponseWriter.write(query, answer));
    }
}
