// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.upstream.UpstreamBed.question;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Upstream;
import nat64.dns64.testing.FakeUpstream;
import nat64.dns64.testing.Records;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;

/** Names with letters of random case, towards a server on loopback. */
class RandomCaseTest {

    private static final String NAME = "a-long-name-of-many-letters.example.org.";
    private static final FakeUpstream.Behaviour DATA = records(NAME + " 60 IN A 192.0.2.1");
    private static final long PATIENCE = 10_000; // milliseconds, for a busy machine

    private final UpstreamBed bed = new UpstreamBed();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private FakeUpstream upstream;
    private RemoteServer server;
    private Upstream alone;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream().otherwise((query, tcp) -> {
            seen.add(query.getQuestion().getName().toString());
            return DATA.respond(query, tcp);
        });
        server = bed.server(upstream.server(), true);
        alone = bed.alone(server);
    }

    @AfterEach
    void stop() {
        bed.close();
        upstream.close();
    }

    @Test
    @Tag("R-113")
    void writesTheNameInAnotherCaseEachTime() {
        ask(NAME);
        ask(NAME);

        assertThat(seen)
                .hasSize(2)
                .allMatch(name -> name.toLowerCase(Locale.ROOT).equals(NAME));
        assertThat(server.counters().overTcp()).isZero();
    }

    @Test
    @Tag("R-113")
    void ignoresAnAnswerInAnotherCase() {
        upstream.withNoise(List.of(RandomCaseTest::otherCase));

        assertThat(ask(NAME)).isInstanceOf(Outcome.Data.class);
        assertThat(server.counters().mismatches()).isEqualTo(1);
        assertThat(server.counters().overTcp()).isZero();
    }

    @Test
    @Tag("R-113")
    void asksAServerThatFlattensCaseOverTcpAndRemembers() {
        upstream.otherwise((query, tcp) -> DATA.respond(flattened(query), tcp));

        assertThat(ask(NAME)).isInstanceOf(Outcome.Data.class);
        assertThat(ask(NAME)).isInstanceOf(Outcome.Data.class);
        assertThat(upstream.asked()).extracting(asked -> asked.substring(0, 3)).containsExactly("udp", "tcp", "tcp");
    }

    private Outcome ask(String name) {
        return UpstreamBed.ask(alone, question(name), PATIENCE);
    }

    private static byte[] otherCase(byte[] response) {
        response[13] ^= 0x20; // the first letter
        return response;
    }

    private static Message flattened(Message query) {
        var question = query.getQuestion();
        var lower = Records.name(question.getName().toString().toLowerCase(Locale.ROOT));
        var flat = Message.newQuery(Record.newRecord(lower, question.getType(), DClass.IN));
        flat.getHeader().setID(query.getHeader().getID());
        return flat;
    }
}
