// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import static nat64.dns64.testing.Records.data;
import static nat64.dns64.testing.Records.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import nat64.dns64.cache.PacketCache;
import nat64.dns64.limit.ClientNetworks;
import nat64.dns64.message.MessageLimits;
import nat64.dns64.message.Outcome;
import nat64.dns64.message.Upstream;
import nat64.dns64.query.Counters;
import nat64.dns64.query.Pipelines;
import nat64.dns64.query.QueryHandler;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Transport;
import nat64.dns64.testing.LeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.DClass;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** TCP connections without a network; time passes when a test says so. */
@ExtendWith(LeakCheck.class)
class TcpConnectionsTest {

    private static final int SHARE = ConnectionLimit.MAX_CONNECTIONS / ConnectionLimit.SHARE_OF_NETWORK;
    private static final Outcome DATA = data("n1.example.org. 60 IN A 192.0.2.7");

    private final Counters counters = new Counters();
    private final ConnectionLimit limit = new ConnectionLimit(counters, ClientNetworks.DEFAULT, _ -> {});
    private final List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
    private final QueryHandler queries = queries();
    private final List<EmbeddedChannel> open = new ArrayList<>();

    @AfterEach
    void closeAll() {
        open.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    @Tag("R-100")
    void answersInTheOrderOfTheAnswers() throws IOException {
        var connection = connect("192.0.2.1");
        connection.writeInbound(frames(query(1), query(2)));
        assertThat(waiting).hasSize(2);

        waiting.get(1).complete(DATA);
        assertThat(response(connection).getHeader().getID()).isEqualTo(2);
        waiting.get(0).complete(DATA);
        assertThat(response(connection).getHeader().getID()).isEqualTo(1);
    }

    @Test
    void putsAMessageTogetherFromPieces() throws IOException {
        var connection = connect("192.0.2.1");
        var frame = frames(query(7));
        while (frame.isReadable()) {
            connection.writeInbound(frame.readBytes(1));
        }
        frame.release();
        waiting.getFirst().complete(DATA);

        assertThat(response(connection).getHeader().getID()).isEqualTo(7);
    }

    @Test
    void takesNoMoreWhileTooManyWait() throws IOException {
        var connection = connect("192.0.2.1");
        var many = new byte[TcpHandler.MAX_WAITING + 10][];
        for (int i = 0; i < many.length; i++) {
            many[i] = query(i);
        }
        connection.writeInbound(frames(many));
        assertThat(waiting).hasSize(TcpHandler.MAX_WAITING);

        waiting.getFirst().complete(DATA);
        connection.runPendingTasks();

        assertThat(waiting).hasSize(TcpHandler.MAX_WAITING + 1);
    }

    @Test
    @Tag("R-101")
    void closesAnIdleConnection() {
        var connection = connect("192.0.2.1");
        pass(connection, Transport.TCP.idleSeconds() - 1);
        assertThat(connection.isOpen()).isTrue();
        pass(connection, 2);

        assertThat(connection.isOpen()).isFalse();
        assertThat(limit.connections()).isZero();
    }

    @Test
    @Tag("R-101")
    void staysOpenWhileMessagesCome() {
        var connection = connect("192.0.2.1");
        for (int i = 0; i < 5; i++) {
            pass(connection, Transport.TCP.idleSeconds() - 1);
            connection.writeInbound(frames(query(i)));
        }

        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    @Tag("R-101")
    void givesNoTimeToThoseWhoDripBytes() {
        var connection = connect("192.0.2.1");
        var frame = frames(query(1));
        for (int i = 0; i < Transport.TCP.idleSeconds(); i++) {
            connection.writeInbound(frame.readBytes(1));
            pass(connection, 1);
        }
        frame.release();

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void closesOnAMessageThatIsNoQuery() {
        var connection = connect("192.0.2.1");
        connection.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 3, 1, 2, 3}));
        connection.runPendingTasks();

        assertThat(connection.isOpen()).isFalse();
        assertThat(counters.dropped()).containsEntry(DropReason.TOO_SHORT, 1L);
    }

