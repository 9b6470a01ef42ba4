// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import nat64.gateway.admin.access.RemoteServer;
import org.jspecify.annotations.Nullable;

/** Sends requests to an {@link AdminServer}, over TCP, TLS or a Unix domain socket. */
public final class AdminClient {

    /** Longer than the server takes for an answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(70);

    private static final int CLOSE_SECONDS = 5;
    private static final int LARGEST_ANSWER = 1 << 26;

    private AdminClient() {}

    /** An answer of the server. */
    public record Answer(int status, String body) {}

    /**
     * Posts and waits for the answer.
     *
     * @param target the path with its query, such as {@code /api/v1/reload}
     * @throws IOException if there is no answer
     */
    public static Answer post(SocketAddress server, String target) throws IOException, InterruptedException {
        return send(server, HttpMethod.POST, target);
    }

    /** Gets a page, as {@link #post}. */
    public static Answer get(SocketAddress server, String target) throws IOException, InterruptedException {
        return send(server, HttpMethod.GET, target);
    }

    /**
     * As {@link #post(SocketAddress, String)}, over TLS.
     *
     * @throws IOException if there is no answer, or the certificate of the server is not valid for its name
     */
    public static Answer post(RemoteServer server, String target) throws IOException, InterruptedException {
        return send(server, HttpMethod.POST, target);
    }

    /** Gets a page, as {@link #post(RemoteServer, String)}. */
    public static Answer get(RemoteServer server, String target) throws IOException, InterruptedException {
        return send(server, HttpMethod.GET, target);
    }

    static Answer send(SocketAddress server, HttpMethod method, String target)
            throws IOException, InterruptedException {
        return exchange(
                bootstrap -> bootstrap
                        .channelFactory(() -> server instanceof UnixDomainSocketAddress
                                ? new NioDomainSocketChannel()
                                : new NioSocketChannel())
                        .connect(server),
                _ -> {},
                request(method, target, "localhost"));
    }

    private static Answer send(RemoteServer server, HttpMethod method, String target)
            throws IOException, InterruptedException {
        var request = request(method, target, server.authority());
        server.token().ifPresent(token -> request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token));
        var tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .endpointIdentificationAlgorithm("HTTPS");
        if (server.authorities().isPresent()) {
            tls.trustManager(authorities(server.authorities().get()));
        }
        var context = tls.build();
        return exchange(
                bootstrap -> bootstrap.channel(NioSocketChannel.class).connect(server.host(), server.port()),
                channel ->
                        channel.pipeline().addLast(context.newHandler(channel.alloc(), server.host(), server.port())),
                request);
    }

    private static File authorities(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + " can't be read; name a PEM file with certificates of authorities");
        }
        return file.toFile();
    }

    private static Answer exchange(
            Function<Bootstrap, ChannelFuture> connect, Consumer<Channel> encrypt, DefaultFullHttpRequest request)
            throws IOException, InterruptedException {
        var answer = new CompletableFuture<Answer>();
        var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            var connected = connect.apply(new Bootstrap().group(loop).handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            encrypt.accept(channel);
                            channel.pipeline()
                                    .addLast(
                                            new HttpClientCodec(),
                                            new HttpObjectAggregator(LARGEST_ANSWER),
                                            new AnswerReader(answer));
                        }
                    }))
                    .await();
            var failure = connected.cause();
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            var _ = connected.channel().writeAndFlush(request); // a failure closes the connection
            try {
                return answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            } finally {
                connected.channel().close().await();
            }
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + TIMEOUT.toSeconds() + " s", e);
        } finally { // gracefully: what is left to do for the closed channel would be refused, with a warning in the log
            loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).await();
        }
    }

    /** The innermost one says what is wrong with a certificate. */
    private static String reason(@Nullable Throwable failure) {
        return failure != null && failure.getCause() != null
                ? reason(failure.getCause())
                : failure == null ? "no reason is known" : String.valueOf(failure.getMessage());
    }

    private static DefaultFullHttpRequest request(HttpMethod method, String target, String host) {
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, target);
        request.headers()
                .set(HttpHeaderNames.HOST, host)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(HttpHeaderNames.CONTENT_LENGTH, 0);
        return request;
    }

    private static final class AnswerReader extends SimpleChannelInboundHandler<FullHttpResponse> {

        private final CompletableFuture<Answer> answer;

        AnswerReader(CompletableFuture<Answer> answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            answer.complete(
                    new Answer(response.status().code(), response.content().toString(StandardCharsets.UTF_8)));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(new IOException("the connection was closed without an answer"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.completeExceptionally(cause);
        }
    }
}
