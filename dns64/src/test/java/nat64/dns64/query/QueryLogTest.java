// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.query;

import static nat64.dns64.testing.Records.SOA;
import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static nat64.dns64.testing.Records.noData;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import nat64.dns64.Serving;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.message.Upstream;
import nat64.dns64.settings.QueryLogSettings;
import nat64.dns64.statistics.QueryLogEntry;
import nat64.dns64.statistics.Transport;
import nat64.dns64.testing.LeakCheck;
import nat64.dns64.transport.UdpHandler;
import nat64.dns64.transport.UdpQueries;
import nat64.dns64.view.ClientList;
import nat64.dns64.view.Views;
import nat64.translator.address.Ipv4Prefix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

@ExtendWith(LeakCheck.class)
class QueryLogTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
    private static final String PREF64 = "2001:db8:64::/96";

    private final BlockingQueue<QueryLogEntry> written = new LinkedBlockingQueue<>();
    private final QueryLog log = new QueryLog(new QueryLogSettings(1, written::add));
    private final Thread writer = Thread.startVirtualThread(log::run);

    @AfterEach
    void stop() {
        writer.interrupt();
    }

    @Test
    @Tag("R-130")
    void tellsOfAnAnswerThatIsMadeAndOfOneThatIsReady() throws Exception {
        var socket = socket();

        socket.writeInbound(query("WWW.example.org."));
        socket.writeInbound(query("www.example.org."));
        socket.finishAndReleaseAll();

        assertThat(written.poll(5, TimeUnit.SECONDS))
                .isEqualTo(new QueryLogEntry(
                        CLIENT,
                        Transport.UDP,
                        "default",
                        "WWW.example.org. IN AAAA",
                        Rcode.NOERROR,
                        "synthesized",
                        61,
                        false));
        assertThat(written.poll(5, TimeUnit.SECONDS))
                .isEqualTo(new QueryLogEntry(
                        CLIENT,
                        Transport.UDP,
                        "default",
                        "www.example.org. IN AAAA",
                        Rcode.NOERROR,
                        "synthesized",
                        61,
                        true));
    }

    @Test
    void countsWhatItCannotKeepUpWith() {
        var nobodyReads = new QueryLog(new QueryLogSettings(1, _ -> {}));
        var entry =
                new AnsweredQuery(CLIENT, Transport.UDP, "default", ByteBuffer.allocate(0), 0, "native", 100, false);

        for (int i = 0; i < QueryLog.MAX_WAITING + 5; i++) {
            nobodyReads.add(entry);
        }

        assertThat(nobodyReads.lost()).isEqualTo(5);
    }

    @Test
    void countsWhatCannotBeWrittenAndGoesOn() throws Exception {
        log.add(new AnsweredQuery(CLIENT, Transport.UDP, "default", ByteBuffer.allocate(3), 0, "native", 100, false));
        log.add(new AnsweredQuery(
                CLIENT,
                Transport.TCP,
                "default",
                ByteBuffer.wrap(Message.newQuery(Record.newRecord(name("."), Type.NS, DClass.IN))
                        .toWire()),
                0,
                "passed_through",
                100,
                false));

        assertThat(written.poll(5, TimeUnit.SECONDS))
                .extracting(QueryLogEntry::question)
                .isEqualTo(". IN NS");
        assertThat(log.lost()).isOne();
    }

    @Test
    void takesAboutAsManyAsTold() {
        var some = new QueryLog(new QueryLogSettings(100, _ -> {}));
        var none = new QueryLog(QueryLogSettings.OFF);
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            taken += some.takesNext() ? 1 : 0;
            assertThat(none.takesNext()).isFalse();
        }

        assertThat(taken).isBetween(700, 1300); // nine standard deviations
    }

    private EmbeddedChannel socket() {
        Upstream upstream = (question, _) -> CompletableFuture.completedStage(
                question.type() == Type.A ? data("www.example.org. 60 IN A 198.51.100.7") : noData(SOA));
        var counters = new Counters();
        var ready = new PacketCache(1 << 16, 0, () -> 0);
        var handler = new QueryHandler(
                new ServingRules(
                        new ClientList(List.of(), List.of(Ipv4Prefix.parse("192.0.2.0/24"))),
                        new Views(Pipelines.policy(PREF64), Set.of()),
                        Pipelines.pipeline(upstream, () -> 0, PREF64)),
                new QueryReports(counters, log),
                ready,
                Serving.options(),
                Serving.limits());
        return new EmbeddedChannel(
                new UdpHandler(new UdpQueries(handler, ready, counters, Serving.options(), Serving.anyRate())));
    }

    private static DatagramPacket query(String asked) {
        byte[] bytes = Message.newQuery(Record.newRecord(name(asked), Type.AAAA, DClass.IN))
                .toWire();
        return new DatagramPacket(
                Unpooled.wrappedBuffer(bytes),
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.53"), 53),
                new InetSocketAddress(CLIENT, 4000));
    }
}
