// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static nat64.dns64.testing.Records.answer;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.noData;
import static nat64.dns64.testing.Records.nxDomain;
import static nat64.dns64.testing.Records.records;
import static nat64.dns64.testing.Records.soa;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import nat64.dns64.cache.MessageCache;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.cache.PacketQuery;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import nat64.dns64.query.Counters;
import nat64.dns64.query.Pipeline;
import nat64.dns64.query.Pipelines;
import nat64.dns64.query.QueryHandler;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** An answer that was kept ready is the very answer that the long way gives. */
class ReadyAnswersTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
    private static final String PREF64 = "2001:db8:64::/96";
    private static final long SEED = 8880;
    private static final String SOA = soa(300, 300);
    private static final int QUERIES = 30_000;
    private static final List<String> NAMES = List.of(
            "www",
            "alias",
            "real",
            "both",
            "mapped",
            "many",
            "few",
            "gone",
            "gonenosoa",
            "empty",
            "unproven",
            "fails",
            "silent",
            "zero",
            "mail",
            "unknown");
    private static final int[] TYPES = {Type.A, Type.AAAA, Type.MX, Type.TXT, Type.PTR, Type.ANY};

    private static final Map<String, Outcome> KNOWN = Map.ofEntries(
            Map.entry(
                    "www A", data("www.example.org. 120 IN A 198.51.100.7", "www.example.org. 120 IN A 198.51.100.8")),
            Map.entry("www AAAA", noData(SOA)),
            Map.entry(
                    "alias A",
                    data("alias.example.org. 50 IN CNAME Www.Example.ORG.", "www.example.org. 90 IN A 198.51.100.7")),
            Map.entry("alias AAAA", noData(SOA, "alias.example.org. 50 IN CNAME Www.Example.ORG.")),
            Map.entry("real AAAA", data("real.example.org. 30 IN AAAA 2001:db8::7")),
            Map.entry("both A", data("both.example.org. 30 IN A 198.51.100.9")),
            Map.entry(
                    "both AAAA",
                    data("both.example.org. 40 IN AAAA 2001:db8::7", "both.example.org. 40 IN AAAA ::ffff:1.2.3.4")),
            Map.entry("mapped A", data("mapped.example.org. 30 IN A 198.51.100.9")),
            Map.entry("mapped AAAA", data("mapped.example.org. 20 IN AAAA ::ffff:1.2.3.4")),
            Map.entry("many A", data(many("many", 60))),
            Map.entry("many AAAA", noData(SOA)),
            Map.entry("few A", withAdditional(many("few", 16))),
            Map.entry("few AAAA", noData(SOA)),
            Map.entry("gone AAAA", nxDomain(soa(40, 40))),
            Map.entry("gone A", nxDomain(soa(40, 40))),
            Map.entry("gonenosoa AAAA", new Outcome.NxDomain(Sections.EMPTY)),
            Map.entry("empty A", noData(soa(25, 25))),
            Map.entry("empty AAAA", noData(soa(35, 35))),
            Map.entry("unproven AAAA", new Outcome.NoData(Sections.EMPTY)),
            Map.entry("unproven A", data("unproven.example.org. 30 IN A 198.51.100.9")),
            Map.entry("fails AAAA", new Outcome.Failure(Rcode.SERVFAIL)),
            Map.entry("fails A", data("fails.example.org. 300 IN A 198.51.100.9")),
            Map.entry("silent AAAA", new Outcome.Timeout()),
            Map.entry("silent A", new Outcome.Timeout()),
            Map.entry("zero AAAA", noData(SOA)),
            Map.entry("zero A", data("zero.example.org. 0 IN A 198.51.100.9")),
            Map.entry("mail MX", withAdditional("mail.example.org. 70 IN MX 10 mx.example.org.")),
            Map.entry("mail TXT", data("mail.example.org. 70 IN TXT \"a text\"")));

    private final Counters counters = new Counters();
    private final Random random = new Random(SEED);
    private long seconds;
    private final PacketCache ready = new PacketCache(1 << 18, SEED, this::now);
    private final Pipeline pipeline = pipeline();
    private final QueryHandler keeping = handler(ready);
    private final QueryHandler longWay = handler(new PacketCache(0, SEED, this::now));

    @Test
    void areTheAnswersOfTheLongWay() {
        for (int i = 0; i < QUERIES; i++) {
            seconds += random.nextInt(40) == 0 ? random.nextInt(20) : 0;
            byte[] query = randomQuery();
            byte[] expected = handle(longWay, query);

            assertThat(answerAtOnce(query).orElseGet(() -> handle(keeping, query)))
                    .as("%s", text(query))
                    .isEqualTo(expected);
        }
        assertThat(ready.hits()).isGreaterThan(QUERIES / 10);
    }

    @ParameterizedTest
    @CsvSource({
        "www, AAAA, true",
        "alias, AAAA, true",
        "real, AAAA, true",
        "gone, AAAA, true",
        "empty, AAAA, true",
        "mail, MX, true",
        "gonenosoa, AAAA, false",
        "unproven, AAAA, false",
        "fails, AAAA, false",
        "silent, AAAA, false",
        "zero, AAAA, false",
        "mapped, AAAA, false",
        "www, ANY, false"
    })
    void areKeptOnlyIfTheyAreTrueForAWhile(String host, String type, boolean kept) {
        byte[] query = query(host + ".example.org.", Type.value(type)).toWire();
        handle(keeping, query);

        assertThat(answerAtOnce(query).isPresent()).isEqualTo(kept);
    }

    @Test
    void areKeptOnlyIfNothingWasLeftOut() {
        handle(keeping, edns(query("few.example.org.", Type.AAAA), 512, 0).toWire());

        assertThat(answerAtOnce(
                        edns(query("few.example.org.", Type.AAAA), 1232, 0).toWire()))
                .isEmpty();
    }

    @Test
    void countAsTheReasonTheyWereMadeFor() {
        byte[] query = query("www.example.org.", Type.AAAA).toWire();
        handle(keeping, query);
        answerAtOnce(query);

        assertThat(ServerBed.count(counters.answers(), "NOERROR", AnswerReason.SYNTHESIZED))
                .isEqualTo(2);
    }

    private byte[] randomQuery() {
        var text = NAMES.get(random.nextInt(NAMES.size())) + ".example.org.";
        var query = query(randomCase(text), TYPES[random.nextInt(TYPES.length)]);
        if (random.nextInt(10) == 0) {
            query.getHeader().unsetFlag(Flags.RD);
        }
        if (random.nextInt(4) == 0) {
            query.getHeader().setFlag(Flags.CD);
        }
        if (random.nextInt(4) == 0) {
            query.getHeader().setFlag(Flags.AD);
        }
        if (random.nextBoolean()) {
            edns(query, 300 + random.nextInt(1500), random.nextBoolean() ? ExtendedFlags.DO : 0);
        }
        return query.toWire();
    }

    private String randomCase(String text) {
        var bytes = text.toCharArray();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextBoolean() ? Character.toUpperCase(bytes[i]) : bytes[i];
        }
        return new String(bytes);
    }

    private Message edns(Message query, int payload, int flags) {
        List<EDNSOption> options = random.nextInt(3) == 0 ? List.of(new GenericEDNSOption(10, new byte[8])) : List.of();
        query.addRecord(new OPTRecord(payload, 0, 0, flags, options), Section.ADDITIONAL);
        return query;
    }

    private Optional<byte[]> answerAtOnce(byte[] query) {
        var wire = new PacketQuery();
        byte[] response = new byte[1232];
        if (!wire.read(query, query.length, 0)) {
            return Optional.empty();
        }
        Serving.options().addTo(wire, CLIENT);
        int length = ready.answer(wire, response);
        return length == 0 ? Optional.empty() : Optional.of(Arrays.copyOf(response, length));
    }

    private static byte[] handle(QueryHandler handler, byte[] query) {
        return handler.handle(query, CLIENT, Transport.UDP)
                .toCompletableFuture()
                .join()
                .orElseThrow();
    }

    private long now() {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private static Outcome known(Question question) {
        var host = question.name().getLabelString(0);
        var outcome = KNOWN.get(host + " " + Type.string(question.type()));
        return outcome == null ? noData(soa(60, 60)) : outcome;
    }

    private static String[] many(String host, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> host + ".example.org. 60 IN A 198.51.100." + i)
                .toArray(String[]::new);
    }

    private static Outcome withAdditional(String... lines) {
        return new Outcome.Data(new Sections(
                answer(lines).answer(),
                records("example.org. 80 IN NS ns.example.org."),
                records("ns.example.org. 80 IN A 198.51.100.1", "ns.example.org. 80 IN AAAA 2001:db8::53")));
    }

    private static Message query(String text, int type) {
        Name name = name(text);
        return Message.newQuery(Record.newRecord(name, type, DClass.IN));
    }

    private static String text(byte[] query) {
        try {
            return new Message(query).toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Pipeline pipeline() {
        var cache = new MessageCache(1 << 20, this::now);
        return Pipelines.pipeline(
                (question, _) -> CompletableFuture.completedStage(kept(cache, question)), this::now, PREF64);
    }

    /** Never asks ahead of time, so that both ways see the same TTLs. */
    private static Outcome kept(MessageCache cache, Question question) {
        var known = cache.find(question);
        if (known != null) {
            return known;
        }
        var outcome = known(question);
        cache.store(question, outcome);
        return outcome;
    }

    private QueryHandler handler(PacketCache into) {
        return Pipelines.handler(pipeline, counters, into, PREF64);
    }
}
