// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import nat64.dns64.message.MessageLimits;

/**
 * Cuts what comes into messages by their length field (RFC 1035, section 4.2.2). Of a message that is longer than any
 * query, the header alone is taken; what follows is left alone. For one connection.
 */
final class QueryFrames extends ByteToMessageDecoder {

    private static final int LENGTH_FIELD = 2;

    private boolean isRefused;

    /** A message that is too long. */
    static final class TooLong {

        private final byte[] header;

        private TooLong(byte[] header) {
            this.header = header;
        }

        /** Its first 12 bytes. */
        byte[] header() {
            return header.clone();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (isRefused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < LENGTH_FIELD) {
            return;
        }
        int length = in.getUnsignedShort(in.readerIndex());
        if (length > MessageLimits.LARGEST_QUERY) {
            refuse(in, out);
        } else if (in.readableBytes() >= LENGTH_FIELD + length) {
            in.skipBytes(LENGTH_FIELD);
            out.add(in.readRetainedSlice(length));
        }
    }

    private void refuse(ByteBuf in, List<Object> out) {
        if (in.readableBytes() >= LENGTH_FIELD + MessageLimits.HEADER) {
            isRefused = true;
            byte[] header = new byte[MessageLimits.HEADER];
            in.skipBytes(LENGTH_FIELD).readBytes(header);
            in.skipBytes(in.readableBytes());
            out.add(new TooLong(header));
        }
    }
}
