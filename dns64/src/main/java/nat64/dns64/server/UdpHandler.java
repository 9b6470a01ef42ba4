// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One datagram, one query (RFC 1035, section 4.2.1). */
@Sharable
final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {

    private static final Logger LOG = LoggerFactory.getLogger(UdpHandler.class);

    private final QueryHandler queries;
    private final Counters counters;

    UdpHandler(QueryHandler queries, Counters counters) {
        this.queries = queries;
        this.counters = counters;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        var client = packet.sender();
        byte[] message = ByteBufUtil.getBytes(packet.content());
        var _ = queries.handle(message, client.getAddress(), Transport.UDP)
                .thenAccept(response -> response.ifPresent(octets -> send(context, octets, client)));
    }

    private void send(ChannelHandlerContext context, byte[] response, InetSocketAddress client) {
        var _ = context.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(response), client))
                .addListener(sent -> {
                    if (!sent.isSuccess()) {
                        counters.dropped(DropReason.NOT_SENT);
                    }
                });
    }

    /** Errors of a datagram socket, such as ICMP answers to an earlier response, concern one client and not the socket. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("on the UDP socket {}", context.channel().localAddress(), cause);
        counters.dropped(DropReason.NOT_SENT);
    }
}
