// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import static java.util.Objects.requireNonNull;
import static nat64.dns64.testing.FakeUpstream.noData;
import static nat64.dns64.testing.FakeUpstream.records;
import static nat64.dns64.testing.Records.SOA;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nat64.dns64.settings.Policy;
import nat64.dns64.settings.QueryLogSettings;
import nat64.dns64.settings.ServingSettings;
import nat64.dns64.settings.UpstreamSettings;
import nat64.dns64.settings.ViewSettings;
import nat64.dns64.statistics.AnswerGroup;
import nat64.dns64.statistics.AnswerReason;
import nat64.dns64.statistics.UpstreamStatistics;
import nat64.dns64.testing.FakeUpstream;
import nat64.dns64.testing.Records;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A server before two upstreams on loopback, and dnsjava as its client. The first upstream knows www.example.org. */
public final class ServerBed implements AutoCloseable {

    static final String A = "www.example.org. 120 IN A 192.0.2.33";
    static final String MADE = "www.example.org. 120 IN AAAA 2001:db8:64:0:0:0:c000:221";

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    final FakeUpstream first;
    final FakeUpstream second;
    final Dns64Server server;

    ServerBed() throws IOException {
        this("127.0.0.0/8");
    }

    /** Only these clients are served. */
    ServerBed(String clients) throws IOException {
        this(clients, ServingSettings.PLAIN);
    }

    ServerBed(String clients, ServingSettings serving) throws IOException {
        first = new FakeUpstream();
        second = new FakeUpstream();
        server = Dns64Server.start(settings(clients, first, second, serving, new InetSocketAddress(LOOPBACK, 0)));
        first.on("www.example.org.", Type.AAAA, noData(SOA)).on("www.example.org.", Type.A, records(A));
    }

    static Dns64Settings settings(
            String clients, FakeUpstream first, FakeUpstream second, InetSocketAddress... listen) {
        return settings(clients, first, second, ServingSettings.PLAIN, listen);
    }

    private static Dns64Settings settings(
            String clients,
            FakeUpstream first,
            FakeUpstream second,
            ServingSettings serving,
            InetSocketAddress... listen) {
        return new Dns64Settings(
                List.of(listen),
                List.of(),
                List.of(Ipv4Prefix.parse(clients)),
                UpstreamSettings.of(List.of(first.server(), second.server()), Duration.ofMillis(600)),
                new Policy(
                        List.of(),
                        ViewSettings.of(List.of(Pref64.parse("2001:db8:64::/96"))),
                        List.of(Records.name("2.0.192.in-addr.arpa.")),
                        false),
                List.of(),
                1 << 20,
                2,
                QueryLogSettings.OFF,
                serving);
    }

    Message ask(String name, int type) throws IOException {
        return udp().send(query(name, type));
    }

    Message askOverTcp(String name, int type) throws IOException {
        var resolver = udp();
        resolver.setTCP(true);
        return resolver.send(query(name, type));
    }

    SimpleResolver udp() {
        var resolver = new SimpleResolver(server.listening().getFirst());
        resolver.setTimeout(Duration.ofSeconds(5));
        return resolver;
    }

    /** How often there was this answer, in any view. */
    public static long count(Map<AnswerGroup, Long> answers, String rcode, AnswerReason reason) {
        return answers.entrySet().stream()
                .filter(entry ->
                        entry.getKey().rcode().equals(rcode) && entry.getKey().reason() == reason)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    long count(String rcode, AnswerReason reason) {
        return count(server.statistics().answers(), rcode, reason);
    }

    UpstreamStatistics exchanges(FakeUpstream upstream) {
        return requireNonNull(server.statistics().upstreams().get(upstream.server()));
    }

    static Message query(String name, int type) {
        return Message.newQuery(Record.newRecord(Records.name(name), type, DClass.IN));
    }

    static List<String> answer(Message response) {
        return Records.text(response.getSection(Section.ANSWER));
    }

    /** The code of the extended error, or -1. */
    static int extendedError(Message response) {
        return response.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                .map(ExtendedErrorCodeOption.class::cast)
                .mapToInt(ExtendedErrorCodeOption::getErrorCode)
                .findFirst()
                .orElse(-1);
    }

    @Override
    public void close() {
        server.close();
        first.close();
        second.close();
    }
}
