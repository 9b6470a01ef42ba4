// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import nat64.dns64.message.MessageLimits;
import org.jspecify.annotations.Nullable;

/** The response on one stream of HTTP/2 (RFC 8484, section 4.2): a message if the status is 200, and nothing else. */
final class HttpsResponse extends SimpleChannelInboundHandler<Http2StreamFrame> {

    private static final String OK = "200";

    private final Consumer<byte @Nullable []> whenEnded;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean isMessage;
    private boolean ended;

    /**
     * @param whenEnded takes the message once, or null if there is none
     */
    HttpsResponse(Consumer<byte @Nullable []> whenEnded) {
        this.whenEnded = whenEnded;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
        switch (frame) {
            case Http2HeadersFrame headers -> {
                readHeaders(headers);
                if (headers.isEndStream()) {
                    end();
                }
            }
            case Http2DataFrame data -> {
                append(context, data);
                if (data.isEndStream()) {
                    end();
                }
            }
            default -> {} // of the connection, and looked after by the codec
        }
    }

    /** Reset, or the connection is gone. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        isMessage = false;
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }

    private void readHeaders(Http2HeadersFrame frame) {
        var headers = frame.headers();
        var status = headers.status();
        if (status != null) { // else these are trailers
            var type = headers.get("content-type");
            isMessage = OK.contentEquals(status) && type != null && HttpsConnection.MEDIA_TYPE.contentEquals(type);
        }
    }

    private void append(ChannelHandlerContext context, Http2DataFrame data) {
        byte[] more = ByteBufUtil.getBytes(data.content());
        if (body.size() + more.length > MessageLimits.LARGEST_MESSAGE) {
            var _ = context.close();
            return;
        }
        body.writeBytes(more);
    }

    private void end() {
        if (!ended) {
            ended = true;
            whenEnded.accept(isMessage ? body.toByteArray() : null);
        }
    }
}
