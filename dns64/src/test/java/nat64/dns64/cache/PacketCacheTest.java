// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import static nat64.dns64.cache.Messages.query;
import static nat64.dns64.cache.Messages.queryWithEdns;
import static nat64.dns64.cache.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import nat64.dns64.testing.Records;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

class PacketCacheTest {

    private static final long SEED = 64;
    private static final String NAME = "www.example.org.";
    private static final String AAAA = NAME + " 60 IN AAAA 2001:db8::1";

    private final LongAdder sent = new LongAdder();
    private final AnswerKind kind = new AnswerKind("native", sent);
    private long seconds = 1000;
    private final PacketCache cache = cache(1 << 16);

    @Test
    void repeatsTheAnswerWithTheIdOfTheQuery() {
        keep(query(NAME), AAAA);
        byte[] again = query(NAME);

        assertThat(answer(again)).isEqualTo(response(again, AAAA));
        assertThat(sent.sum()).isOne();
        assertThat(cache.hits()).isOne();
    }

    @Test
    @Tag("R-07")
    void repeatsTheLetterCaseOfTheQuestion() throws IOException {
        keep(query(NAME), AAAA);

        var answer = new Message(answer(query("wWw.ExAmPlE.oRg.")));

        assertThat(answer.getQuestion().getName().toString()).isEqualTo("wWw.ExAmPlE.oRg.");
        assertThat(answer.getSection(Section.ANSWER).getFirst().getName().toString())
                .isEqualTo("wWw.ExAmPlE.oRg.");
    }

    @Test
    @Tag("R-64")
    void countsTtlsDownUntilTheyAreGone() throws IOException {
        keep(query(NAME), AAAA, NAME + " 90 IN AAAA 2001:db8::2");
        for (int age = 0; age < 60; age++) {
            if (age == 54) {
                assertThat(answer(query(NAME))).as("one is handled in full").isEmpty();
            }
            assertThat(new Message(answer(query(NAME))).getSection(Section.ANSWER))
                    .extracting(record -> record.getTTL())
                    .containsExactly(60L - age, 90L - age);
            seconds++;
        }
        assertThat(answer(query(NAME))).isEmpty();
        assertThat(cache.misses()).isEqualTo(2);
    }

    @Test
    void writesAnOptRecordForThoseWhoSentOne() {
        byte[] plain = queryWithEdns(NAME, 1232, false);
        byte[] secure = queryWithEdns(NAME, 1232, true);
        keep(plain, AAAA);
        keep(secure, AAAA);

        assertThat(answer(plain)).isEqualTo(response(plain, AAAA));
        assertThat(answer(secure)).isEqualTo(response(secure, AAAA));
    }

    @Test
    void answersNoneButTheSameQuestion() {
        keep(query(NAME), AAAA);
        byte[] checkingDisabled = query(NAME);
        checkingDisabled[3] |= 0x10;

        assertThat(answer(checkingDisabled)).isEmpty();
        assertThat(answer(queryWithEdns(NAME, 1232, false))).isEmpty();
        assertThat(answer(queryWithEdns(NAME, 1232, true))).isEmpty();
        assertThat(answer(query("ww.example.org."))).isEmpty();
    }

    @Test
    @Tag("R-96")
    void sendsNothingThatIsTooLongForTheClient() {
        var lines = new String[40];
        Arrays.setAll(lines, i -> NAME + " 60 IN AAAA 2001:db8::" + i);
        keep(queryWithEdns(NAME, 1232, false), lines);

        assertThat(answer(queryWithEdns(NAME, 1232, false))).hasSizeGreaterThan(512);
        assertThat(answer(queryWithEdns(NAME, 512, false))).isEmpty();
    }

    @Test
    void staysWithinItsSize() {
        var small = cache(10_000);
        for (int i = 0; i < 5_000; i++) {
            keep(small, query("n" + i + ".example.org."), AAAA);
            assertThat(small.bytes()).isLessThanOrEqualTo(10_000);
        }
        assertThat(small.entries()).isGreaterThan(20);
    }

