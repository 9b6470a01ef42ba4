// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one connection, one after another: checks on the event loop, pages on {@link PageThreads}.
 * The next request is read only when the answer is sent. A client that takes too long, to send a whole request or to
 * take the answer, loses its connection.
 */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    /** A page loads from this server alone, and no other site may show it. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Routes routes;
    private final PageThreads threads;
    private final AdminLimits limits;
    private final Optional<RemoteAccess> remote;
    private @Nullable Future<?> timeout;
    private boolean isAwaiting; // a request, of which nothing or a part is there

    /** @param remote who is trusted, on a connection of TLS */
    RequestHandler(Routes routes, PageThreads threads, AdminLimits limits, Optional<RemoteAccess> remote) {
        this.routes = routes;
        this.threads = threads;
        this.limits = limits;
        this.remote = remote;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        awaitRequest(context);
    }

    /** What was read may be a part of a TLS handshake, and no request yet. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (isAwaiting) {
            context.read();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closeAfter(context, 0);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        isAwaiting = false;
        closeAfter(context, limits.responseSeconds());
        var malformed = RequestChecks.malformed(request);
        boolean keepAlive = malformed.isEmpty() && HttpUtil.isKeepAlive(request);
        var answer = new Answer(context, keepAlive, request.method().equals(HttpMethod.HEAD));
        if (malformed.isPresent()) {
            answer.send(malformed.get());
            return;
        }
        try {
            switch (proof(request, context)) {
                case RemoteAccess.Proof.Token() ->
                    answer(AdminRequest.of(request, RequestOrigin.TOKEN), isForOurHost(request), answer);
                case RemoteAccess.Proof.None() ->
                    answer(AdminRequest.of(request, origin(context)), isForOurHost(request), answer);
                case RemoteAccess.Proof.Refused(var page) -> answer.send(page);
            }
        } catch (IllegalArgumentException e) {
            answer.send(Page.text(400, "malformed request target"));
        }
    }

    /** A token counts over TLS only; elsewhere, it could be read on the way. */
    private RemoteAccess.Proof proof(FullHttpRequest request, ChannelHandlerContext context) {
        return remote.isPresent() && context.channel().remoteAddress() instanceof InetSocketAddress client
                ? remote.get().proof(request, client.getAddress())
                : new RemoteAccess.Proof.None();
    }

    private boolean isForOurHost(FullHttpRequest request) {
        return RequestChecks.isForOurHost(request)
                || (remote.isPresent()
                        && RequestChecks.hostName(request)
                                .filter(remote.get()::hasName)
                                .isPresent());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("A connection was closed: {}", cause.toString());
        close(context);
    }

    private void answer(AdminRequest request, boolean isForOurHost, Answer answer) {
        var route = routes.find(request.path());
        if (route.isEmpty()) {
            answer.send(Page.text(404, "not found; / lists all pages"));
            return;
        }
        if (!isForOurHost && isHostBinding(request, route.get(), answer.context)) {
            answer.send(Page.text(421, "this server does not answer for that Host; use its address, or localhost"));
            return;
        }
        var refusal = route.get().refusal(request);
        if (refusal.isPresent()) {
            boolean isForbidden = refusal.get().status() == HttpResponseStatus.FORBIDDEN.code();
            answer.send(remote.filter(_ -> isForbidden)
                    .map(access -> access.challenge(refusal.get()))
                    .orElse(refusal.get()));
            return;
        }
        try {
            threads.of(route.get()).execute(() -> answer.send(page(route.get(), request)));
        } catch (RejectedExecutionException e) {
            close(answer.context); // the server is closing
        }
    }

    /** A server that is open to other hosts may be read by any of its names. */
    private static boolean isHostBinding(AdminRequest request, Route route, ChannelHandlerContext context) {
        boolean isOpen = context.channel().parent().localAddress() instanceof InetSocketAddress listening
                && !listening.getAddress().isLoopbackAddress();
        return request.origin() != RequestOrigin.SOCKET && !(isOpen && route instanceof Route.Read);
    }

    private static Page page(Route route, AdminRequest request) {
        try {
            return route.page().apply(request);
        } catch (RuntimeException e) {
            LOG.warn("The page {} failed", request.path(), e); // the path is one of ours
            return Page.text(500, "this page failed; see the log");
        }
    }

    private static RequestOrigin origin(ChannelHandlerContext context) {
        if (context.channel().remoteAddress() instanceof InetSocketAddress client) {
            return client.getAddress().isLoopbackAddress() ? RequestOrigin.LOOPBACK : RequestOrigin.REMOTE;
        }
        return RequestOrigin.SOCKET;
    }

    private void awaitRequest(ChannelHandlerContext context) {
        isAwaiting = true;
        closeAfter(context, limits.requestSeconds());
        context.read();
    }

    /** In the place of an earlier timeout; 0 seconds is none. */
    private void closeAfter(ChannelHandlerContext context, int seconds) {
        if (timeout != null) {
            timeout.cancel(false);
        }
        timeout = seconds == 0 ? null : context.executor().schedule(() -> close(context), seconds, TimeUnit.SECONDS);
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }

    /** How a request is answered; any thread may send. */
    private final class Answer {

        private final ChannelHandlerContext context;
        private final boolean keepAlive;
        private final boolean isHead;

        Answer(ChannelHandlerContext context, boolean keepAlive, boolean isHead) {
            this.context = context;
            this.keepAlive = keepAlive;
            this.isHead = isHead;
        }

        void send(Page page) {
            var body = ByteBufUtil.writeUtf8(context.alloc(), page.body());
            int length = body.readableBytes();
            if (isHead) {
                body.release();
            }
            var response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.valueOf(page.status()),
                    isHead ? Unpooled.EMPTY_BUFFER : body);
            var headers = response.headers();
            headers.set(HttpHeaderNames.CONTENT_TYPE, page.contentType());
            headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
            headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
            page.headers().forEach(headers::set);
            HttpUtil.setKeepAlive(response, keepAlive);
            context.writeAndFlush(response).addListener(written -> {
                if (written.isSuccess() && keepAlive) {
                    // Later, as a read from within a read would get lost.
                    context.executor().execute(() -> awaitRequest(context));
                } else {
                    close(context);
                }
            });
        }
    }
}
