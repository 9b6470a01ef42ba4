// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;

/** What each TCP connection goes through: limit, length field (RFC 1035, section 4.2.2), idle timeout, queries. */
final class TcpConnections extends ChannelInitializer<Channel> {

    static final int IDLE_SECONDS = 10; // RFC 7766, section 6.2.3: "of the order of seconds"

    private static final int LENGTH_FIELD = 2;
    private static final int LARGEST_FRAME = LENGTH_FIELD + 65_535;

    private final QueryHandler queries;
    private final Counters counters;
    private final ConnectionLimit limit;

    TcpConnections(QueryHandler queries, Counters counters, ConnectionLimit limit) {
        this.queries = queries;
        this.counters = counters;
        this.limit = limit;
    }

    @Override
    protected void initChannel(Channel connection) {
        connection
                .pipeline()
                .addLast(limit)
                .addLast(new LengthFieldBasedFrameDecoder(LARGEST_FRAME, 0, LENGTH_FIELD, 0, LENGTH_FIELD))
                // One read may hold many messages; this keeps back those that were not asked for.
                .addLast(new FlowControlHandler())
                // Behind the decoder only whole messages count, so that dripping octets gains no time.
                .addLast(new IdleStateHandler(IDLE_SECONDS, 0, 0))
                .addLast(new TcpHandler(queries, counters));
    }
}
