// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;

/** The front of a {@link FakeUpstream} for DNS over HTTPS (RFC 8484), on loopback. */
public final class FakeHttps implements AutoCloseable {

    public static final String PATH = "/dns-query";

    private final FakeUpstream upstream;
    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicBoolean hangsUpOnNext = new AtomicBoolean();
    private final Channel listener;

    public FakeHttps(FakeUpstream upstream, TestCertificate certificate) throws IOException {
        this.upstream = upstream;
        var tls = SslContextBuilder.forServer(certificate.keys())
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        "h2"))
                .build();
        listener = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        prepare(connection, tls);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Method, scheme, authority, path, media type and ID of each request. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Closes all connections; new ones are welcome. */
    public void hangUp() {
        connections.close().awaitUninterruptibly();
    }

    /** Resets all connections, as a server that was restarted does; new ones are welcome. */
    public void reset() {
        connections.forEach(connection -> connection.config().setOption(ChannelOption.SO_LINGER, 0));
        hangUp();
        // a closed socket is released by the next select, which comes before a task that has to wait
        threads.schedule(() -> {}, 10, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    /** Closes the connection of the next request in place of a response. */
    public void hangUpOnNextRequest() {
        hangsUpOnNext.set(true);
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void prepare(Channel connection, SslContext tls) {
        connections.add(connection);
        connection
                .pipeline()
                .addLast(tls.newHandler(connection.alloc()))
                .addLast(Http2FrameCodecBuilder.forServer().build())
                .addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline().addLast(new Request());
                    }
                }));
    }

    /** One request, and its response. */
    private final class Request extends SimpleChannelInboundHandler<Http2StreamFrame> {

        private final ByteBuf body = Unpooled.buffer();
        private @Nullable Http2Headers head;

        @Override
        protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) throws IOException {
            switch (frame) {
                case Http2HeadersFrame headers -> head = headers.headers();
                case Http2DataFrame data -> {
                    body.writeBytes(data.content());
                    if (data.isEndStream() && head != null) {
                        respond(context, head, new Message(ByteBufUtil.getBytes(body)));
                    }
                }
                default -> {}
            }
        }

        private void respond(ChannelHandlerContext context, Http2Headers request, Message query) throws IOException {
            if (hangsUpOnNext.getAndSet(false)) {
                var _ = context.channel().parent().close();
                return;
            }
            requests.add("%s %s %s %s %s id=%d"
                    .formatted(
                            request.method(),
                            request.scheme(),
                            request.authority(),
                            request.path(),
                            request.get("content-type"),
                            query.getHeader().getID()));
            byte[] response = upstream.respond(query.toWire(), true);
            boolean found = PATH.contentEquals(request.path()) && response != null;
            var headers = new DefaultHttp2Headers()
                    .status(found ? "200" : "404")
                    .set("content-type", "application/dns-message");
            var _ = context.write(new DefaultHttp2HeadersFrame(headers));
            var _ = context.writeAndFlush(
                    new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(response == null ? new byte[0] : response), true));
        }
    }
}
