// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
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
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests to an {@link AdminServer}, over TCP or a Unix domain socket. */
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

    static Answer send(SocketAddress server, HttpMethod method, String target)
            throws IOException, InterruptedException {
        var answer = new CompletableFuture<Answer>();
        var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            var connected = new Bootstrap()
                    .group(loop)
                    .channelFactory(() -> server instanceof UnixDomainSocketAddress
                            ? new NioDomainSocketChannel()
                            : new NioSocketChannel())
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(
                                            new HttpClientCodec(),
                                            new HttpObjectAggregator(LARGEST_ANSWER),
                                            new AnswerReader(answer));
                        }
                    })
                    .connect(server)
                    .await();
            var failure = connected.cause();
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            var _ = connected.channel().writeAndFlush(request(method, target)); // a failure closes the connection
            try {
                return answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            } finally {
                connected.channel().close().await();
            }
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + TIMEOUT.toSeconds() + " s", e);
        } finally { // gracefully: what is left to do for the closed channel would be refused, with a warning in the log
            loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).await();
        }
    }

    private static DefaultFullHttpRequest request(HttpMethod method, String target) {
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, target);
        request.headers()
                .set(HttpHeaderNames.HOST, "localhost")
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
