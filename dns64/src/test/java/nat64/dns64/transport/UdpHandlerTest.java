// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import nat64.dns64.Serving;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.limit.ClientNetworks;
import nat64.dns64.limit.ResponseRates;
import nat64.dns64.message.Upstream;
import nat64.dns64.query.Counters;
import nat64.dns64.query.Pipelines;
import nat64.dns64.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@ExtendWith(LeakCheck.class)
class UdpHandlerTest {

    private static final InetSocketAddress SERVER = address("192.0.2.53", 53);
    private static final InetSocketAddress CLIENT = address("192.0.2.1", 5353);
    private static final InetSocketAddress STRANGER = address("198.51.100.1", 5353);

    private static final InetSocketAddress NEIGHBOUR = address("192.0.2.77", 5353);
    private static final int RATE = 5;
    private static final byte[] COOKIE = {1, 2, 3, 4, 5, 6, 7, 8};

    private final AtomicInteger asked = new AtomicInteger();
    private final EmbeddedChannel socket = socket(new ResponseRates(RATE, ClientNetworks.DEFAULT, 0, () -> 0));

    @AfterEach
    void close() {
        socket.finishAndReleaseAll();
    }

    @Test
    void answersTheSecondQueryWithoutAskingAgain() throws IOException {
        assertThat(ask(CLIENT).getSection(Section.ANSWER)).hasSize(1);
        assertThat(ask(CLIENT).getSection(Section.ANSWER)).hasSize(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void refusesStrangersWhatIsReadyForClients() throws IOException {
        assertThat(ask(CLIENT).getRcode()).isEqualTo(Rcode.NOERROR);

        assertThat(ask(STRANGER).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(ask(CLIENT).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void givesACookieWithAnAnswerThatIsReady() throws IOException {
        ask(CLIENT);
        var response = ask(CLIENT, new CookieOption(COOKIE));
        var again = ask(CLIENT, new CookieOption(COOKIE));

        assertThat(asked).hasValue(2); // with EDNS and without
        assertThat(serverCookie(response)).isNotEmpty().isEqualTo(serverCookie(again));
        assertThat(again.getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    @Tag("R-132")
    void sendsANetworkToTcpThatAsksTooMuch() throws IOException {
        for (int i = 0; i < RATE; i++) {
            assertThat(ask(CLIENT).getHeader().getFlag(Flags.TC)).isFalse();
        }
        var response = ask(NEIGHBOUR);

        assertThat(response.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(response.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    @Tag("R-132")
    void answersWhoeverShowsACookieAtAnyRate() throws IOException {
        byte[] server = serverCookie(ask(CLIENT, new CookieOption(COOKIE)));
        for (int i = 1; i < RATE; i++) {
            ask(CLIENT);
        }

        assertThat(ask(CLIENT, new CookieOption(COOKIE, server)).getSection(Section.ANSWER))
                .hasSize(1);
        assertThat(ask(NEIGHBOUR, new CookieOption(COOKIE, server)).getHeader().getFlag(Flags.TC))
                .isTrue();
        assertThat(ask(CLIENT, new CookieOption(COOKIE)).getHeader().getFlag(Flags.TC))
                .isTrue();
    }

    private static byte[] serverCookie(Message response) {
        var cookies = (CookieOption)
                response.getOPT().getOptions(EDNSOption.Code.COOKIE).getFirst();
        assertThat(cookies.getClientCookie()).isEqualTo(COOKIE);
        return cookies.getServerCookie().orElseThrow();
    }

    private Message ask(InetSocketAddress client, EDNSOption... options) throws IOException {
        var query = Message.newQuery(Record.newRecord(name("www.example.org."), Type.A, DClass.IN));
        if (options.length > 0) {
            query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(options)), Section.ADDITIONAL);
        }
        socket.writeInbound(new DatagramPacket(Unpooled.wrappedBuffer(query.toWire()), SERVER, client));
        DatagramPacket response = socket.readOutbound();
        try {
            assertThat(response.recipient()).isEqualTo(client);
            return new Message(ByteBufUtil.getBytes(response.content()));
        } finally {
            response.release();
        }
    }

    private EmbeddedChannel socket(ResponseRates rates) {
        Upstream upstream = (_, _) -> {
            asked.incrementAndGet();
            return CompletableFuture.completedStage(data("www.example.org. 60 IN A 192.0.2.7"));
        };
        var pipeline = Pipelines.pipeline(upstream, () -> 0, "64:ff9b::/96");
        var counters = new Counters();
        var ready = new PacketCache(1 << 16, 0, () -> 0);
        return new EmbeddedChannel(new UdpHandler(new UdpQueries(
                Pipelines.handler(pipeline, counters, ready, "64:ff9b::/96"),
                ready,
                counters,
                Serving.options(),
                rates)));
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }
}
