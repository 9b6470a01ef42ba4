// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static java.util.Objects.requireNonNull;
import static nat64.dns64.testing.FakeUpstream.noData;
import static nat64.dns64.testing.FakeUpstream.rcode;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.testing.FakeUpstream.silence;
import static nat64.dns64.testing.FakeUpstream.truncated;
import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.upstream.UpstreamBed.QUESTION;
import static nat64.dns64.upstream.UpstreamBed.ask;
import static nat64.dns64.upstream.UpstreamBed.question;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Upstream;
import nat64.dns64.testing.FakeUpstream;
import nat64.dns64.testing.LeakCheck;
import nat64.dns64.upstream.connection.UdpPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Rcode;

/** UDP, and TCP where UDP does not do, with a server on loopback. */
@ExtendWith(LeakCheck.class)
class RemoteServerTest {

    private static final FakeUpstream.Behaviour DATA = records("www.example.org. 60 IN A 192.0.2.1");
    private static final long PATIENCE = 10_000; // milliseconds, for a busy machine
    private static final int ID = 0;
    private static final int FLAGS = 2;
    private static final int NAME = 13;
    private static final int TYPE_OF_QUESTION = 12 + 17;

    private final UpstreamBed bed = new UpstreamBed();
    private FakeUpstream upstream;
    private RemoteServer server;
    private Upstream alone;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream().otherwise(DATA);
        server = bed.server(upstream.server());
        alone = bed.alone(server);
    }

    @AfterEach
    void stop() {
        bed.close();
        upstream.close();
    }

    @Test
    @Tag("R-111")
    void ignoresWhatDoesNotMatchAndWaitsOn() {
        upstream.withNoise(List.of(
                flipped(ID, 0x01),
                flipped(ID + 1, 0x80),
                flipped(FLAGS, 0x80), // a query
                flipped(FLAGS, 0x08), // another opcode
                flipped(NAME, 0x01), // another name
                flipped(TYPE_OF_QUESTION, 0x01),
                flipped(TYPE_OF_QUESTION + 2, 0x02), // another class
                datagram -> Arrays.copyOf(datagram, 11),
                _ -> new byte[1]));

        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(upstream.asked()).containsExactly("udp www.example.org. A");
        assertThat(server.counters().mismatches()).isEqualTo(9);
    }

    @Test
    @Tag("R-111")
    void goesOverTcpWhenSomebodyKeepsGuessing() {
        upstream.on("www.example.org.", QUESTION.type(), (query, tcp) -> tcp ? DATA.respond(query, true) : null)
                .withNoise(Collections.nCopies(UdpPort.MOST_MISMATCHES, flipped(ID, 0x40)));

        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(upstream.asked()).containsExactly("udp www.example.org. A", "tcp www.example.org. A");
        assertThat(server.counters().overTcp()).isEqualTo(1);
    }

    @Test
    @Tag("R-111")
    void waitsOnAfterADatagramWithNothingInIt() {
        upstream.withNoise(List.of(_ -> new byte[0]));

        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(upstream.asked()).containsExactly("udp www.example.org. A");
    }

    @Test
    void takesTheQuestionInAnyLetterCase() {
        upstream.otherwise((query, tcp) -> {
            byte[] response = requireNonNull(DATA.respond(query, tcp));
            response[NAME] ^= 0x20;
            return response;
        });

        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
    }

    @Test
    @Tag("R-99")
    void asksOverTcpWhatIsTruncated() {
        upstream.otherwise(truncated(DATA));

        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(upstream.asked()).containsExactly("udp www.example.org. A", "tcp www.example.org. A");
    }

    @Test
    @Tag("R-118")
    void keepsItsConnectionForManyQuestions() {
        upstream.otherwise(truncated(noData(SOA)));
        var waiting = IntStream.range(0, 50)
                .mapToObj(i -> alone.ask(
                                question("n" + i + ".example.org."),
                                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE))
                        .toCompletableFuture())
                .toList();

        assertThat(waiting).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Outcome.Answered.class));
        assertThat(server.counters().overTcp()).isEqualTo(50);
        assertThat(server.counters().connections()).isEqualTo(1);
    }

    @Test
    @Tag("R-118")
    void sendsAgainOnANewConnectionWhatTheServerHungUpOn() {
        upstream.otherwise(truncated(DATA));
        ask(alone, PATIENCE);
        upstream.hangUp();

        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(server.counters().connections()).isEqualTo(2);
    }

    @Test
    @Tag("R-115")
    void remembersThatTheServerKnowsNoEdns() {
        upstream.otherwise((query, tcp) -> query.getOPT() == null
                ? DATA.respond(query, tcp)
                : rcode(Rcode.FORMERR).respond(query, tcp));

        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(upstream.asked()).hasSize(2);
        assertThat(ask(alone, PATIENCE)).isInstanceOf(Outcome.Data.class);
        assertThat(upstream.asked()).hasSize(3);
    }

    @Test
    void understandsAnErrorThatIsNothingButAHeader() {
        upstream.otherwise((query, _) -> Arrays.copyOf(bare(query.toWire(), Rcode.NOTIMP), 12));

        assertThat(ask(alone, PATIENCE)).isEqualTo(new Outcome.Failure(Rcode.NOTIMP));
    }

    @Test
    void failsAtOnceWhereNobodyListens() {
        upstream.close();
        long start = System.nanoTime();

        assertThat(ask(alone, PATIENCE)).isEqualTo(new Outcome.Failure(Rcode.SERVFAIL));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(PATIENCE / 2));
    }

    @Test
    @Tag("R-112")
    void asksFromManyPortsWithManyIds() {
        Set<Integer> ids = ConcurrentHashMap.newKeySet();
        upstream.otherwise((query, tcp) -> {
            ids.add(query.getHeader().getID());
            return DATA.respond(query, tcp);
        });
        for (int i = 0; i < 600; i++) {
            ask(alone, PATIENCE);
        }

        assertThat(ids).hasSizeGreaterThan(580);
        assertThat(upstream.clientPorts()).hasSizeGreaterThan(50);
        assertThat(upstream.clientPorts()).allMatch(port -> port >= 1024);
    }

    @Test
    @Tag("R-112")
    void leavesAPortAfterAWhile() {
        for (int i = 0; i < 30_000; i++) {
            ask(alone, PATIENCE);
        }

        assertThat(upstream.clientPorts()).hasSizeGreaterThan(80);
    }

    @Test
    void countsATimeoutAndLearnsTheRoundTripTime() {
        ask(alone, PATIENCE);
        assertThat(server.health().roundTripNanos()).isPositive().isLessThan(TimeUnit.MILLISECONDS.toNanos(PATIENCE));
        upstream.otherwise(silence());
        ask(bed.group(server), 2000);

        assertThat(server.counters().queries()).isEqualTo(2);
        assertThat(server.counters().timeouts()).isEqualTo(2);
    }

    private static UnaryOperator<byte[]> flipped(int at, int bits) {
        return datagram -> {
            datagram[at] ^= (byte) bits;
            return datagram;
        };
    }

    private static byte[] bare(byte[] query, int rcode) {
        byte[] header = Arrays.copyOf(query, 12);
        header[FLAGS] |= (byte) 0x80;
        header[FLAGS + 1] = (byte) rcode;
        Arrays.fill(header, 4, 12, (byte) 0);
        return header;
    }
}