    @Test
    void keepsWhatIsAskedForWhenMuchElseComes() {
        var small = cache(1 << 16);
        keep(small, query(NAME), AAAA);
        for (int i = 0; i < 50_000; i++) {
            keep(small, query("random" + i + ".example.org."), AAAA);
            assertThat(answer(small, query(NAME))).as("after %d others", i).isNotEmpty();
        }
    }

    @Test
    void keepsNothingWithoutMemoryOrTime() {
        var none = cache(0);
        keep(none, query(NAME), AAAA);
        var wire = new PacketQuery();
        byte[] query = query(NAME);
        wire.read(query, query.length, 0);
        cache.keep(wire, response(query, AAAA), 0, 0, kind);

        assertThat(none.entries()).isZero();
        assertThat(cache.entries()).isZero();
    }

    @Test
    void replacesAnAnswer() {
        keep(query(NAME), AAAA);
        seconds += 30;
        keep(query(NAME), AAAA);

        assertThat(cache.entries()).isOne();
        byte[] again = query(NAME);
        assertThat(answer(again)).isEqualTo(response(again, AAAA));
    }

    @Test
    void keepsAnswersOfVariantsApart() {
        byte[] query = query(NAME);
        var wire = new PacketQuery();
        assertThat(wire.read(query, query.length, 1)).isTrue();
        cache.keep(wire, response(query, AAAA), 0, 60, kind);

        assertThat(wire.read(query, query.length, 2)).isTrue();
        assertThat(cache.answer(wire, new byte[1232])).isZero();
        assertThat(wire.read(query, query.length, 1)).isTrue();
        assertThat(cache.answer(wire, new byte[1232])).isPositive();
    }

    @ParameterizedTest
    @Tag("R-98")
    @Tag("R-129")
    @CsvSource({"1232, true", "512, false"})
    void repeatsOptionsWhereThereIsRoomForThem(int payload, boolean room) throws IOException {
        byte[] query = queryWithEdns(NAME, 1232, false);
        var lines = IntStream.range(0, 16)
                .mapToObj(i -> NAME + " 60 IN AAAA 2001:db8::" + i)
                .toArray(String[]::new);
        var message = new Message(response(query, lines));
        var error = new ExtendedErrorCodeOption(ExtendedErrorCodeOption.SYNTHESIZED, "synthesized_after_timeout");
        message.removeRecord(message.getOPT(), Section.ADDITIONAL);
        message.addRecord(new OPTRecord(1232, 0, 0, 0, List.<EDNSOption>of(error)), Section.ADDITIONAL);
        var wire = new PacketQuery();
        assertThat(wire.read(query, query.length, 0)).isTrue();
        cache.keep(wire, message.toWire(), error.toWire().length, 60, kind);

        var answer = new Message(answer(queryWithEdns(NAME, payload, false)));

        assertThat(answer.getSection(Section.ANSWER)).hasSize(16);
        assertThat(answer.getOPT().getOptions()).isEqualTo(room ? List.of(error) : List.of());
    }

    private void keep(byte[] query, String... records) {
        keep(cache, query, records);
    }

    private void keep(PacketCache into, byte[] query, String... records) {
        var wire = new PacketQuery();
        assertThat(wire.read(query, query.length, 0)).isTrue();
        long ttl = Records.records(records).stream()
                .mapToLong(record -> record.getTTL())
                .min()
                .orElseThrow();
        into.keep(wire, response(query, records), 0, ttl, kind);
    }

    private byte[] answer(byte[] query) {
        return answer(cache, query);
    }

    private static byte[] answer(PacketCache from, byte[] query) {
        var wire = new PacketQuery();
        assertThat(wire.read(query, query.length, 0)).isTrue();
        byte[] response = new byte[1232];
        int length = from.answer(wire, response);
        return Arrays.copyOf(response, length);
    }

    private PacketCache cache(long bytes) {
        return new PacketCache(bytes, SEED, () -> TimeUnit.SECONDS.toNanos(seconds));
    }
}
