// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import nat64.dns64.settings.UpstreamServer;
import org.jspecify.annotations.Nullable;

/** A connection by HTTP/2 over TLS; each question is a POST on a stream of its own (RFC 8484). For one event loop. */
final class HttpsConnection implements UpstreamConnection, PendingQuery.Place {

    static final String MEDIA_TYPE = "application/dns-message";

    private static final int HTTPS_PORT = 443;
    private static final String HTTP_2 = "h2";

    private final StreamTransport transport;
    private final Set<PendingQuery> pending = new LinkedHashSet<>();
    private final String authority;
    private @Nullable Channel channel;
    private boolean isClosed;
    private boolean worked;
    private int silences;

    HttpsConnection(StreamTransport transport) {
        this.transport = transport;
        this.authority = authority(transport.setup().server());
        var _ = transport
                .connect(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        prepare(connection);
                    }
                })
                .addListener((ChannelFuture connected) -> {
                    if (!connected.isSuccess()) {
                        close();
                    }
                });
    }

    @Override
    public boolean hasRoom() {
        return !isClosed && pending.size() < MOST_QUESTIONS;
    }

    @Override
    public void send(PendingQuery query) {
        query.waitAt(this, 0); // RFC 8484, section 4.1: caches of HTTP take no notice of IDs
        pending.add(query);
        if (isClosed) {
            close();
        } else if (channel != null) {
            openStream(channel, query);
        }
    }

    @Override
    public void gaveUp(PendingQuery query) {
        pending.remove(query);
        silences++;
        if (silences >= MOST_SILENCES) {
            close();
        }
    }

    private void prepare(Channel connection) {
        var setup = transport.setup();
        var tls = setup.trust().handler(setup.server(), connection);
        connection
                .pipeline()
                .addLast(tls)
                .addLast(Http2FrameCodecBuilder.forClient()
                        .initialSettings(Http2Settings.defaultSettings().pushEnabled(false))
                        .build())
                .addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()))
                .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
                .addLast(new Events());
    }

    private void handshakeEnded(Channel connection, SslHandshakeCompletionEvent event, @Nullable String protocol) {
        if (!event.isSuccess()) {
            transport.failed(event.cause());
            close();
        } else if (!HTTP_2.equals(protocol)) {
            transport.failed(new SSLHandshakeException("the server does not speak HTTP/2"));
            var _ = connection.close();
            close();
        } else if (!isClosed) {
            channel = connection;
            List.copyOf(pending).forEach(query -> openStream(connection, query));
        }
    }

    private void openStream(Channel connection, PendingQuery query) {
        var _ = new Http2StreamChannelBootstrap(connection)
                .handler(new HttpsResponse(message -> ended(query, message)))
                .open()
                .addListener((Future<Http2StreamChannel> opened) -> {
                    if (opened.isSuccess()) {
                        post(opened.getNow(), query);
                    } else {
                        isClosed = true;
                        ended(query, null);
                    }
                });
    }

    private void post(Http2StreamChannel stream, PendingQuery query) {
        query.pad();
        byte[] bytes = query.bytes();
        Http2Headers headers = new DefaultHttp2Headers()
                .method("POST")
                .scheme("https")
                .authority(authority)
                .path(transport.setup().server().path())
                .set("accept", MEDIA_TYPE)
                .set("content-type", MEDIA_TYPE)
                .setInt("content-length", bytes.length);
        var _ = stream.write(new DefaultHttp2HeadersFrame(headers)).addListener(written -> {
            isClosed |= !written.isSuccess(); // the first frame of a stream: the connection takes no more
        });
        var _ = stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes), true));
    }

    /** The stream brought this message, or none. */
    private void ended(PendingQuery query, byte @Nullable [] message) {
        boolean wasPending = pending.remove(query);
        if (message != null && PendingQueries.answers(query, message)) {
            worked = true;
            silences = 0;
            query.answered(message);
        } else if (wasPending) {
            transport.setup().loop().execute(() -> endedWithoutMessage(query)); // streams hear of an end first
        }
    }

    /** It is known by now whether only the stream has ended, or the connection too, which then is not used again. */
    private void endedWithoutMessage(PendingQuery query) {
        if (channel == null || !channel.isActive()) {
            close();
        }
        if (query.isWaiting()) {
            transport.sendAgain(query, isClosed && worked);
        }
    }

    private void close() {
        isClosed = true;
        if (channel != null) {
            var _ = channel.close();
        }
        var left = new ArrayList<>(pending);
        pending.clear();
        transport.closed(this, left, worked);
    }

    private static String authority(UpstreamServer server) {
        var address = server.address();
        var host = server.name().isEmpty() ? NetUtil.toSocketAddressString(address) : server.name();
        if (server.name().isEmpty()) {
            host = host.substring(0, host.lastIndexOf(':'));
        }
        return address.getPort() == HTTPS_PORT ? host : host + ":" + address.getPort();
    }

    /** What concerns the connection as a whole. */
    private final class Events extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                var tls = context.pipeline().get(SslHandler.class);
                handshakeEnded(context.channel(), handshake, tls == null ? null : tls.applicationProtocol());
            } else if (event instanceof IdleStateEvent && pending.isEmpty()) {
                close();
            }
        }

        /** The server takes no other stream; those that are open may end. */
        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            isClosed |= frame instanceof Http2GoAwayFrame;
            ReferenceCountUtil.release(frame);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            transport.failed(cause);
            var _ = context.close();
        }
    }
}
