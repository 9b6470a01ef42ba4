// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.noData;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import nat64.dns64.message.Question;
import nat64.dns64.statistics.CachedAnswer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/** What operators see of the message cache. */
class CacheListTest {

    private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(50); // the clock may overflow
    private final MessageCache cache = new MessageCache(1 << 16, Duration.ofHours(1), () -> nanos);

    @BeforeEach
    void fill() {
        cache.store(question("www.example.org.", Type.A), data("www.example.org. 120 IN A 192.0.2.1"));
        cache.store(question("www.example.org.", Type.AAAA), noData(SOA));
        cache.store(question("a.example.org.", Type.A), data("a.example.org. 120 IN A 192.0.2.2"));
        cache.store(question("www.example.net.", Type.A), data("www.example.net. 120 IN A 192.0.2.3"));
    }

    @Test
    void aNameAndAllNamesBelowItAreInOrder() {
        assertThat(cache.list(name("example.org."), 0, 10))
                .extracting(entry -> entry.name() + " " + Type.string(entry.type()))
                .containsExactly("a.example.org. A", "www.example.org. A", "www.example.org. AAAA");
        assertThat(cache.list(name("."), 0, 10)).hasSize(4);
    }

    @Test
    void aPageSkipsThoseBefore() {
        assertThat(cache.list(name("example.org."), 1, 1))
                .extracting(entry -> entry.name().toString())
                .containsExactly("www.example.org.");
        assertThat(cache.list(name("example.org."), 3, 10)).isEmpty();
    }

    @Test
    void whatIsLeftOfTheTtlIsTold() {
        nanos += TimeUnit.SECONDS.toNanos(100);

        assertThat(cache.list(name("a.example.org."), 0, 10)).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo(CachedAnswer.Kind.DATA);
            assertThat(entry.secondsLeft()).isEqualTo(20);
            assertThat(entry.records()).extracting(record -> record.getTTL()).containsExactly(20L);
        });
    }

    @Test
    void whatIsKeptForBadTimesIsStale() {
        nanos += TimeUnit.SECONDS.toNanos(150);

        assertThat(cache.list(name("a.example.org."), 0, 10))
                .singleElement()
                .extracting(CachedAnswer::secondsLeft)
                .isEqualTo(-30L);
    }

    @Test
    void aLookByAnOperatorIsNoHit() {
        cache.list(name("."), 0, 10);

        assertThat(cache.hits()).isZero();
        assertThat(cache.misses()).isZero();
    }

    private static Question question(String name, int type) {
        return new Question(name(name), type, DClass.IN, false, false);
    }
}
