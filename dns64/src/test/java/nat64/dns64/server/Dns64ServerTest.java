// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import static java.util.Objects.requireNonNull;
import static nat64.dns64.testing.FakeUpstream.forged;
import static nat64.dns64.testing.FakeUpstream.noData;
import static nat64.dns64.testing.FakeUpstream.rcode;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.testing.FakeUpstream.silence;
import static nat64.dns64.testing.FakeUpstream.truncated;
import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import nat64.dns64.testing.FakeUpstream;
import nat64.dns64.testing.LeakCheck;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The whole server over real sockets on loopback, with dnsjava as the client. */
@ExtendWith(LeakCheck.class)
class Dns64ServerTest {

    private static final String A = "www.example.org. 120 IN A 192.0.2.33";
    private static final String MADE = "www.example.org. 120 IN AAAA 2001:db8:64:0:0:0:c000:221";

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private FakeUpstream first;
    private FakeUpstream second;
    private Dns64Server server;

    @BeforeEach
    void start() throws IOException {
        first = new FakeUpstream();
        second = new FakeUpstream();
        server = Dns64Server.start(settings("127.0.0.0/8"));
        first.on("www.example.org.", Type.AAAA, noData(SOA)).on("www.example.org.", Type.A, records(A));
    }

    @AfterEach
    void stop() {
        server.close();
        first.close();
        second.close();
    }

