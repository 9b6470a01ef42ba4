// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.util.function.Consumer;
import nat64.dns64.query.Counters;
import nat64.dns64.query.QueryHandler;
import nat64.dns64.statistics.Transport;

/** What each connection of DNS over HTTPS goes through: limit, TLS, then the version of HTTP that the client chose. */
final class HttpsConnections extends ChannelInitializer<Channel> {

    private final QueryHandler queries;
    private final Counters counters;
    private final ConnectionLimit limit;
    private final Consumer<Channel> encryption;
    private final String path;

    /**
     * @param encryption adds TLS to a new connection
     * @param path of the URL
     */
    HttpsConnections(
            QueryHandler queries, Counters counters, ConnectionLimit limit, Consumer<Channel> encryption, String path) {
        this.queries = queries;
        this.counters = counters;
        this.limit = limit;
        this.encryption = encryption;
        this.path = path;
    }

    @Override
    protected void initChannel(Channel connection) {
        connection.pipeline().addLast(limit.of(Transport.HTTPS));
        encryption.accept(connection);
        connection
                .pipeline()
                .addLast(new HttpVersions(active -> new HttpsHandler(queries, counters, path, active), counters));
    }
}
