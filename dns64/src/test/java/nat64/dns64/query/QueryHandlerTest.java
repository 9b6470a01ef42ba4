// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import nat64.dns64.ServerBed;
import nat64.dns64.Serving;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Upstream;
import nat64.dns64.statistics.AnswerGroup;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Transport;
import nat64.dns64.synthesis.Ipv4OnlyArpa;
import nat64.dns64.view.Views;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class QueryHandlerTest {

    private static final String PREF64 = "2001:db8:64::/96";
    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress STRANGER = InetAddress.ofLiteral("198.51.100.1");
    private static final long SEED = 6147;

    private final Counters counters = new Counters();
    private Upstream upstream = (_, _) -> CompletableFuture.completedStage(data("www.example.org. 60 IN A 192.0.2.7"));
    private final QueryHandler handler = handler((question, deadline) -> upstream.ask(question, deadline));

    @Test
    @Tag("R-05")
    void answersEveryCutQueryWithAHeaderAtMost() {
        byte[] whole = edns(query(Type.AAAA), 0).toWire();
        for (int length = 0; length < whole.length; length++) {
            var response = handle(Arrays.copyOf(whole, length));
            if (length < Header.LENGTH) {
                assertThat(response).as("%d bytes", length).isEmpty();
            } else {
                assertThat(response).as("%d bytes", length).hasValueSatisfying(bytes -> {
                    assertThat(bytes).hasSize(Header.LENGTH);
                    assertThat(bytes[3] & 0xf).isEqualTo(Rcode.FORMERR);
                });
            }
        }
        assertThat(counters.dropped()).containsEntry(DropReason.TOO_SHORT, (long) Header.LENGTH);
        assertThat(count("FORMERR", AnswerReason.MALFORMED)).isEqualTo(whole.length - Header.LENGTH);
    }

    @Test
    void forgivesNoCutMessageBecauseOfItsTcBit() {
        byte[] whole = edns(query(Type.AAAA), 0).toWire();
        whole[2] |= 0x02;

        assertThat(handle(whole))
                .hasValueSatisfying(bytes -> assertThat(bytes.length).isGreaterThan(Header.LENGTH));
        assertThat(handle(Arrays.copyOf(whole, whole.length - 1)))
                .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(Header.LENGTH));
    }

    @Test
    void survivesRandomBytes() {
        var random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            assertHarmless(bytes);
        }
        assertThat(counters.dropped()).containsEntry(DropReason.INTERNAL_ERROR, 0L);
    }

    @Test
    void survivesQueriesWithFlippedBits() {
        var random = new Random(SEED);
        byte[] whole = edns(query(Type.AAAA), 0).toWire();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertHarmless(bytes);
        }
        assertThat(counters.dropped()).containsEntry(DropReason.INTERNAL_ERROR, 0L);
        assertThat(counters.answers().keySet())
                .extracting(AnswerGroup::reason)
                .doesNotContain(AnswerReason.INTERNAL_ERROR);
    }

    @Test
    @Tag("R-05")
    void ignoresResponses() {
        var response = query(Type.A);
        response.getHeader().setFlag(Flags.QR);

        assertThat(handle(response.toWire())).isEmpty();
        assertThat(counters.dropped()).containsEntry(DropReason.RESPONSE, 1L);
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.IQUERY, Opcode.STATUS, Opcode.NOTIFY, Opcode.UPDATE, 15})
    @Tag("R-05")
    @Tag("R-07")
    void knowsNoOtherOpcode(int opcode) throws IOException {
        var query = query(Type.A);
        query.getHeader().setOpcode(opcode);

        var response = answer(query);

        assertThat(response.getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(response.getHeader().getOpcode()).isEqualTo(opcode);
        assertThat(response.getHeader().getID()).isEqualTo(query.getHeader().getID());
    }

    @Test
    @Tag("R-05")
    void wantsExactlyOneQuestion() throws IOException {
        var none = new Message();
        var two = query(Type.A);
        two.addRecord(Record.newRecord(name("n.example.org."), Type.A, DClass.IN), Section.QUESTION);

        assertThat(answer(none).getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(answer(two).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    @Tag("R-95")
    void wantsOneOptRecordAtTheRootAtMost() throws IOException {
        byte[] elsewhere = edns(query(Type.A), 0).toWire();
        byte[] moved = new byte[elsewhere.length + 1]; // the owner of OPT, a zero, becomes a pointer to the question
        System.arraycopy(elsewhere, 0, moved, 0, elsewhere.length - 11);
        moved[elsewhere.length - 11] = (byte) 0xc0;
        moved[elsewhere.length - 10] = Header.LENGTH;
        System.arraycopy(elsewhere, elsewhere.length - 10, moved, elsewhere.length - 9, 10);

        assertThat(answer(edns(edns(query(Type.A), 0), 0)).getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(new Message(handle(moved).orElseThrow()).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    @Tag("R-95")
    void tellsItsEdnsVersion() throws IOException {
        var response = answer(edns(query(Type.A), 1));

        assertThat(response.getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(response.getOPT().getVersion()).isZero();
        assertThat(count("BADVERS", AnswerReason.BAD_VERSION)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "252, REFUSED", // AXFR
        "251, REFUSED", // IXFR
        "253, NOTIMP", // MAILB
        "254, NOTIMP", // MAILA
        "250, FORMERR", // TSIG
        "249, FORMERR", // TKEY
        "128, FORMERR", // NXNAME
        "41, FORMERR", // OPT
        "0, FORMERR",
    })
    @Tag("R-06")
    void refusesTypesThatAreNoData(int type, String rcode) throws IOException {
        // dnsjava makes no question of type 0 or OPT from its own hands
        byte[] query = query(Type.A).toWire();
        query[query.length - 4] = (byte) (type >>> 8);
        query[query.length - 3] = (byte) type;

        assertThat(Rcode.string(new Message(handle(query).orElseThrow()).getRcode()))
                .isEqualTo(rcode);
    }

    @Test
    @Tag("R-08")
    void refusesQueriesWithoutRecursionButForItsOwnNames() throws IOException {
        var query = query(Type.A);
        query.getHeader().unsetFlag(Flags.RD);
        var own = Message.newQuery(Record.newRecord(Ipv4OnlyArpa.NAME, Type.AAAA, DClass.IN));
        own.getHeader().unsetFlag(Flags.RD);

        assertThat(answer(query).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(answer(own).getSection(Section.ANSWER)).hasSize(2);
    }

    @Test
    @Tag("R-07")
    @Tag("R-121")
    @Tag("R-124")
    void setsTheFlagsOfARecursiveServer() throws IOException {
        var query = query(Type.A);
        query.getHeader().setFlag(Flags.CD);
        query.getHeader().setFlag(Flags.AD);

        var header = answer(query).getHeader();

        assertThat(header.getFlag(Flags.QR)).isTrue();
        assertThat(header.getFlag(Flags.RD)).isTrue();
        assertThat(header.getFlag(Flags.RA)).isTrue();
        assertThat(header.getFlag(Flags.CD)).isTrue();
        assertThat(header.getFlag(Flags.AA)).isFalse();
        assertThat(header.getFlag(Flags.AD)).isFalse();
        assertThat(header.getID()).isEqualTo(query.getHeader().getID());
    }

    @Test
    void tellsStrangersNothingMore() throws IOException {
        byte[] bytes = handler.handle(query(Type.A).toWire(), STRANGER, Transport.UDP)
                .toCompletableFuture()
                .join()
                .orElseThrow();

        assertThat(bytes).hasSameSizeAs(query(Type.A).toWire());
        assertThat(new Message(bytes).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    @Tag("R-137")
    void answersNoMoreQueriesOfOneNetworkThanItsShareAndServesItAgainLater() throws IOException {
        var gate = new CompletableFuture<Outcome>();
        upstream = (_, _) -> gate;
        for (int i = 0; i < QueryAdmission.MAX_PER_NETWORK; i++) {
            var _ = handler.handle(query(Type.A).toWire(), CLIENT, Transport.TCP);
        }
        assertThat(handler.inFlight()).isEqualTo(QueryAdmission.MAX_PER_NETWORK);

        assertThat(answer(query(Type.A), Transport.TCP).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(count("SERVFAIL", AnswerReason.TOO_MANY_QUERIES)).isEqualTo(1);

        gate.complete(data("www.example.org. 60 IN A 192.0.2.7"));
        assertThat(handler.inFlight()).isZero();
        assertThat(answer(query(Type.A)).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    /** A forger of source addresses takes no place of clients that are where they seem to be. */
    @Test
    @Tag("R-137")
    void sendsClientsOverUdpToTcpWhenTheirNetworkHasManyQueriesInFlight() throws IOException {
        upstream = (_, _) -> new CompletableFuture<>();
        for (int i = 0; i < QueryAdmission.MAX_UNPROVEN_PER_NETWORK; i++) {
            var _ = handler.handle(query(Type.A).toWire(), CLIENT, Transport.UDP);
        }
        var response = answer(query(Type.A));
        assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(response.getHeader().getFlag(Flags.TC)).isTrue();

        assertThat(handler.handle(query(Type.A).toWire(), CLIENT, Transport.TCP).toCompletableFuture())
                .isNotDone();
    }

    @Test
    @Tag("R-137")
    void givesANetworkNoMoreLargeAnswersThanItsShare() throws IOException {
        var large = IntStream.range(0, 100)
                .mapToObj(i -> "www.example.org. 60 IN TXT " + i)
                .toArray(String[]::new);
        var limited = Pipelines.handler(
                Pipelines.pipeline((_, _) -> CompletableFuture.completedStage(data(large)), () -> 0, PREF64),
                counters,
                new PacketCache(0, SEED, () -> 0),
                new Views(Pipelines.policy(PREF64), Set.of()),
                Serving.limits(() -> 0));
        int answered = 0;
        while (answer(limited, Transport.TCP).getRcode() == Rcode.NOERROR) {
            assertThat(++answered).isLessThan(1000);
        }

        assertThat(answered).isPositive();
        assertThat(count("SERVFAIL", AnswerReason.TOO_EXPENSIVE)).isEqualTo(1);
        assertThat(answer(limited, Transport.UDP).getRcode()).isEqualTo(Rcode.NOERROR); // these are counted apart
    }

    private static Message answer(QueryHandler asked, Transport transport) throws IOException {
        return new Message(asked.handle(query(Type.TXT).toWire(), CLIENT, transport)
                .toCompletableFuture()
                .join()
                .orElseThrow());
    }

    @Test
    @Tag("R-132")
    void answersWhatItKnowsToANetworkThatHasUsedUpItsShare() throws IOException {
        var cache = new MessageCache(1 << 16, () -> 0);
        cache.store(
                new Question(name("www.example.org."), Type.A, DClass.IN, false, false),
                data("www.example.org. 60 IN A 192.0.2.7"));
        var knowing = Pipelines.handler(
                Pipelines.pipeline((_, _) -> new CompletableFuture<>(), cache, () -> 0, Pipelines.policy(PREF64)),
                counters,
                new PacketCache(0, SEED, () -> 0),
                PREF64);
        for (int i = 0; i < QueryAdmission.MAX_PER_NETWORK; i++) {
            var _ = knowing.handle(query(Type.TXT).toWire(), CLIENT, Transport.TCP);
        }

        var known =
                knowing.handle(query(Type.A).toWire(), CLIENT, Transport.TCP).toCompletableFuture();
        assertThat(new Message(known.join().orElseThrow()).getRcode()).isEqualTo(Rcode.NOERROR);
        var unknown =
                knowing.handle(query(Type.TXT).toWire(), CLIENT, Transport.TCP).toCompletableFuture();
        assertThat(new Message(unknown.join().orElseThrow()).getRcode()).isEqualTo(Rcode.SERVFAIL);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void survivesADefectBelow(boolean thrown) throws IOException {
        upstream = (_, _) -> {
            if (thrown) {
                throw new IllegalStateException("a defect");
            }
            return CompletableFuture.failedStage(new IllegalStateException("a defect"));
        };

        assertThat(answer(query(Type.A)).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(count("SERVFAIL", AnswerReason.INTERNAL_ERROR)).isEqualTo(1);
        assertThat(handler.inFlight()).isZero();
    }

    private void assertHarmless(byte[] bytes) {
        handle(bytes).ifPresent(response -> {
            assertThat(response).startsWith(bytes[0], bytes[1]);
            assertThat(response[2] & 0x80).isNotZero();
        });
    }

    private Optional<byte[]> handle(byte[] bytes) {
        return handler.handle(bytes, CLIENT, Transport.UDP)
                .toCompletableFuture()
                .join();
    }

    private Message answer(Message query) throws IOException {
        return answer(query, Transport.UDP);
    }

    private Message answer(Message query, Transport transport) throws IOException {
        return new Message(handler.handle(query.toWire(), CLIENT, transport)
                .toCompletableFuture()
                .join()
                .orElseThrow());
    }

    private long count(String rcode, AnswerReason reason) {
        return ServerBed.count(counters.answers(), rcode, reason);
    }

    private static Message query(int type) {
        return Message.newQuery(Record.newRecord(name("www.example.org."), type, DClass.IN));
    }

    private static Message edns(Message query, int version) {
        query.addRecord(new OPTRecord(1232, 0, version), Section.ADDITIONAL);
        return query;
    }

    private QueryHandler handler(Upstream source) {
        var pipeline = Pipelines.pipeline(source, () -> 0, PREF64);
        return Pipelines.handler(pipeline, counters, new PacketCache(1 << 16, SEED, () -> 0), PREF64);
    }
}