    @Test
    void synthesizesOverUdpAndTcp() throws IOException {
        assertThat(answer(ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
        assertThat(answer(askOverTcp("www.example.org.", Type.AAAA))).containsExactly(MADE);
    }

    @Test
    void showsRealAddressesAndAsksForNoOthers() throws IOException {
        first.on("six.example.org.", Type.AAAA, records("six.example.org. 60 IN AAAA 2001:db8:1::1"));

        assertThat(answer(ask("six.example.org.", Type.AAAA)))
                .containsExactly("six.example.org. 60 IN AAAA 2001:db8:1:0:0:0:0:1");
        assertThat(first.asked()).containsExactly("udp six.example.org. AAAA");
        assertThat(count("NOERROR", AnswerReason.NATIVE)).isEqualTo(1);
    }

    @Test
    void ignoresMappedAddressesOfTheUpstream() throws IOException {
        first.on("www.example.org.", Type.AAAA, records("www.example.org. 60 IN AAAA ::ffff:192.0.2.1"));

        assertThat(answer(ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
    }

    @Test
    void answersTheSecondQueryFromTheCache() throws IOException {
        ask("www.example.org.", Type.AAAA);
        ask("www.example.org.", Type.AAAA);

        assertThat(first.asked()).containsExactly("udp www.example.org. AAAA", "udp www.example.org. A");
        assertThat(server.statistics().cache().hits()).isEqualTo(2);
        assertThat(server.statistics().cache().entries()).isEqualTo(2);
    }

    @Test
    void keepsTheLetterCaseOfTheClient() throws IOException {
        var response = ask("wWw.eXample.ORG.", Type.AAAA);

        assertThat(response.getQuestion().getName().toString()).isEqualTo("wWw.eXample.ORG.");
        assertThat(response.getSection(Section.ANSWER).getFirst().getName().toString())
                .isEqualTo("wWw.eXample.ORG.");
    }

    @Test
    void answersWithinTheBudgetWhenTheUpstreamDropsAaaa() throws IOException {
        first.on("www.example.org.", Type.AAAA, silence());
        second.on("www.example.org.", Type.AAAA, silence()).on("www.example.org.", Type.A, records(A));

        long start = System.nanoTime();
        var response = ask("www.example.org.", Type.AAAA);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2500));
        assertThat(answer(response)).containsExactly(MADE.replace("120", "60"));
        assertThat(count("NOERROR", AnswerReason.SYNTHESIZED_AFTER_TIMEOUT)).isEqualTo(1);

        start = System.nanoTime(); // RFC 9520: the failure is remembered
        assertThat(answer(ask("www.example.org.", Type.AAAA))).hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void answersServfailWithinTheBudgetWhenEverythingIsDropped() throws IOException {
        first.otherwise(silence());
        second.otherwise(silence());

        long start = System.nanoTime();
        var response = ask("silent.example.org.", Type.AAAA);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2700));
        assertThat(response.getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(extendedError(response)).isEqualTo(ExtendedErrorCodeOption.NO_REACHABLE_AUTHORITY);
        assertThat(exchanges(first).timeouts()).isPositive();
    }

    @Test
    void goesToTheNextUpstreamAfterAnError() throws IOException {
        first.otherwise(rcode(Rcode.REFUSED)).on("www.example.org.", Type.AAAA, rcode(Rcode.SERVFAIL));
        second.on("www.example.org.", Type.AAAA, noData(SOA)).on("www.example.org.", Type.A, records(A));
        first.on("www.example.org.", Type.A, rcode(Rcode.REFUSED));

        assertThat(answer(ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
        assertThat(exchanges(first).failures()).isEqualTo(2);
    }

    @Test
    void goesToTheNextUpstreamWhenOneIsDead() throws IOException {
        second.on("www.example.org.", Type.AAAA, noData(SOA)).on("www.example.org.", Type.A, records(A));
        first.close();

        assertThat(answer(ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
    }

    @Test
    void asksAgainOverTcpAfterTruncation() throws IOException {
        first.on("www.example.org.", Type.A, truncated(records(A)));

        assertThat(answer(ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
        assertThat(first.asked()).contains("tcp www.example.org. A");
    }

    @Test
    void asksAgainOverTcpAfterAForgedDatagram() throws IOException {
        first.on("www.example.org.", Type.A, forged(records(A)));

        assertThat(answer(ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
    }

    @Test
    void asksAgainWithoutEdnsAfterFormerr() throws IOException {
        first.on(
                "www.example.org.",
                Type.A,
                (query, tcp) -> query.getOPT() != null
                        ? rcode(Rcode.FORMERR).respond(query, tcp)
                        : records(A).respond(query, tcp));

        assertThat(answer(ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
    }

    @Test
    void servfailsWhenAIsAnError() throws IOException {
        first.on("www.example.org.", Type.A, rcode(Rcode.REFUSED));
        second.otherwise(rcode(Rcode.REFUSED));

        var response = ask("www.example.org.", Type.AAAA);

        assertThat(response.getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(extendedError(response)).isEqualTo(ExtendedErrorCodeOption.NETWORK_ERROR);
    }

    @Test
    void passesNxDomainOnWithItsSoa() throws IOException {
        first.on("none.example.org.", Type.AAAA, rcode(Rcode.NXDOMAIN, SOA));

        var response = ask("none.example.org.", Type.AAAA);

        assertThat(response.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(text(response.getSection(Section.AUTHORITY)))
                .singleElement()
                .asString()
                .contains("SOA");
        assertThat(first.asked()).hasSize(1);
    }

    @Test
    void passesOtherTypesThrough() throws IOException {
        first.on("www.example.org.", Type.TXT, records("www.example.org. 60 IN TXT \"Text\""))
                .on("www.example.org.", 65280, records("www.example.org. 60 IN TYPE65280 \\# 2 abcd"))
                .on("www.example.org.", Type.HTTPS, records("www.example.org. 60 IN HTTPS 1 . ipv4hint=192.0.2.1"));

        assertThat(answer(ask("www.example.org.", Type.A))).containsExactly(A);
        assertThat(answer(ask("www.example.org.", Type.TXT))).containsExactly("www.example.org. 60 IN TXT Text");
        assertThat(answer(ask("www.example.org.", 65280)))
                .containsExactly("www.example.org. 60 IN TYPE65280 \\# 2 ABCD");
        assertThat(answer(ask("www.example.org.", Type.HTTPS)))
                .containsExactly("www.example.org. 60 IN HTTPS 1 . ipv4hint=192.0.2.1");
    }

    @Test
    void followsAChainThatTheUpstreamLeavesUnfinished() throws IOException {
        first.on("alias.example.org.", Type.AAAA, records("alias.example.org. 60 IN CNAME www.example.org."))
                .on("alias.example.org.", Type.A, records("alias.example.org. 60 IN CNAME www.example.org."));

        assertThat(answer(ask("alias.example.org.", Type.AAAA)))
                .containsExactly("alias.example.org. 60 IN CNAME www.example.org.", MADE);
    }

    @Test
    void makesNothingForClientsThatCheckSignatures() throws IOException {
        var query = query("www.example.org.", Type.AAAA);
        query.getHeader().setFlag(Flags.CD);

        var response = udp().send(query);

        assertThat(answer(response)).isEmpty();
        assertThat(response.getHeader().getFlag(Flags.CD)).isTrue();
    }

    @Test
    void makesNothingInOtherClasses() throws IOException {
        first.otherwise(noData(SOA.replace(" IN ", " CH ")));

        var response = udp().send(Message.newQuery(Record.newRecord(name("www.example.org."), Type.AAAA, DClass.CH)));

        assertThat(answer(response)).isEmpty();
    }

    @Test
    void answersIpv4OnlyArpaWithEveryUpstreamDead() throws IOException {
        first.close();
        second.close();
        var query = query("ipv4only.arpa.", Type.AAAA);
        query.getHeader().setFlag(Flags.CD);

        var response = udp().send(query);

        assertThat(answer(response))
                .containsExactly(
                        "ipv4only.arpa. 3600 IN AAAA 2001:db8:64:0:0:0:c000:aa",
                        "ipv4only.arpa. 3600 IN AAAA 2001:db8:64:0:0:0:c000:ab");
        assertThat(response.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(ask("ipv4only.arpa.", Type.MX).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(count("NOERROR", AnswerReason.LOCAL)).isEqualTo(2);
    }

    @Test
    void answersReverseNamesWithAnAlias() throws IOException {
        var reverse = "1.2.2.0.0.0.0.c.0.0.0.0.0.0.0.0.0.0.0.0.4.6.0.0.8.b.d.0.1.0.0.2.ip6.arpa.";
        first.on("33.2.0.192.in-addr.arpa.", Type.PTR, records("33.2.0.192.in-addr.arpa. 50 IN PTR www.example.org."));

        assertThat(answer(ask(reverse, Type.PTR)))
                .containsExactly(
                        reverse + " 600 IN CNAME 33.2.0.192.in-addr.arpa.",
                        "33.2.0.192.in-addr.arpa. 50 IN PTR www.example.org.");
        assertThat(count("NOERROR", AnswerReason.PTR)).isEqualTo(1);
    }

    @Test
    void cutsWholeSetsOverUdpAndSendsAllOverTcp() throws IOException {
        var many = IntStream.range(0, 80)
                .mapToObj(i -> "many.example.org. 60 IN A 192.0.2." + i)
                .toArray(String[]::new);
        first.on("many.example.org.", Type.AAAA, noData(SOA)).on("many.example.org.", Type.A, truncated(records(many)));
        var resolver = udp();
        resolver.setIgnoreTruncation(true);

        var cut = resolver.send(query("many.example.org.", Type.AAAA));

        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answer(cut)).isEmpty();
        assertThat(answer(ask("many.example.org.", Type.AAAA))).hasSize(80);
    }

    @Test
    void answersEdnsOnlyToThoseWhoUseIt() throws IOException {
        var plain = udp();
        plain.setEDNS(-1, 0, 0, List.of());

        assertThat(plain.send(query("www.example.org.", Type.AAAA)).getOPT()).isNull();
        assertThat(ask("www.example.org.", Type.AAAA).getOPT().getPayloadSize()).isEqualTo(1232);
    }

    @Test
    void refusesAnyOverUdpAndPassesItOverTcp() throws IOException {
        first.on("www.example.org.", Type.ANY, records(A));
        var resolver = udp();
        resolver.setIgnoreTruncation(true);

        var cut = resolver.send(query("www.example.org.", Type.ANY));

        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answer(cut)).isEmpty();
        assertThat(answer(askOverTcp("www.example.org.", Type.ANY))).containsExactly(A);
    }

    @Test
    void refusesClientsThatAreNotServed() throws IOException {
        server.close();
        server = Dns64Server.start(settings("192.0.2.0/24"));

        var response = ask("www.example.org.", Type.AAAA);

        assertThat(response.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(extendedError(response)).isEqualTo(ExtendedErrorCodeOption.PROHIBITED);
        assertThat(askOverTcp("www.example.org.", Type.AAAA).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(first.asked()).isEmpty();
        assertThat(count("REFUSED", AnswerReason.REFUSED_CLIENT)).isEqualTo(2);
    }

    @Test
    void namesTheAddressThatIsTakenAndLeavesNothingBound() throws IOException {
        var free = new InetSocketAddress(loopback, freePort());
        try (var taken = new ServerSocket(0, 1, loopback)) {
            var busy = new InetSocketAddress(loopback, taken.getLocalPort());

            assertThatThrownBy(() -> Dns64Server.start(settings("127.0.0.0/8", free, busy)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(String.valueOf(busy.getPort()))
                    .hasMessageContaining("in use");

            new ServerSocket(free.getPort(), 1, loopback).close();
        }
    }

    @Test
    void countsQueriesByTransport() throws IOException {
        ask("www.example.org.", Type.AAAA);
        askOverTcp("www.example.org.", Type.AAAA);

        var statistics = server.statistics();
        assertThat(statistics.queries()).containsEntry(Transport.UDP, 1L).containsEntry(Transport.TCP, 1L);
        assertThat(statistics.inFlight()).isZero();
        assertThat(count("NOERROR", AnswerReason.SYNTHESIZED)).isEqualTo(2);
    }

    @Test
    void asksTheUpstreamOnceForManyWhoWait() throws Exception {
        first.on("www.example.org.", Type.A, (query, tcp) -> {
            try {
                TimeUnit.MILLISECONDS.sleep(200); // the upstream's slowness, so that the others find it in flight
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return records(A).respond(query, tcp);
        });
        var resolver = udp();
        var waiting = IntStream.range(0, 20)
                .mapToObj(_ -> resolver.sendAsync(query("www.example.org.", Type.AAAA)))
                .toList();
        for (var answer : waiting) {
            assertThat(answer(answer.toCompletableFuture().get(5, TimeUnit.SECONDS)))
                    .containsExactly(MADE);
        }

        assertThat(first.asked()).hasSize(2);
    }

    private Dns64Settings settings(String clients, InetSocketAddress... listen) {
        return new Dns64Settings(
                listen.length == 0 ? List.of(new InetSocketAddress(loopback, 0)) : List.of(listen),
                List.of(),
                List.of(Ipv4Prefix.parse(clients)),
                List.of(first.address(), second.address()),
                List.of(Pref64.parse("2001:db8:64::/96")),
                List.of(Ipv6Prefix.IPV4_MAPPED),
                false,
                Duration.ofMillis(600),
                1 << 20);
    }

    private int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, loopback)) {
            return probe.getLocalPort();
        }
    }

    private Dns64Statistics.Exchanges exchanges(FakeUpstream upstream) {
        return requireNonNull(server.statistics().upstreams().get(upstream.address()));
    }

    private long count(String rcode, AnswerReason reason) {
        return server.statistics().answers().getOrDefault(new Dns64Statistics.Answered(rcode, reason), 0L);
    }

    private Message ask(String name, int type) throws IOException {
        return udp().send(query(name, type));
    }

    private Message askOverTcp(String name, int type) throws IOException {
        var resolver = udp();
        resolver.setTCP(true);
        return resolver.send(query(name, type));
    }

    private SimpleResolver udp() {
        var resolver = new SimpleResolver(server.listening().getFirst());
        resolver.setTimeout(Duration.ofSeconds(5));
        return resolver;
    }

    private static Message query(String name, int type) {
        return Message.newQuery(Record.newRecord(name(name), type, DClass.IN));
    }

    private static List<String> answer(Message response) {
        return text(response.getSection(Section.ANSWER));
    }

    private static int extendedError(Message response) {
        return response.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                .map(ExtendedErrorCodeOption.class::cast)
                .mapToInt(ExtendedErrorCodeOption::getErrorCode)
                .findFirst()
                .orElse(-1);
    }
}
