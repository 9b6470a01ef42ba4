// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Answers {@code /livez} and {@code /readyz}, and nothing else, to probes of other hosts, such as the kubelet. A thread
 * of its own serves it: what keeps the {@link AdminServer} busy does not keep probes waiting. One request a connection,
 * and no connection lasts longer than a second, so there is room for the next one at any time.
 */
public final class ProbeServer implements AutoCloseable {

    static final int MOST_CONNECTIONS = 128;

    private static final long LONGEST_MILLIS = 1000;
    private static final int LARGEST_HEADER = 4096;
    private static final int CLOSE_SECONDS = 5;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().daemon().name("probe-loop").factory(), NioIoHandler.newFactory());
    private final ProbeConnections connections = new ProbeConnections(MOST_CONNECTIONS);
    private final AdminPages pages;
    private final Channel listening;

    private ProbeServer(InetSocketAddress listen, AdminPages pages) throws IOException {
        this.pages = pages;
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, MOST_CONNECTIONS)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        prepare(connection);
                    }
                })
                .bind(listen)
                .awaitUninterruptibly();
        var failure = bound.cause();
        if (failure != null) {
            close();
            throw new IOException("admin.probes " + listen + " cannot be bound: " + failure.getMessage(), failure);
        }
        this.listening = bound.channel();
    }

    /**
     * Binds and serves until closed.
     *
     * @param pages of which liveness and readiness are asked at each probe, on the thread of this server; they must not
     *     block
     * @throws IOException if the address can't be bound; the message names it
     */
    public static ProbeServer start(InetSocketAddress listen, AdminPages pages) throws IOException {
        return new ProbeServer(listen, pages);
    }

    /** Where it listens, with the port that the kernel chose for 0. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    private void prepare(Channel connection) {
        connections.add(connection);
        var limits =
                new HttpDecoderConfig().setMaxInitialLineLength(LARGEST_HEADER).setMaxHeaderSize(LARGEST_HEADER);
        connection.pipeline().addLast(new HttpServerCodec(limits), new Probe());
        Future<?> timeout = connection
                .eventLoop()
                .schedule(
                        () -> {
                            var _ = connection.close();
                        },
                        LONGEST_MILLIS,
                        TimeUnit.MILLISECONDS);
        connection.closeFuture().addListener(_ -> timeout.cancel(false));
    }

    private Page page(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Page.text(400, "malformed request");
        }
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            return Page.notAllowed("GET, HEAD");
        }
        return switch (new QueryStringDecoder(request.uri()).rawPath()) {
            case "/livez" -> Routes.liveness(pages.liveness().get());
            case "/readyz" -> Routes.readiness(pages.readiness().get());
            default -> Page.text(404, "only /livez and /readyz are here; admin.listen has the other pages");
        };
    }

    /** Answers the first request of a connection, and closes it. */
    private final class Probe extends SimpleChannelInboundHandler<HttpObject> {

        private boolean isAnswered;

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (isAnswered || !(part instanceof HttpRequest request)) {
                return;
            }
            isAnswered = true;
            var page = page(request);
            var body =
                    ByteBufUtil.writeUtf8(context.alloc(), request.method().equals(HttpMethod.HEAD) ? "" : page.body());
            var response =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(page.status()), body);
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, page.contentType())
                    .set(HttpHeaderNames.CONTENT_LENGTH, ByteBufUtil.utf8Bytes(page.body()))
                    .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            var _ = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }
}
