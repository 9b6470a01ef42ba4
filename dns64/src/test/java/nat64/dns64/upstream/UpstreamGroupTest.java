// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import static nat64.dns64.testing.FakeUpstream.rcode;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.testing.FakeUpstream.silence;
import static nat64.dns64.upstream.UpstreamBed.TIMEOUT;
import static nat64.dns64.upstream.UpstreamBed.ask;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nat64.dns64.message.Outcome;
import nat64.dns64.settings.UpstreamPolicy;
import nat64.dns64.settings.UpstreamServer;
import nat64.dns64.testing.FakeUpstream;
import nat64.dns64.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Rcode;

@ExtendWith(LeakCheck.class)
class UpstreamGroupTest {

    private static final FakeUpstream.Behaviour DATA = records("www.example.org. 60 IN A 192.0.2.1");

    private final UpstreamBed bed = new UpstreamBed();
    private FakeUpstream first;
    private FakeUpstream second;
    private RemoteServer one;
    private RemoteServer other;
    private UpstreamGroup group;

    @BeforeEach
    void start() throws IOException {
        first = new FakeUpstream().otherwise(DATA);
        second = new FakeUpstream().otherwise(DATA);
        one = bed.server(first.server());
        other = bed.server(second.server());
        group = bed.group(one, other);
    }

    @AfterEach
    void stop() {
        bed.close();
        first.close();
        second.close();
    }

