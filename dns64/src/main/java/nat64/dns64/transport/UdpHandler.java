// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A UDP socket where the kernel has no epoll: one system call for each datagram. */
public final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {

    private static final Logger LOG = LoggerFactory.getLogger(UdpHandler.class);

    private final UdpQueries queries;

    public UdpHandler(UdpQueries queries) {
        this.queries = queries;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        var client = packet.sender();
        byte[] message = ByteBufUtil.getBytes(packet.content());
        if (!queries.admits(client.getAddress())) {
            var _ = queries.answerTooMany(message, client.getAddress()).thenAccept(late -> send(context, late, client));
            return;
        }
        int length = queries.answerAtOnce(message, message.length, client.getAddress());
        if (length > 0) {
            var bytes = context.alloc().directBuffer(length).writeBytes(queries.response(), 0, length);
            var _ = context.writeAndFlush(new DatagramPacket(bytes, client), context.voidPromise());
            return;
        }
        var _ = queries.answer(message, client.getAddress()).thenAccept(late -> send(context, late, client));
    }

    private static void send(ChannelHandlerContext context, Optional<byte[]> late, InetSocketAddress client) {
        late.ifPresent(bytes -> {
            var _ = context.writeAndFlush(
                    new DatagramPacket(Unpooled.wrappedBuffer(bytes), client), context.voidPromise());
        });
    }

    /**
     * Errors of a datagram socket, such as ICMP answers to an earlier response, concern one client and not the socket.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("on the UDP socket {}", context.channel().localAddress(), cause);
        queries.notSent(1);
    }
}
