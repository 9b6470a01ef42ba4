// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.noData;
import static nat64.dns64.testing.Records.nxDomain;
import static nat64.dns64.testing.Records.records;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Sections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Record;

class PackedAnswerTest {

    private static final long STORED = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5); // the clock may overflow
    private static final long LIFETIME = TimeUnit.SECONDS.toNanos(60);

    static List<Outcome.Answered> answers() {
        var all = new Sections(
                records(
                        "www.example.org. 60 IN CNAME a.example.net.",
                        "a.example.net. 70 IN A 192.0.2.1",
                        "a.example.net. 70 IN RRSIG A 13 3 70 20300101000000 20200101000000 1 example.net. AAAA"),
                records("example.net. 80 IN NS ns.example.net.", "example.net. 80 IN NSEC b.example.net. A NSEC"),
                records("ns.example.net. 90 IN AAAA 2001:db8::53"));
        return List.of(
                new Outcome.Data(all),
                new Outcome.Data(all.withSecure(true)),
                data("long.example.org. 604800 IN TXT \"" + "x".repeat(255) + "\""),
                data("example.org. 60 IN TYPE65280 \\# 3 010203"),
                noData(SOA),
                nxDomain(SOA),
                new Outcome.NxDomain(new Sections(
                        records("www.example.org. 60 IN CNAME a.example.net."),
                        records("example.net. 60 IN SOA ns. host. 1 2 3 4 60"),
                        List.of())),
                new Outcome.NoData(Sections.EMPTY));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void isTheSameWhenUnpacked(Outcome.Answered answer) {
        var unpacked = PackedAnswer.of(answer, STORED, LIFETIME).unpack(STORED);

        assertThat(unpacked).isEqualTo(answer);
        assertThat(ttls(unpacked)).isEqualTo(ttls(answer));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void agesAsTheAnswerWould(Outcome.Answered answer) {
        var unpacked = PackedAnswer.of(answer, STORED, LIFETIME).unpack(STORED + TimeUnit.SECONDS.toNanos(25));

        assertThat(ttls(unpacked)).isEqualTo(ttls((Outcome.Answered) answer.aged(25)));
    }

    @Test
    void aSecondThatHasBegunIsNotGivenAway() {
        var packed = PackedAnswer.of(data("www.example.org. 60 IN A 192.0.2.1"), STORED, LIFETIME);

        assertThat(ttls(packed.unpack(STORED + 1))).containsExactly(59L);
        assertThat(ttls(packed.unpack(STORED + LIFETIME - 1))).containsExactly(0L);
    }

    @Test
    void isStaleWhenItsTimeIsUp() {
        var packed = PackedAnswer.of(data("www.example.org. 60 IN A 192.0.2.1"), STORED, LIFETIME);

        assertThat(packed.unpack(STORED + LIFETIME - 1).sections().stale()).isFalse();
        assertThat(packed.unpack(STORED + LIFETIME).sections().stale()).isTrue();
        assertThat(ttls(packed.unpack(STORED + LIFETIME))).containsExactly(Sections.STALE_TTL);
    }

    @Test
    void keepsAsManyRecordsAsAMessageHasRoomFor() {
        var records = Stream.iterate(0, i -> i + 1)
                .limit(2000)
                .map(i -> "many.example.org. 60 IN A 198.18." + i / 256 + "." + i % 256)
                .toArray(String[]::new);

        assertThat(PackedAnswer.of(data(records), STORED, LIFETIME).unpack(STORED))
                .isEqualTo(data(records));
    }

    private static List<Long> ttls(Outcome.Answered answer) {
        return answer.sections().records().map(Record::getTTL).toList();
    }
}
