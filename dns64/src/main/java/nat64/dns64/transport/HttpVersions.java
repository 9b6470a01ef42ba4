// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.function.Function;
import nat64.dns64.query.Counters;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/2 where the client offers it (RFC 8484, section 5.2), else HTTP/1.1. Either way a request is the same for what
 * comes behind. A connection ends when no whole request came for a while; neither dripping bytes nor frames like PING
 * gain time.
 */
public final class HttpVersions extends ApplicationProtocolNegotiationHandler {

    /** Requests of one connection that may wait; as many as over TCP. */
    public static final int MAX_STREAMS = TcpHandler.MAX_WAITING;

    private static final Logger LOG = LoggerFactory.getLogger(HttpVersions.class);
    private static final int MAX_HEADERS = 8192; // the largest query has 5462 bytes in a URL
    private static final int INITIAL_WINDOW = HttpsHandler.LARGEST_QUERY;
    private static final long CLOSE_MILLIS = 2500; // every query is answered by then

    private final Function<Runnable, HttpsHandler> requests;
    private final Counters counters;

    /**
     * @param requests makes the handler of requests, which runs what it is given at each whole request
     */
    HttpVersions(Function<Runnable, HttpsHandler> requests, Counters counters) {
        super(ApplicationProtocolNames.HTTP_1_1);
        this.requests = requests;
        this.counters = counters;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
        var idle = new IdleTimeout(Transport.HTTPS.idleSeconds());
        if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
            addHttp2(context, idle);
        } else {
            addHttp1(context, idle);
        }
        context.pipeline().addLast(idle).addLast(new ConnectionEnd(counters));
    }

    private void addHttp2(ChannelHandlerContext context, IdleTimeout idle) {
        var settings = Http2Settings.defaultSettings()
                .maxConcurrentStreams(MAX_STREAMS)
                .maxHeaderListSize(MAX_HEADERS)
                .initialWindowSize(INITIAL_WINDOW);
        context.pipeline()
                .addLast(Http2FrameCodecBuilder.forServer()
                        .initialSettings(settings)
                        .gracefulShutdownTimeoutMillis(CLOSE_MILLIS)
                        .build())
                .addLast(new Http2MultiplexHandler(new Streams(requests, idle::reset)));
    }

    private void addHttp1(ChannelHandlerContext context, IdleTimeout idle) {
        var limits =
                new HttpDecoderConfig().setMaxInitialLineLength(MAX_HEADERS).setMaxHeaderSize(MAX_HEADERS);
        context.pipeline()
                .addLast(new HttpServerCodec(limits))
                .addLast(new HttpServerKeepAliveHandler())
                // Requests are answered in their order (RFC 9112, section 9.3.2): the next one waits here.
                .addLast(new FlowControlHandler())
                .addLast(requests.apply(idle::reset));
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close(); // counted where TLS is
    }

    /** Each request of HTTP/2 is a channel of its own. */
    private static final class Streams extends ChannelInitializer<Channel> {

        private final Function<Runnable, HttpsHandler> requests;
        private final Runnable onRequest;

        Streams(Function<Runnable, HttpsHandler> requests, Runnable onRequest) {
            this.requests = requests;
            this.onRequest = onRequest;
        }

        @Override
        protected void initChannel(Channel stream) {
            stream.pipeline()
                    .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                    .addLast(requests.apply(onRequest));
        }
    }

    /** Closes what is idle, ended or broken; HTTP/2 says GOAWAY then, and answers what was asked. */
    private static final class ConnectionEnd extends ChannelInboundHandlerAdapter {

        private final Counters counters;

        ConnectionEnd(Counters counters) {
            this.counters = counters;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof IdleStateEvent || event instanceof Drain || InputEnd.isSaidBy(event)) {
                var _ = context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("on the connection {}", context.channel().remoteAddress(), cause);
            counters.dropped(DropReason.NOT_SENT);
            var _ = context.close();
        }
    }
}
