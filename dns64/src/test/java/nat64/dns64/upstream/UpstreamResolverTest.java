// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.nxDomain;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import nat64.dns64.cache.Question;
import nat64.dns64.synthesis.Outcome;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class UpstreamResolverTest {

    private final List<Question> asked = new ArrayList<>();

    @Test
    void answersWithTheRecordsOfTheUpstream() throws IOException {
        var response = send(data("www.example.org. 60 IN A 192.0.2.1"), query());

        assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(text(response.getSection(Section.ANSWER))).containsExactly("www.example.org. 60 IN A 192.0.2.1");
    }

    @Test
    void passesOnDenialsWithTheirProof() throws IOException {
        var response = send(nxDomain(SOA), query());

        assertThat(response.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(response.getSection(Section.AUTHORITY)).hasSize(1);
    }

    @Test
    void asksWithTheBitsOfTheQuery() throws IOException {
        var query = query();
        query.getHeader().setFlag(Flags.CD);
        query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
        send(new Outcome.Failure(Rcode.REFUSED), query);

        assertThat(asked).containsExactly(new Question(name("www.example.org."), Type.A, DClass.IN, true, true));
    }

    @Test
    void tellsErrorsByTheirCodeAndTimeoutsByAFailure() throws IOException {
        assertThat(send(new Outcome.Failure(Rcode.REFUSED), query()).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(send(new Outcome.Bogus(6), query()).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThatThrownBy(() -> send(new Outcome.Timeout(), query())).isInstanceOf(IOException.class);
    }

    private Message send(Outcome outcome, Message query) throws IOException {
        var resolver = new UpstreamResolver(
                (question, _) -> {
                    asked.add(question);
                    return CompletableFuture.completedStage(outcome);
                },
                () -> 0);
        return resolver.send(query);
    }

    private static Message query() {
        return Message.newQuery(Record.newRecord(name("www.example.org."), Type.A, DClass.IN));
    }
}