    @Test
    void leavesTheSecondInPeaceWhileTheFirstKnows() {
        assertThat(ask(group, 5000)).isInstanceOf(Outcome.Data.class);
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void believesThatANameDoesNotExist() {
        first.otherwise(rcode(Rcode.NXDOMAIN));

        assertThat(ask(group, 5000)).isInstanceOf(Outcome.NxDomain.class);
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void asksTheSecondWhenTheFirstOnlyRefersToOthers() {
        first.otherwise((query, _) -> {
            var referral = FakeUpstream.response(
                    query, Rcode.NOERROR, List.of(), List.of("example.org. 60 IN NS ns.example.org."));
            referral.getHeader().unsetFlag(Flags.RA);
            return referral.toWire();
        });

        assertThat(ask(group, 5000)).isInstanceOf(Outcome.Data.class);
        assertThat(second.asked()).hasSize(1);
    }

    @Test
    @Tag("R-115")
    void asksTheSecondWhenTheFirstTakesLongAndBelievesWhoeverKnows() {
        first.otherwise(silence());

        assertThat(ask(bed.group(UpstreamPolicy.SEQUENTIAL, Duration.ofSeconds(10), one, other), 2000))
                .isInstanceOf(Outcome.Data.class);
        assertThat(first.asked()).hasSize(1);
        assertThat(second.asked()).hasSize(1);
    }

    @Test
    @Tag("R-116")
    void asksAServerLastThatStaysSilentAgainAndAgain() {
        first.otherwise(silence());
        for (int i = 0; i < 3; i++) {
            assertThat(ask(group, 5000)).isInstanceOf(Outcome.Data.class);
        }

        assertThat(ask(group, 5000)).isInstanceOf(Outcome.Data.class);
        assertThat(first.asked()).hasSize(3);
        assertThat(second.asked()).hasSize(4);
    }

    @Test
    @Tag("R-116")
    void stillAsksWhenAllAreUnreliable() {
        first.otherwise(silence());
        var alone = bed.group(one);
        ask(alone, 5000);
        ask(alone, 5000);
        assertThat(one.health().isReliable()).isFalse();
        first.otherwise(DATA);

        assertThat(ask(alone, 5000)).isInstanceOf(Outcome.Data.class);
        assertThat(one.health().isReliable()).isTrue();
    }

    @Test
    @Tag("R-87")
    void asksASilentServerOnceMoreAndNoMore() {
        first.otherwise(silence());

        assertThat(ask(bed.group(one), 2000)).isEqualTo(new Outcome.Timeout());
        assertThat(first.asked())
                .containsExactlyInAnyOrder(
                        "udp www.example.org. A", "udp www.example.org. A", "tcp www.example.org. A");
    }

    @Test
    void asksOverTcpWhenUdpIsSilentAndRemembersIt() {
        first.otherwise((query, tcp) -> tcp ? DATA.respond(query, true) : null);
        var alone = bed.group(one);
        for (int i = 0; i < 3; i++) {
            assertThat(one.dropsUdp(one.now())).isFalse();
            assertThat(ask(alone, 5000)).isInstanceOf(Outcome.Data.class);
        }
        assertThat(one.dropsUdp(one.now())).isTrue();
        int asked = first.asked().size();

        assertThat(ask(alone, 5000)).isInstanceOf(Outcome.Data.class);
        assertThat(first.asked().subList(asked, asked + 1)).containsExactly("tcp www.example.org. A");
        assertThat(one.health().isReliable()).isTrue();
    }

    @Test
    void leavesTcpAloneWhereOtherNamesAreAnsweredOverUdp() {
        assertThat(ask(bed.group(one), 5000)).isInstanceOf(Outcome.Data.class);
        first.otherwise(silence());

        assertThat(ask(bed.group(one), 2000)).isEqualTo(new Outcome.Timeout());
        assertThat(first.asked()).hasSize(3).allMatch(question -> question.startsWith("udp"));
    }

    @Test
    void asksAServerOverTcpAloneIfToldTo() {
        var overTcp = bed.server(UpstreamServer.tcp(first.address()));

        assertThat(ask(bed.group(overTcp), 5000)).isInstanceOf(Outcome.Data.class);
        assertThat(first.asked()).containsExactly("tcp www.example.org. A");
        assertThat(overTcp.counters().overTcp()).isZero();
    }

    @Test
    void tellsTheLastErrorWhenAllFailAndAsksNoneOfThemTwice() {
        first.otherwise(rcode(Rcode.SERVFAIL));
        second.otherwise(rcode(Rcode.REFUSED));

        assertThat(ask(group, 5000)).isEqualTo(new Outcome.Failure(Rcode.REFUSED));
        assertThat(first.asked()).hasSize(1);
        assertThat(second.asked()).hasSize(1);
    }

    @Test
    void keepsTheDeadline() {
        first.otherwise(silence());
        second.otherwise(silence());
        long start = System.nanoTime();

        assertThat(ask(group, 200)).isEqualTo(new Outcome.Timeout());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    @Tag("R-28")
    void handsOverAnAnswerThatComesAfterTheDeadline() throws InterruptedException {
        var timedOut = new CompletableFuture<Void>();
        first.otherwise((query, tcp) -> {
            timedOut.join();
            return DATA.respond(query, tcp);
        });

        assertThat(ask(bed.group(one), 100)).isEqualTo(new Outcome.Timeout());
        timedOut.complete(null);
        assertThat(bed.late.poll(5, TimeUnit.SECONDS)).isInstanceOf(Outcome.Data.class);
    }

    @Test
    @Tag("R-117")
    void takesTurns() {
        var turns = bed.group(UpstreamPolicy.ROUND_ROBIN, TIMEOUT, one, other);
        for (int i = 0; i < 4; i++) {
            ask(turns, 5000);
        }

        assertThat(first.asked()).hasSize(2);
        assertThat(second.asked()).hasSize(2);
    }

    @Test
    @Tag("R-117")
    void prefersTheFastestAndTriesTheOthersNowAndThen() {
        var fastest = bed.group(UpstreamPolicy.FASTEST, TIMEOUT, one, other);
        one.health().answered(TimeUnit.MILLISECONDS.toNanos(200));
        other.health().answered(TimeUnit.MILLISECONDS.toNanos(20));
        fastest.attempts(); // a trial, of the first

        for (int i = 1; i < 32; i++) {
            assertThat(fastest.attempts()).startsWith(other);
        }
        assertThat(fastest.attempts()).startsWith(other); // a trial, of the second
        for (int i = 1; i < 32; i++) {
            assertThat(fastest.attempts()).startsWith(other);
        }
        assertThat(fastest.attempts()).startsWith(one);
    }

    @Test
    void isPatientByRoundTripTimeWithinBounds() {
        var slow = bed.group(UpstreamPolicy.SEQUENTIAL, Duration.ofSeconds(1), one);

        assertThat(slow.patienceNanos(one)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(600));
        one.health().answered(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(slow.patienceNanos(one)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(400));
        one.health().answered(TimeUnit.SECONDS.toNanos(10));
        assertThat(slow.patienceNanos(one)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(800));
        assertThat(group.patienceNanos(one)).isEqualTo(TIMEOUT.toNanos());
    }
}
