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
import static nat64.dns64.testing.FakeUpstream.truncated;
import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.Transport;
import nat64.dns64.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What clients see of the whole server, over real sockets on loopback. */
@ExtendWith(LeakCheck.class)
class Dns64ServerTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

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
    @Tag("R-13")
    @Tag("R-99")
    void synthesizesOverUdpAndTcp() throws IOException {
        assertThat(answer(bed.ask("www.example.org.", Type.AAAA))).containsExactly(MADE);
        var fromCache = MADE.replace(" 120 ", " 1[01]\\d "); // a second of the TTL has begun
        assertThat(answer(bed.askOverTcp("www.example.org.", Type.AAAA)))
                .allMatch(line -> line.matches(fromCache))
                .hasSize(1);
    }

    @Test
    @Tag("R-11")
    void showsRealAddressesAndAsksForNoOthers() throws IOException {
        bed.first.on("six.example.org.", Type.AAAA, records("six.example.org. 60 IN AAAA 2001:db8:1::1"));

        assertThat(answer(bed.ask("six.example.org.", Type.AAAA)))
                .containsExactly("six.example.org. 60 IN AAAA 2001:db8:1:0:0:0:0:1");
        assertThat(bed.first.asked()).containsExactly("udp six.example.org. AAAA");
        assertThat(bed.count("NOERROR", AnswerReason.NATIVE)).isEqualTo(1);
    }

    @Test
    void answersTheSecondQueryOverUdpWithTheSameBytes() throws IOException {
        var first = bed.ask("www.example.org.", Type.AAAA);
        var second = bed.ask("www.example.org.", Type.AAAA);

        assertThat(answer(second)).isEqualTo(answer(first));
        assertThat(bed.server.statistics().cache().misses()).isEqualTo(2);
        assertThat(bed.server.statistics().cache().hits()).isZero();
        assertThat(bed.server.statistics().ready().hits()).isEqualTo(1);
        assertThat(bed.server.statistics().queries()).containsEntry(Transport.UDP, 2L);
        assertThat(bed.count("NOERROR", AnswerReason.SYNTHESIZED)).isEqualTo(2);
    }

    @Test
    void answersTheSecondQueryFromTheCache() throws IOException {
        bed.ask("www.example.org.", Type.AAAA);
        bed.askOverTcp("www.example.org.", Type.AAAA);

        assertThat(bed.first.asked()).containsExactly("udp www.example.org. AAAA", "udp www.example.org. A");
        assertThat(bed.server.statistics().cache().hits()).isEqualTo(2);
        assertThat(bed.server.statistics().cache().entries()).isEqualTo(2);
    }

    @Test
    @Tag("R-07")
    void keepsTheLetterCaseOfTheClient() throws IOException {
        var response = bed.ask("wWw.eXample.ORG.", Type.AAAA);

        assertThat(response.getQuestion().getName().toString()).isEqualTo("wWw.eXample.ORG.");
        assertThat(response.getSection(Section.ANSWER).getFirst().getName().toString())
                .isEqualTo("wWw.eXample.ORG.");
    }

    @Test
    @Tag("R-14")
    void passesNxDomainOnWithItsSoa() throws IOException {
        bed.first.on("none.example.org.", Type.AAAA, rcode(Rcode.NXDOMAIN, SOA));

        var response = bed.ask("none.example.org.", Type.AAAA);

        assertThat(response.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(text(response.getSection(Section.AUTHORITY)))
                .singleElement()
                .asString()
                .contains("SOA");
        assertThat(bed.first.asked()).hasSize(1);
    }

    @Test
    @Tag("R-02")
    @Tag("R-03")
    @Tag("R-135")
    void passesOtherTypesThrough() throws IOException {
        bed.first
                .on("www.example.org.", Type.TXT, records("www.example.org. 60 IN TXT \"Text\""))
                .on("www.example.org.", 65280, records("www.example.org. 60 IN TYPE65280 \\# 2 abcd"))
                .on("www.example.org.", Type.HTTPS, records("www.example.org. 60 IN HTTPS 1 . ipv4hint=192.0.2.1"));

        assertThat(answer(bed.ask("www.example.org.", Type.A))).containsExactly(A);
        assertThat(answer(bed.ask("www.example.org.", Type.TXT))).containsExactly("www.example.org. 60 IN TXT Text");
        assertThat(answer(bed.ask("www.example.org.", 65280)))
                .containsExactly("www.example.org. 60 IN TYPE65280 \\# 2 ABCD");
        assertThat(answer(bed.ask("www.example.org.", Type.HTTPS)))
                .containsExactly("www.example.org. 60 IN HTTPS 1 . ipv4hint=192.0.2.1");
    }

    @Test
    @Tag("R-123")
    @Tag("R-124")
    void makesNothingForClientsThatCheckSignatures() throws IOException {
        var query = query("www.example.org.", Type.AAAA);
        query.getHeader().setFlag(Flags.CD);

        var response = bed.udp().send(query);

        assertThat(answer(response)).isEmpty();
        assertThat(response.getHeader().getFlag(Flags.CD)).isTrue();
    }

    @Test
    @Tag("R-91")
    void asksForSignaturesIfTheClientDoes() throws IOException {
        bed.first.on(
                "www.example.org.",
                Type.TXT,
                (query, tcp) -> records("www.example.org. 60 IN TXT "
                                + ((query.getOPT().getFlags() & ExtendedFlags.DO) == 0 ? "plain" : "signed"))
                        .respond(query, tcp));
        var resolver = bed.udp();
        resolver.setEDNS(0, 1232, ExtendedFlags.DO, List.of());

        assertThat(answer(resolver.send(query("www.example.org.", Type.TXT))))
                .containsExactly("www.example.org. 60 IN TXT signed");
        assertThat(answer(bed.ask("www.example.org.", Type.TXT))).containsExactly("www.example.org. 60 IN TXT plain");
    }

    @Test
    @Tag("R-01")
    void makesNothingInOtherClasses() throws IOException {
        bed.first.otherwise(noData(SOA.replace(" IN ", " CH ")));

        var response =
                bed.udp().send(Message.newQuery(Record.newRecord(name("www.example.org."), Type.AAAA, DClass.CH)));

        assertThat(answer(response)).isEmpty();
    }

    @Test
    @Tag("R-71")
    @Tag("R-69")
    void answersReverseNamesWithAnAlias() throws IOException {
        var reverse = "1.2.2.0.0.0.0.c.0.0.0.0.0.0.0.0.0.0.0.0.4.6.0.0.8.b.d.0.1.0.0.2.ip6.arpa.";
        bed.first.on(
                "33.2.0.192.in-addr.arpa.", Type.PTR, records("33.2.0.192.in-addr.arpa. 50 IN PTR www.example.org."));

        assertThat(answer(bed.ask(reverse, Type.PTR)))
                .containsExactly(
                        reverse + " 600 IN CNAME 33.2.0.192.in-addr.arpa.",
                        "33.2.0.192.in-addr.arpa. 50 IN PTR www.example.org.");
        assertThat(bed.count("NOERROR", AnswerReason.PTR)).isEqualTo(1);
    }

    @Test
    @Tag("R-53")
    @Tag("R-97")
    @Tag("R-99")
    void cutsWholeSetsOverUdpAndSendsAllOverTcp() throws IOException {
        var many = IntStream.range(0, 80)
                .mapToObj(i -> "many.example.org. 60 IN A 192.0.2." + i)
                .toArray(String[]::new);
        bed.first
                .on("many.example.org.", Type.AAAA, noData(SOA))
                .on("many.example.org.", Type.A, truncated(records(many)));
        var resolver = bed.udp();
        resolver.setIgnoreTruncation(true);

        var cut = resolver.send(query("many.example.org.", Type.AAAA));

        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answer(cut)).isEmpty();
        assertThat(answer(bed.ask("many.example.org.", Type.AAAA))).hasSize(80);
    }

    @Test
    @Tag("R-95")
    void answersEdnsOnlyToThoseWhoUseIt() throws IOException {
        var plain = bed.udp();
        plain.setEDNS(-1, 0, 0, List.of());

        assertThat(plain.send(query("www.example.org.", Type.AAAA)).getOPT()).isNull();
        assertThat(bed.ask("www.example.org.", Type.AAAA).getOPT().getPayloadSize())
                .isEqualTo(1232);
    }

    @Test
    @Tag("R-04")
    void refusesAnyOverUdpAndPassesItOverTcp() throws IOException {
        bed.first.on("www.example.org.", Type.ANY, records(A));
        var resolver = bed.udp();
        resolver.setIgnoreTruncation(true);

        var cut = resolver.send(query("www.example.org.", Type.ANY));

        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answer(cut)).isEmpty();
        assertThat(answer(bed.askOverTcp("www.example.org.", Type.ANY))).containsExactly(A);
    }

    @Test
    @Tag("R-131")
    void refusesClientsThatAreNotServed() throws IOException {
        bed.close();
        bed = new ServerBed("192.0.2.0/24");

        var response = bed.ask("www.example.org.", Type.AAAA);

        assertThat(response.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(extendedError(response)).isEqualTo(ExtendedErrorCodeOption.PROHIBITED);
        assertThat(bed.askOverTcp("www.example.org.", Type.AAAA).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(bed.first.asked()).isEmpty();
        assertThat(bed.count("REFUSED", AnswerReason.REFUSED_CLIENT)).isEqualTo(2);
    }

    @Test
    void anAddressThatIsTakenCostsThatAddressUntilItIsFree() throws Exception {
        var free = new InetSocketAddress(LOOPBACK, freePort());
        var taken = new ServerSocket(0, 1, LOOPBACK);
        var busy = new InetSocketAddress(LOOPBACK, taken.getLocalPort());

        try (var server = Dns64Server.start(ServerBed.settings("127.0.0.0/8", bed.first, bed.second, free, busy))) {
            assertThat(server.listening()).containsExactly(free);
            assertThat(server.notListening())
                    .singleElement()
                    .asString()
                    .contains(String.valueOf(busy.getPort()))
                    .contains("in use");

            taken.close();
            while (!server.notListening().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(server.listening()).containsExactly(free, busy);
        }
    }

    @Test
    void listensWhereTheNewSettingsSay() throws Exception {
        var before = new InetSocketAddress(LOOPBACK, freePort());
        var after = new InetSocketAddress(LOOPBACK, freePort());
        try (var server = Dns64Server.start(ServerBed.settings("127.0.0.0/8", bed.first, bed.second, before))) {
            server.reconfigure(ServerBed.settings("127.0.0.0/8", bed.first, bed.second, after));

            assertThat(server.listening()).containsExactly(after);
            new ServerSocket(before.getPort(), 1, LOOPBACK).close();

            server.reconfigure(ServerBed.settings("127.0.0.0/8", bed.first, bed.second));
            assertThat(server.listening()).isEmpty();
        }
    }

    @Test
    void countsQueriesByTransport() throws IOException {
        bed.ask("www.example.org.", Type.AAAA);
        bed.askOverTcp("www.example.org.", Type.AAAA);

        var statistics = bed.server.statistics();
        assertThat(statistics.queries()).containsEntry(Transport.UDP, 1L).containsEntry(Transport.TCP, 1L);
        assertThat(statistics.inFlight()).isZero();
        assertThat(bed.count("NOERROR", AnswerReason.SYNTHESIZED)).isEqualTo(2);
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, LOOPBACK)) {
            return probe.getLocalPort();
        }
    }
}
