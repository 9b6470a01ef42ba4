// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.ArrayList;
import java.util.List;
import nat64.dns64.message.MessageLimits;
import nat64.dns64.settings.UpstreamServer;
import org.jspecify.annotations.Nullable;

/** A connection over TCP (RFC 1035, section 4.2.2) or TLS (RFC 7858). For the thread of one event loop. */
final class StreamConnection implements UpstreamConnection {

    private static final int LENGTH_FIELD = 2;
    private static final int LARGEST_FRAME = LENGTH_FIELD + MessageLimits.LARGEST_MESSAGE;
    private static final int QUERIES_PER_FLUSH = 64;

    private final StreamTransport transport;
    private final PendingQueries pending;
    private final List<PendingQuery> unsent = new ArrayList<>();
    private @Nullable Channel channel;
    private boolean isClosed;
    private boolean worked;
    private int silences;

    StreamConnection(StreamTransport transport) {
        this.transport = transport;
        this.pending = new PendingQueries(transport.setup().random(), this::countSilence);
        var _ = transport
                .connect(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        prepare(connection);
                    }
                })
                .addListener((ChannelFuture connected) -> {
                    if (connected.isSuccess()) {
                        opened(connected.channel());
                    } else {
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
        pending.add(query);
        if (isClosed) {
            close();
        } else if (channel == null) {
            unsent.add(query);
        } else {
            write(channel, query);
        }
    }

    private void prepare(Channel connection) {
        var setup = transport.setup();
        if (setup.server().protocol() == UpstreamServer.Protocol.TLS) {
            connection.pipeline().addLast(setup.trust().handler(setup.server(), connection));
        }
        connection
                .pipeline()
                .addLast(new FlushConsolidationHandler(QUERIES_PER_FLUSH, true))
                .addLast(new LengthFieldBasedFrameDecoder(LARGEST_FRAME, 0, LENGTH_FIELD, 0, LENGTH_FIELD))
                .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
                .addLast(new Reader());
    }

    private void opened(Channel connected) {
        channel = connected;
        if (isClosed) {
            var _ = connected.close();
            return;
        }
        for (var query : unsent) {
            if (query.isWaiting()) {
                write(connected, query);
            }
        }
        unsent.clear();
    }

    private void write(Channel connected, PendingQuery query) {
        if (transport.setup().server().protocol() == UpstreamServer.Protocol.TLS) {
            query.pad();
        } else {
            query.setOptions(transport.setup().cookies().option(connected));
        }
        byte[] bytes = query.bytes();
        var frame = connected.alloc().directBuffer(LENGTH_FIELD + bytes.length);
        frame.writeShort(bytes.length).writeBytes(bytes);
        var _ = connected.writeAndFlush(frame, connected.voidPromise());
    }

    private void read(byte[] message) {
        silences = 0;
        var query = pending.find(message);
        if (query != null && transport.setup().cookies().admitsOverTcp(query.clientCookie(), message)) {
            pending.remove(query);
            worked = true;
            query.answered(message);
        } else {
            transport.setup().counters().mismatched();
        }
    }

    private void countSilence() {
        silences++;
        if (silences >= MOST_SILENCES) {
            close();
        }
    }

    private void close() {
        isClosed = true;
        if (channel != null) {
            var _ = channel.close();
        }
        transport.closed(this, pending.takeAll(), worked);
    }

    private final class Reader extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            read(ByteBufUtil.getBytes(message));
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof IdleStateEvent && pending.waiting() == 0) {
                close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            transport.failed(cause);
            close();
        }
    }
}
