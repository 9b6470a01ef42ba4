// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static nat64.dns64.ServerBed.A;
import static nat64.dns64.ServerBed.MADE;
import static nat64.dns64.ServerBed.answer;
import static nat64.dns64.ServerBed.extendedError;
import static nat64.dns64.ServerBed.query;
import static nat64.dns64.testing.FakeUpstream.noData;
import static nat64.dns64.testing.FakeUpstream.rcode;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.testing.FakeUpstream.silence;
import static nat64.dns64.testing.FakeUpstream.truncated;
import static nat64.dns64.testing.Records.SOA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.testing.Eventually;
import nat64.dns64.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What clients see while upstreams fail, over real sockets on loopback. */
@ExtendWith(LeakCheck.class)
class UpstreamTroubleTest {

    /** The budget of 2.5 s, and a second for a busy machine. */
    private static final Duration PATIENCE = Duration.ofMillis(3500);

    private ServerBed bed;

    @BeforeEach
    void start() throws IOException {
        bed = new ServerBed();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    @Tag("R-29")
    @Tag("R-30")
    void ignoresMappedAddressesOfTheUpstream() throws IOException {
        bed.first.on("www.example.org.", Type.AAAA, records("www.example.org. 60 IN AAAA ::ffff:192.0.2.1"));

        assertThat(answer(bed.ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
    }

    @Test
    @Tag("R-16")
    void answersWithinTheBudgetWhenTheUpstreamDropsAaaa() throws IOException {
        bed.first.on("www.example.org.", Type.AAAA, silence());
        bed.second.on("www.example.org.", Type.AAAA, silence()).on("www.example.org.", Type.A, records(A));

        long start = System.nanoTime();
        var response = bed.ask("www.example.org.", Type.AAAA);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
        assertThat(answer(response)).containsExactly(MADE.replace("120", "60"));
        assertThat(bed.count("NOERROR", AnswerReason.SYNTHESIZED_AFTER_TIMEOUT)).isEqualTo(1);

        var asked = bed.first.asked().size() + bed.second.asked().size(); // RFC 9520: the failure is remembered
        assertThat(answer(bed.ask("www.example.org.", Type.AAAA))).hasSize(1);
        assertThat(bed.first.asked().size() + bed.second.asked().size()).isEqualTo(asked);
    }

    @Test
    @Tag("R-24")
    @Tag("R-27")
    void answersServfailWithinTheBudgetWhenEverythingIsDropped() throws IOException {
        bed.first.otherwise(silence());
        bed.second.otherwise(silence());

        long start = System.nanoTime();
        var response = bed.ask("silent.example.org.", Type.AAAA);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
        assertThat(response.getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(extendedError(response)).isEqualTo(ExtendedErrorCodeOption.NO_REACHABLE_AUTHORITY);
        assertThat(bed.exchanges(bed.first).timeouts()).isPositive();
    }

    @Test
    @Tag("R-115")
    void goesToTheNextUpstreamAfterAnError() throws IOException {
        bed.first.otherwise(rcode(Rcode.REFUSED)).on("www.example.org.", Type.AAAA, rcode(Rcode.SERVFAIL));
        bed.second.on("www.example.org.", Type.AAAA, noData(SOA)).on("www.example.org.", Type.A, records(A));
        bed.first.on("www.example.org.", Type.A, rcode(Rcode.REFUSED));

        assertThat(answer(bed.ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
        assertThat(bed.exchanges(bed.first).failures()).isEqualTo(2);
    }

    @Test
    @Tag("R-115")
    void goesToTheNextUpstreamWhenOneIsDead() throws IOException {
        bed.second.on("www.example.org.", Type.AAAA, noData(SOA)).on("www.example.org.", Type.A, records(A));
        bed.first.close();

        assertThat(answer(bed.ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
    }

    @Test
    @Tag("R-99")
    void asksAgainOverTcpAfterTruncation() throws IOException {
        bed.first.on("www.example.org.", Type.A, truncated(records(A)));

        assertThat(answer(bed.ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
        assertThat(bed.first.asked()).contains("tcp www.example.org. A");
    }

    @Test
    @Tag("R-111")
    void waitsOnAfterForgedDatagrams() throws IOException {
        bed.first.withNoise(List.of(datagram -> {
            datagram[0] ^= 0x55; // the ID, as a forger would guess it
            return datagram;
        }));

        assertThat(answer(bed.ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
        assertThat(bed.first.asked()).containsExactly("udp www.example.org. AAAA", "udp www.example.org. A");
        assertThat(bed.exchanges(bed.first).mismatches()).isPositive();
    }

    @Test
    @Tag("R-115")
    void asksAgainWithoutEdnsAfterFormerr() throws IOException {
        bed.first.on(
                "www.example.org.",
                Type.A,
                (query, tcp) -> query.getOPT() != null
                        ? rcode(Rcode.FORMERR).respond(query, tcp)
                        : records(A).respond(query, tcp));

        assertThat(answer(bed.ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
    }

    @Test
    @Tag("R-25")
    void servfailsWhenAIsAnError() throws IOException {
        bed.first.on("www.example.org.", Type.A, rcode(Rcode.REFUSED));
        bed.second.otherwise(rcode(Rcode.REFUSED));

        var response = bed.ask("www.example.org.", Type.AAAA);

        assertThat(response.getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(extendedError(response)).isEqualTo(ExtendedErrorCodeOption.NETWORK_ERROR);
    }

    @Test
    @Tag("R-50")
    void followsAChainThatTheUpstreamLeavesUnfinished() throws IOException {
        bed.first
                .on("alias.example.org.", Type.AAAA, records("alias.example.org. 60 IN CNAME www.example.org."))
                .on("alias.example.org.", Type.A, records("alias.example.org. 60 IN CNAME www.example.org."));

        assertThat(answer(bed.ask("alias.example.org.", Type.AAAA)))
                .containsExactly("alias.example.org. 60 IN CNAME www.example.org.", MADE);
    }

    @Test
    @Tag("R-80")
    @Tag("R-83")
    void answersIpv4OnlyArpaWithEveryUpstreamDead() throws IOException {
        bed.first.close();
        bed.second.close();
        var query = query("ipv4only.arpa.", Type.AAAA);
        query.getHeader().setFlag(Flags.CD);

        var response = bed.udp().send(query);

        assertThat(answer(response))
                .containsExactly(
                        "ipv4only.arpa. 3600 IN AAAA 2001:db8:64:0:0:0:c000:aa",
                        "ipv4only.arpa. 3600 IN AAAA 2001:db8:64:0:0:0:c000:ab");
        assertThat(response.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(bed.ask("ipv4only.arpa.", Type.MX).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(bed.count("NOERROR", AnswerReason.LOCAL)).isEqualTo(2);
    }

    @Test
    @Tag("R-94")
    void asksTheUpstreamOnceForManyWhoWait() throws Exception {
        var allWait = new CompletableFuture<Void>();
        bed.first.on("www.example.org.", Type.A, (query, tcp) -> {
            allWait.join();
            return records(A).respond(query, tcp);
        });
        var resolver = bed.udp();
        var waiting = IntStream.range(0, 20)
                .mapToObj(_ -> resolver.sendAsync(query("www.example.org.", Type.AAAA)))
                .toList();
        Eventually.holds(() -> bed.server.statistics().inFlight() == waiting.size());
        allWait.complete(null);
        for (var answer : waiting) {
            assertThat(answer(answer.toCompletableFuture().get(5, TimeUnit.SECONDS)))
                    .containsExactly(MADE);
        }

        assertThat(bed.first.asked()).hasSize(2);
    }
}
