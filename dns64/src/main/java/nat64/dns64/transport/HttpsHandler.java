// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import nat64.dns64.message.MessageLimits;
import nat64.dns64.query.Counters;
import nat64.dns64.query.QueryHandler;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Transport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one connection of HTTP/1.1, or the one request of a stream of HTTP/2 (RFC 8484). Every response to a
 * query has status 200, whatever its RCODE (section 4.2.1).
 */
public final class HttpsHandler extends SimpleChannelInboundHandler<HttpObject> {

    /** Bytes that a query may have. */
    public static final int LARGEST_QUERY = MessageLimits.LARGEST_QUERY;

    /**
     * How long a connection is read after a refusal, unless the client closes it: closing it before all is read would
     * reset it, and the client might never see the refusal (RFC 9112, section 9.6).
     */
    private static final long LINGER_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(HttpsHandler.class);

    private final QueryHandler queries;
    private final Counters counters;
    private final String path;
    private final Runnable onRequest;

    // Touched by the event loop of the connection only.
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private boolean isReading;
    private boolean isInBody;
    private boolean isRefused;
    private boolean isAnswering;
    private boolean isDraining;
    private boolean isInputEnded;

    /**
     * @param path where queries are answered
     * @param onRequest runs at each whole request
     */
    HttpsHandler(QueryHandler queries, Counters counters, String path, Runnable onRequest) {
        this.queries = queries;
        this.counters = counters;
        this.path = path;
        this.onRequest = onRequest;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (isRefused) {
            return;
        }
        if (part.decoderResult().isFailure()) {
            refuse(context, status(part.decoderResult().cause()));
            return;
        }
        if (part instanceof HttpRequest request) {
            begin(context, request);
        }
        if (part instanceof HttpContent content && isReading && isInBody) {
            goOn(context, content.content());
        }
        if (part instanceof LastHttpContent && isReading) {
            isReading = false;
            answer(context, message.toByteArray());
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        message.reset();
        isReading = true;
        isInBody = false;
        switch (HttpQuery.find(request, path, LARGEST_QUERY)) {
            case HttpQuery.InUrl url -> message.writeBytes(url.message());
            case HttpQuery.InBody() -> isInBody = true;
            case HttpQuery.Refused(var status) -> refuse(context, status);
        }
    }

    private void goOn(ChannelHandlerContext context, ByteBuf bytes) {
        if (message.size() + bytes.readableBytes() > LARGEST_QUERY) {
            refuse(context, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        message.writeBytes(ByteBufUtil.getBytes(bytes));
    }

    private void answer(ChannelHandlerContext context, byte[] query) {
        isAnswering = true;
        onRequest.run();
        context.channel().config().setAutoRead(false);
        var connection = ClientConnection.of(context.channel());
        connection.queryBegan();
        var client = ClientConnection.client(context.channel());
        var _ = queries.handle(query, client, Transport.HTTPS)
                .thenAccept(response -> context.executor().execute(() -> finish(context, response)));
    }

    private void finish(ChannelHandlerContext context, Optional<byte[]> response) {
        isAnswering = false;
        var connection = ClientConnection.of(context.channel());
        connection.queryEnded();
        // What is not a query was counted by the reader.
        var sent = connection.write(
                context,
                response.map(HttpsHandler::found).orElseGet(() -> bare(HttpResponseStatus.BAD_REQUEST)),
                response.map(bytes -> bytes.length).orElse(0));
        if (isDraining) {
            var _ = sent.addListener(ChannelFutureListener.CLOSE);
        }
        context.channel().config().setAutoRead(true); // the next request, which waited, begins here
        if (isInputEnded && !isAnswering) {
            var _ = sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Nothing else that the client sends is looked at. */
    private void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
        isReading = false;
        isRefused = true;
        counters.dropped(DropReason.BAD_HTTP_REQUEST);
        var response = bare(status);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, "GET, POST");
        }
        if (context.channel() instanceof Http2StreamChannel) {
            var _ = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        if (context.pipeline().get(HttpServerKeepAliveHandler.class) != null) {
            context.pipeline().remove(HttpServerKeepAliveHandler.class); // it would close the connection now
        }
        var _ = context.writeAndFlush(response);
        var _ = context.executor().schedule(() -> close(context), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }

    private static FullHttpResponse found(byte[] message) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(message));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpQuery.MEDIA_TYPE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, message.length)
                .set(HttpHeaderNames.CACHE_CONTROL, "max-age=" + HttpMaxAge.seconds(message));
        return response;
    }

    private static FullHttpResponse bare(HttpResponseStatus status) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
        return response;
    }

    private static HttpResponseStatus status(@Nullable Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
            case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            case null, default -> HttpResponseStatus.BAD_REQUEST;
        };
    }

    /** Of HTTP/1.1; of HTTP/2 the connection hears it, and not the stream. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Drain) {
            isDraining = true;
            if (!isAnswering) {
                var _ = context.close();
            }
            return;
        }
        if (InputEnd.isSaidBy(event) && !(context.channel() instanceof Http2StreamChannel)) {
            isInputEnded = true;
            if (!isAnswering) { // behind what was written before
                var _ = context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
            return;
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("on the connection {}", context.channel().remoteAddress(), cause);
        counters.dropped(DropReason.NOT_SENT);
        var _ = context.close();
    }
}
