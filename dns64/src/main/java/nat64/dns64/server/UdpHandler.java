// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import nat64.dns64.wire.WireCache;
import nat64.dns64.wire.WireQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queries of one UDP socket: one datagram, one query (RFC 1035, section 4.2.1). What was asked before is answered at
 * once; the rest goes the long way.
 */
final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {

    private static final Logger LOG = LoggerFactory.getLogger(UdpHandler.class);
    private static final int LARGEST_PLAIN_QUERY = 512;
    private static final int LARGEST_RESPONSE = 1232;
    private static final int RCODE_OCTET = 3;
    private static final int RCODE = 0xf;

    private final QueryHandler queries;
    private final KnownClients clients;
    private final WireCache ready;
    private final Counters counters;
    private final ClientOptions options;
    private final ResponseRates rates;

    // Touched by the event loop of the socket only.
    private final WireQuery plain = new WireQuery();
    private final byte[] query = new byte[LARGEST_PLAIN_QUERY];
    private final byte[] response = new byte[LARGEST_RESPONSE];

    UdpHandler(QueryHandler queries, WireCache ready, Counters counters, ClientOptions options, ResponseRates rates) {
        this.options = options;
        this.rates = rates;
        this.queries = queries;
        this.clients = new KnownClients(queries::serves, queries::views);
        this.ready = ready;
        this.counters = counters;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        var client = packet.sender();
        if (!rates.admits(client.getAddress())) {
            var _ = queries.handleTooMany(ByteBufUtil.getBytes(packet.content()), client.getAddress())
                    .thenAccept(late -> late.ifPresent(octets -> send(context, octets, client)));
            return;
        }
        int length = answerAtOnce(packet.content(), client);
        if (length > 0) {
            var octets = context.alloc().directBuffer(length).writeBytes(response, 0, length);
            var _ = context.writeAndFlush(new DatagramPacket(octets, client), context.voidPromise());
            return;
        }
        byte[] message = ByteBufUtil.getBytes(packet.content());
        var _ = queries.handle(message, client.getAddress(), Transport.UDP)
                .thenAccept(late -> late.ifPresent(octets -> send(context, octets, client)));
    }

    /** Returns the length of the response, or 0 if it takes more than a look at what is ready. */
    private int answerAtOnce(ByteBuf datagram, InetSocketAddress client) {
        int length = datagram.readableBytes();
        var active = length > query.length ? null : clients.view(client.getAddress());
        if (active == null) {
            return 0;
        }
        datagram.getBytes(datagram.readerIndex(), query, 0, length);
        if (!plain.read(query, length, active.variant())) {
            return 0;
        }
        options.addTo(plain, client.getAddress());
        int answer = ready.answer(plain, response);
        if (answer > 0) {
            counters.received(Transport.UDP);
            if (queries.log().takesNext()) {
                log(client.getAddress(), active, answer);
            }
        }
        return answer;
    }

    private void log(InetAddress client, ActiveView active, int octets) {
        var kind = plain.kind();
        if (kind != null) { // always, after an answer
            queries.log()
                    .add(new AnsweredQuery(
                            client,
                            Transport.UDP,
                            active.view().name(),
                            ByteBuffer.wrap(Arrays.copyOf(query, plain.length())),
                            response[RCODE_OCTET] & RCODE,
                            kind.reason(),
                            octets,
                            true));
        }
    }

    private static void send(ChannelHandlerContext context, byte[] octets, InetSocketAddress client) {
        var _ = context.writeAndFlush(
                new DatagramPacket(Unpooled.wrappedBuffer(octets), client), context.voidPromise());
    }

    /** Errors of a datagram socket, such as ICMP answers to an earlier response, concern one client and not the socket. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("on the UDP socket {}", context.channel().localAddress(), cause);
        counters.dropped(DropReason.NOT_SENT);
    }
}