    @Test
    void refusesStrangersAndCloses() throws IOException {
        var connection = connect("198.51.100.1");
        connection.writeInbound(frames(query(1)));

        assertThat(response(connection).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    @Tag("R-103")
    void closesTheLongestIdleConnectionOfANetworkThatHasItsShare() {
        for (int i = 0; i < SHARE; i++) {
            connect("192.0.2." + i);
        }
        var asking = open.getFirst();
        asking.writeInbound(frames(query(1)));

        assertThat(connect("192.0.2.200").isOpen()).isTrue();
        assertThat(asking.isOpen()).isTrue();
        assertThat(open.get(1).isOpen()).isFalse();
        assertThat(counters.dropped()).containsEntry(DropReason.TOO_MANY_CONNECTIONS, 1L);
        assertThat(limit.connections()).isEqualTo(SHARE);
    }

    @Test
    @Tag("R-103")
    void refusesAConnectionWhenAllOfTheNetworkAreBusy() {
        for (int i = 0; i < SHARE; i++) {
            connect("192.0.2.1").writeInbound(frames(query(i)));
        }

        assertThat(connect("192.0.2.2").isOpen()).isFalse();
        assertThat(connect("198.51.100.2").isOpen()).isTrue();
    }

    /** Whoever holds many connections without asking keeps nobody out. */
    @Test
    @Tag("R-103")
    void closesAConnectionOfTheNetworkWithTheMostWhenAllAreTaken() {
        for (int i = 0; i < SHARE; i++) {
            connect("192.0.2.1");
        }
        for (int i = SHARE; i < ConnectionLimit.MAX_CONNECTIONS; i++) {
            connect("10." + i / 250 + "." + i % 250 + ".1");
        }

        assertThat(connect("203.0.113.1").isOpen()).isTrue();
        assertThat(open.getFirst().isOpen()).isFalse();
        assertThat(open.subList(1, open.size())).allMatch(EmbeddedChannel::isOpen);
        assertThat(limit.connections()).isEqualTo(ConnectionLimit.MAX_CONNECTIONS);
    }

    /** The client gets an error with its ID, and nothing of the message is kept. */
    @Test
    @Tag("R-137")
    void refusesAMessageThatIsLongerThanAnyQuery() throws IOException {
        var connection = connect("192.0.2.1");
        byte[] large = Arrays.copyOf(query(7), MessageLimits.LARGEST_QUERY + 1);
        connection.writeInbound(frames(large, query(8)));

        var response = response(connection);
        assertThat(response.getHeader().getID()).isEqualTo(7);
        assertThat(response.getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(connection.isOpen()).isFalse();
        assertThat(waiting).isEmpty();
    }

    @Test
    void answersTheLongestQuery() throws IOException {
        var connection = connect("192.0.2.1");
        var query = new Message(query(7));
        query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(new GenericEDNSOption(65_001, new byte[4000]))), 3);
        connection.writeInbound(frames(query.toWire()));
        waiting.getFirst().complete(DATA);

        assertThat(response(connection).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    @Tag("R-137")
    void closesTheConnectionOfAClientThatDoesNotReadItsResponses() {
        var connection = connect("192.0.2.1");
        connection.pipeline().addFirst(new StuckWriter());
        var large = data(IntStream.range(0, 100)
                .mapToObj(i -> "n1.example.org. 60 IN TXT " + "x".repeat(250) + i)
                .toArray(String[]::new));
        int asked = 0;
        while (connection.isOpen()) {
            assertThat(++asked).isLessThan(100);
            connection.config().setAutoRead(true);
            connection.writeInbound(frames(query(asked)));
            waiting.getLast().complete(large);
            connection.runPendingTasks();
        }

        assertThat(asked).isGreaterThan(2);
        assertThat(counters.dropped()).containsEntry(DropReason.NOT_SENT, 1L);
    }

    /** Nothing that is written gets anywhere. */
    private static final class StuckWriter extends ChannelOutboundHandlerAdapter {

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
        }
    }

    private EmbeddedChannel connect(String client) {
        var connection = new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(InetAddress.ofLiteral(client), 4711);
            }
        };
        connection.freezeTime();
        connection.pipeline().addLast(TcpConnections.plain(queries, counters, limit));
        connection.pipeline().fireChannelActive();
        open.add(connection);
        return connection;
    }

    private static void pass(EmbeddedChannel connection, long seconds) {
        connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
        connection.runPendingTasks();
    }

    private static ByteBuf frames(byte[]... messages) {
        var frames = Unpooled.buffer();
        for (byte[] message : messages) {
            frames.writeShort(message.length).writeBytes(message);
        }
        return frames;
    }

    private static Message response(EmbeddedChannel connection) throws IOException {
        connection.runPendingTasks();
        ByteBuf frame = connection.readOutbound();
        try {
            assertThat(frame.readUnsignedShort()).isEqualTo(frame.readableBytes());
            return new Message(ByteBufUtil.getBytes(frame));
        } finally {
            frame.release();
        }
    }

    private static byte[] query(int id) {
        var query = Message.newQuery(Record.newRecord(name("n" + id + ".example.org."), Type.A, DClass.IN));
        query.getHeader().setID(id);
        return query.toWire();
    }

    private QueryHandler queries() {
        Upstream upstream = (_, _) -> {
            waiting.add(new CompletableFuture<>());
            return waiting.getLast();
        };
        var pipeline = Pipelines.pipeline(upstream, () -> 0, "64:ff9b::/96");
        return Pipelines.handler(pipeline, counters, new PacketCache(0, 0, () -> 0), "64:ff9b::/96");
    }
}
