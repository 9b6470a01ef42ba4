// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import nat64.dns64.query.Counters;
import nat64.dns64.query.QueryHandler;
import nat64.dns64.statistics.DropReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins TLS on a connection: strangers are sent away before they cost a handshake, and what is not TLS is counted and
 * closed. Safe for many threads.
 */
@Sharable
final class TlsHandshake extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(TlsHandshake.class);
    private static final long HANDSHAKE_SECONDS = 5;
    private static final long CLOSE_NOTIFY_SECONDS = 1;

    private final QueryHandler queries;
    private final Counters counters;
    private final Executor executor;

    /**
     * @param executor does the arithmetic of handshakes, so that no socket waits for it
     */
    TlsHandshake(QueryHandler queries, Counters counters, Executor executor) {
        this.queries = queries;
        this.counters = counters;
        this.executor = executor;
    }

    /** Puts TLS and this handler at the end of what a new connection goes through. */
    void addTo(Channel connection, SslContext context) {
        var tls = context.newHandler(connection.alloc(), executor);
        tls.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        tls.setCloseNotifyFlushTimeout(CLOSE_NOTIFY_SECONDS, TimeUnit.SECONDS);
        connection.pipeline().addLast(tls).addLast(this);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var client = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
        if (queries.serves(client)) {
            context.fireChannelActive();
        } else {
            counters.dropped(DropReason.REFUSED_CLIENT);
            var _ = context.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            LOG.debug("no TLS with {}", context.channel().remoteAddress(), handshake.cause());
            counters.dropped(DropReason.NO_TLS);
            var _ = context.close();
            return;
        }
        if (event instanceof ChannelInputShutdownEvent && !isDone(context)) {
            var _ = context.close(); // counted by the event above
            return;
        }
        context.fireUserEventTriggered(event);
    }

    private static boolean isDone(ChannelHandlerContext context) {
        var tls = context.pipeline().get(SslHandler.class);
        return tls != null && tls.handshakeFuture().isDone();
    }

    /**
     * What TLS itself complains about is said by the event above, or came after the handshake and ends the connection.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var reason = cause instanceof DecoderException ? cause.getCause() : cause;
        if (reason instanceof SSLException) {
            var _ = context.close();
            return;
        }
        context.fireExceptionCaught(cause);
    }
}
