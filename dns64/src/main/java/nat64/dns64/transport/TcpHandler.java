// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import nat64.dns64.query.Counters;
import nat64.dns64.query.QueryHandler;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queries of one connection, TCP or TLS. They are answered as their answers come (RFC 7766, section 6.2.1.1). While
 * too many wait, or the client does not read, no more are taken from the socket.
 */
final class TcpHandler extends SimpleChannelInboundHandler<Object> {

    /** Queries of one connection that may wait. */
    static final int MAX_WAITING = 64;

    private static final Logger LOG = LoggerFactory.getLogger(TcpHandler.class);
    private static final int LENGTH_FIELD = 2;

    private final QueryHandler queries;
    private final Counters counters;
    private final Transport transport;

    // Touched by the event loop of the connection only.
    private int waiting;
    private boolean isDraining;
    private boolean isInputEnded;

    TcpHandler(QueryHandler queries, Counters counters, Transport transport) {
        this.queries = queries;
        this.counters = counters;
        this.transport = transport;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
        if (message instanceof QueryFrames.TooLong tooLong) {
            isDraining = true; // behind its response, the connection ends
            answer(context, queries.handleTooLong(tooLong.header(), transport));
        } else if (message instanceof ByteBuf frame) {
            var client = ClientConnection.client(context.channel());
            answer(context, queries.handle(ByteBufUtil.getBytes(frame), client, transport));
        }
    }

    private void answer(ChannelHandlerContext context, CompletionStage<Optional<byte[]>> answer) {
        waiting++;
        ClientConnection.of(context.channel()).queryBegan();
        adjustReading(context);
        var _ = answer.thenAccept(response -> context.executor().execute(() -> finish(context, response)));
    }

    private void finish(ChannelHandlerContext context, Optional<byte[]> response) {
        waiting--;
        var connection = ClientConnection.of(context.channel());
        connection.queryEnded();
        if (response.isEmpty()) {
            var _ = context.close(); // the client does not speak DNS
            return;
        }
        byte[] bytes = response.get();
        var length = Unpooled.buffer(LENGTH_FIELD).writeShort(bytes.length);
        var sent = connection.write(
                context, Unpooled.wrappedBuffer(length, Unpooled.wrappedBuffer(bytes)), LENGTH_FIELD + bytes.length);
        if (!queries.serves(ClientConnection.client(context.channel()))) {
            var _ = sent.addListener(ChannelFutureListener.CLOSE);
        }
        adjustReading(context);
        endIfDone(context);
    }

    /**
     * Behind what was written before, once nothing is left to answer. What was read and is kept back, because too many
     * wait or the client does not read, is still to be answered.
     */
    private void endIfDone(ChannelHandlerContext context) {
        boolean isEnding = isDraining || (isInputEnded && context.channel().isWritable());
        if (isEnding && waiting == 0) {
            var _ = context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void adjustReading(ChannelHandlerContext context) {
        var channel = context.channel();
        channel.config().setAutoRead(!isDraining && waiting < MAX_WAITING && channel.isWritable());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        adjustReading(context);
        endIfDone(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            var _ = context.close();
        }
        if (event instanceof Drain) {
            isDraining = true;
            adjustReading(context);
            endIfDone(context);
        }
        if (InputEnd.isSaidBy(event)) {
            isInputEnded = true;
            endIfDone(context);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("on the connection {}", context.channel().remoteAddress(), cause);
        counters.dropped(DropReason.NOT_SENT);
        var _ = context.close();
    }
}
