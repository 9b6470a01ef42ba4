// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.cache;

import static java.util.Objects.requireNonNull;
import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.answer;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.noData;
import static nat64.dns64.testing.Records.nxDomain;
import static nat64.dns64.testing.Records.soa;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Question;
import nat64.dns64.message.Sections;
import nat64.dns64.settings.NxDomainCut;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class MessageCacheTest {

    private static final Question A = question("www.example.org.", Type.A);
    private static final Question AAAA = A.withType(Type.AAAA);

    private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(50); // the clock may overflow
    private final MessageCache cache = new MessageCache(1 << 16, () -> nanos);

    @Test
    @Tag("R-64")
    void countsTtlsDown() {
        cache.store(A, data("www.example.org. 120 IN A 192.0.2.1", "www.example.org. 200 IN A 192.0.2.2"));
        pass(100);

        assertThat(cache.find(A))
                .isEqualTo(data("www.example.org. 20 IN A 192.0.2.1", "www.example.org. 100 IN A 192.0.2.2"));
        assertThat(((Outcome.Data) known(A)).sections().lowestTtl()).hasValue(20);
    }

    @Test
    void forgetsWhenTheLowestTtlIsOver() {
        cache.store(A, data("www.example.org. 120 IN A 192.0.2.1", "www.example.org. 60 IN A 192.0.2.2"));
        pass(59);
        assertThat(cache.find(A)).isNotNull();
        pass(1);

        assertThat(cache.find(A)).isNull();
        assertThat(cache.entries()).isZero();
        assertThat(cache.bytes()).isZero();
    }

    @Test
    @Tag("R-66")
    void keepsNothingWithTtlZero() {
        cache.store(A, data("www.example.org. 0 IN A 192.0.2.1"));

        assertThat(cache.find(A)).isNull();
    }

    @Test
    @Tag("R-67")
    @Tag("R-88")
    void keepsADenialWithItsSoaAsLongAsThatSays() {
        cache.store(AAAA, noData(soa(900, 300)));
        pass(299);
        assertThat(((Outcome.NoData) known(AAAA))
                        .sections()
                        .authority()
                        .getFirst()
                        .getTTL())
                .isEqualTo(601);
        pass(1);

        assertThat(cache.find(AAAA)).isNull();
    }

    @Test
    @Tag("R-88")
    void keepsADenialForAnHourAtMost() {
        cache.store(AAAA, noData(soa(86400, 86400)));
        pass(3600);

        assertThat(cache.find(AAAA)).isNull();
    }

    @Test
    @Tag("R-88")
    void keepsNoDenialWithoutSoa() {
        cache.store(AAAA, new Outcome.NoData(Sections.EMPTY));

        assertThat(cache.find(AAAA)).isNull();
    }

    @Test
    @Tag("R-88")
    void denialOfTheNameHoldsForEveryType() {
        cache.store(A, nxDomain(SOA));

        assertThat(cache.find(AAAA)).isInstanceOf(Outcome.NxDomain.class);
    }

    @Test
    @Tag("R-88")
    void denialBehindAnAliasHoldsForTheTypeOnly() {
        cache.store(A, nxDomain(SOA, "www.example.org. 60 IN CNAME gone.example.org."));

        assertThat(cache.find(A)).isInstanceOf(Outcome.NxDomain.class);
        assertThat(cache.find(A.withType(Type.CNAME))).isNull();
    }

    @Test
    @Tag("R-89")
    void denialOfTheNameHoldsForAllBelowIt() {
        cache.store(A, nxDomain(SOA));

        assertThat(cache.find(question("a.b.WWW.example.org.", Type.MX))).isEqualTo(nxDomain(SOA));
        assertThat(cache.find(question("example.org.", Type.A))).isNull();
        assertThat(cache.find(question("wwww.example.org.", Type.A))).isNull();
    }

    @Test
    @Tag("R-89")
    void denialOfANameEndsWhereAZoneWithOtherUpstreamsBegins() {
        cache.store(question("local.", Type.SOA), nxDomain(SOA));
        var scope = new DenialScope(NxDomainCut.ALL, Set.of(name("cluster.local.")));

        assertThat(cache.find(question("cluster.local.", Type.A), scope)).isNull();
        assertThat(cache.find(question("a.b.Cluster.local.", Type.A), scope)).isNull();
        assertThat(cache.find(question("a.other.local.", Type.A), scope)).isEqualTo(nxDomain(SOA));
    }

    @Test
    @Tag("R-89")
    void onlySecureDenialsSpeakForNamesBelowIfTheOperatorWantsItSo() {
        var secure = new DenialScope(NxDomainCut.SECURE, Set.of());
        var below = question("a.www.example.org.", Type.A);
        cache.store(A, nxDomain(SOA));
        assertThat(cache.find(below, secure)).isNull();
        assertThat(cache.find(below, new DenialScope(NxDomainCut.OFF, Set.of())))
                .isNull();
        cache.store(A, new Outcome.NxDomain(nxDomain(SOA).sections().withSecure(true)));

        assertThat(cache.find(below, secure)).isInstanceOf(Outcome.NxDomain.class);
    }

    @Test
    void keepsAliasesThatLeadElsewhereAsLongAsTheyLive() {
        cache.store(A, new Outcome.NoData(answer("www.example.org. 60 IN CNAME w.example.com.")));
        pass(59);
        assertThat(cache.find(A)).isNotNull();
        pass(1);

        assertThat(cache.find(A)).isNull();
    }

    @Test
    @Tag("R-89")
    void denialBehindAnAliasSaysNothingAboutNamesBelow() {
        cache.store(A, nxDomain(SOA, "www.example.org. 60 IN CNAME gone.example.org."));

        assertThat(cache.find(question("a.www.example.org.", Type.A))).isNull();
    }

    @Test
    @Tag("R-89")
    void contradictedDenialSaysNothingAboutNamesBelow() {
        cache.store(AAAA, noData(SOA));
        cache.store(A, nxDomain(SOA));

        assertThat(cache.find(question("a.www.example.org.", Type.A))).isNull();
    }

    @Test
    @Tag("R-88")
    void denialOfATypeHoldsForThatTypeOnly() {
        cache.store(AAAA, noData(SOA));

        assertThat(cache.find(AAAA)).isInstanceOf(Outcome.NoData.class);
        assertThat(cache.find(A)).isNull();
    }

    @Test
    @Tag("R-86")
    void keepsFailuresForFiveSeconds() {
        cache.store(A, new Outcome.Failure(Rcode.SERVFAIL));
        cache.store(AAAA, new Outcome.Timeout());
        pass(4);
        assertThat(cache.find(A)).isEqualTo(new Outcome.Failure(Rcode.SERVFAIL));
        assertThat(cache.find(AAAA)).isEqualTo(new Outcome.Timeout());
        pass(1);

        assertThat(cache.find(A)).isNull();
        assertThat(cache.find(AAAA)).isNull();
    }

    @Test
    @Tag("R-86")
    void believesEachFailureInARowTwiceAsLong() {
        fail(5); // seconds
        fail(10);
        fail(20);
        for (int seconds = 40; seconds < 300; seconds *= 2) {
            fail(seconds);
        }
        fail(300);
        fail(300);
    }

    @Test
    @Tag("R-86")
    void beginsAnewAfterAnAnswerAndAfterAWhile() {
        fail(5);
        fail(10);
        cache.store(A, data("www.example.org. 1 IN A 192.0.2.1"));
        pass(1);
        fail(5);
        pass(5);
        fail(5);
    }

    @Test
    void forgetsFailuresWhenToldTo() {
        cache.store(A, new Outcome.Timeout());
        cache.forgetFailures();

        assertThat(cache.find(A)).isNull();
        assertThat(cache.bytes()).isZero();
    }

    /** Stores a failure, which is believed for so many seconds. */
    private void fail(int seconds) {
        cache.store(A, new Outcome.Timeout());
        pass(seconds - 1);
        assertThat(cache.find(A)).isNotNull();
        pass(1);
        assertThat(cache.find(A)).isNull();
    }

    @Test
    @Tag("R-10")
    void knowsNamesInAnyLetterCase() {
        cache.store(question("wWw.Example.ORG.", Type.A), data("www.example.org. 120 IN A 192.0.2.1"));

        assertThat(cache.find(A)).isNotNull();
    }

    @Test
    @Tag("R-91")
    void keepsAnswersApartByDoAndCd() {
        cache.store(A, data("www.example.org. 120 IN A 192.0.2.1"));

        assertThat(cache.find(new Question(A.name(), Type.A, DClass.IN, true, false)))
                .isNull();
        assertThat(cache.find(new Question(A.name(), Type.A, DClass.IN, false, true)))
                .isNull();
        assertThat(cache.find(new Question(A.name(), Type.A, DClass.CH, false, false)))
                .isNull();
    }

    @Test
    @Tag("R-137")
    void staysWithinItsBytesAndKeepsWhatIsAskedFor() {
        var small = new MessageCache(8000, () -> nanos);
        small.store(A, data("www.example.org. 120 IN A 192.0.2.1"));
        for (int i = 0; i < 1000; i++) {
            assertThat(small.find(A)).isNotNull();
            small.store(question("n" + i + ".example.org.", Type.A), data("n" + i + ".example.org. 60 IN A 192.0.2.1"));
            assertThat(small.bytes()).isLessThanOrEqualTo(8000);
        }

        assertThat(small.entries()).isBetween(5, 40);
        assertThat(small.evictions()).isEqualTo(1001 - small.entries());
    }

    @Test
    @Tag("R-86")
    void manyFailuresPushNoAnswerOut() {
        cache.store(A, data("www.example.org. 120 IN A 192.0.2.1"));
        for (int i = 0; i < 10_000; i++) {
            cache.store(question("n" + i + ".example.org.", Type.A), new Outcome.Timeout());
        }

        assertThat(cache.find(A)).isNotNull();
        assertThat(cache.bytes()).isLessThanOrEqualTo(1 << 16);
    }

    @Test
    void replacingAnAnswerCountsItOnce() {
        cache.store(A, data("www.example.org. 120 IN A 192.0.2.1"));
        long bytes = cache.bytes();
        cache.store(A, data("www.example.org. 120 IN A 192.0.2.9"));

        assertThat(cache.bytes()).isEqualTo(bytes);
        assertThat(cache.entries()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7})
    void keepsNothingWithoutRoom(long bytes) {
        var none = new MessageCache(bytes, () -> nanos);
        none.store(A, data("www.example.org. 120 IN A 192.0.2.1"));
        none.store(AAAA, new Outcome.Timeout());

        assertThat(none.entries()).isZero();
    }

    @Test
    void countsHitsAndMisses() {
        cache.find(A);
        cache.store(A, data("www.example.org. 120 IN A 192.0.2.1"));
        cache.find(A);
        cache.find(A);

        assertThat(cache.misses()).isEqualTo(1);
        assertThat(cache.hits()).isEqualTo(2);
    }

    private Outcome known(Question question) {
        return requireNonNull(cache.find(question));
    }

    private void pass(long seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    private static Question question(String name, int type) {
        return new Question(name(name), type, DClass.IN, false, false);
    }
}
