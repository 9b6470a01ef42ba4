// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.function.Consumer;
import nat64.dns64.query.Counters;
import nat64.dns64.query.QueryHandler;
import nat64.dns64.statistics.Transport;

/**
 * What each connection goes through: limit, TLS if it is DNS over TLS, length field (RFC 1035, section 4.2.2; RFC 7858,
 * section 3.3), idle timeout, queries.
 */
public final class TcpConnections extends ChannelInitializer<Channel> {

    private final QueryHandler queries;
    private final Counters counters;
    private final ConnectionLimit limit;
    private final Transport transport;
    private final Consumer<Channel> encryption;

    private TcpConnections(
            QueryHandler queries,
            Counters counters,
            ConnectionLimit limit,
            Transport transport,
            Consumer<Channel> encryption) {
        this.queries = queries;
        this.counters = counters;
        this.limit = limit;
        this.transport = transport;
        this.encryption = encryption;
    }

    public static TcpConnections plain(QueryHandler queries, Counters counters, ConnectionLimit limit) {
        return new TcpConnections(queries, counters, limit, Transport.TCP, _ -> {});
    }

    /**
     * @param encryption adds TLS to a new connection
     */
    static TcpConnections encrypted(
            QueryHandler queries, Counters counters, ConnectionLimit limit, Consumer<Channel> encryption) {
        return new TcpConnections(queries, counters, limit, Transport.TLS, encryption);
    }

    @Override
    protected void initChannel(Channel connection) {
        connection.pipeline().addLast(limit.of(transport));
        encryption.accept(connection);
        connection
                .pipeline()
                .addLast(new QueryFrames())
                // One read may hold many messages; this keeps back those that were not asked for.
                .addLast(new FlowControlHandler())
                // Behind the decoder only whole messages count, so that dripping bytes gains no time.
                .addLast(new IdleStateHandler(transport.idleSeconds(), 0, 0))
                .addLast(new TcpHandler(queries, counters, transport));
    }
}
