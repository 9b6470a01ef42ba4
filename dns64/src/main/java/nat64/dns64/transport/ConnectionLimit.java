// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import nat64.dns64.limit.ClientNetworks;
import nat64.dns64.limit.OpenConnections;
import nat64.dns64.limit.UnsentBytes;
import nat64.dns64.query.Counters;
import nat64.dns64.statistics.DropReason;
import nat64.dns64.statistics.Transport;

/**
 * Bounds the connections of each transport, by network and in all (RFC 7766, section 6.2.2). Each transport has room of
 * its own: connections over TCP take none away from DNS over TLS. Safe for many threads.
 */
public final class ConnectionLimit {

    /** Connections of one transport; half as many of an encrypted one, which need more memory. */
    static final int MAX_CONNECTIONS = 1024;

    /** One network may have this part of them. */
    static final int SHARE_OF_NETWORK = 8;

    private final Counters counters;
    private final ClientNetworks networks;
    private final Consumer<InetAddress> onQuery;
    private final Map<Transport, OpenConnections> connections = new EnumMap<>(Transport.class);
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final UnsentBytes unsent = new UnsentBytes();

    /**
     * @param onQuery is told which client has sent a whole query, and so is where it seems to be
     */
    public ConnectionLimit(Counters counters, ClientNetworks networks, Consumer<InetAddress> onQuery) {
        this.counters = counters;
        this.networks = networks;
        this.onQuery = onQuery;
        for (var transport : Transport.values()) {
            int most = most(transport);
            connections.put(transport, new OpenConnections(most, most / SHARE_OF_NETWORK));
        }
    }

    static int most(Transport transport) {
        return transport == Transport.TCP ? MAX_CONNECTIONS : MAX_CONNECTIONS / 2;
    }

    /** How many are open, of all transports. */
    public int connections() {
        return connections.values().stream().mapToInt(OpenConnections::count).sum();
    }

    /** Has every connection end as soon as its queries are answered. */
    public void drain() {
        for (var channel : open) {
            var _ = channel.pipeline().fireUserEventTriggered(Drain.NOW);
        }
    }

    /** What a new connection of this transport goes through first. */
    ChannelHandler of(Transport transport) {
        return new Gate(connections.getOrDefault(transport, new OpenConnections(0, 0)));
    }

    @Sharable
    private final class Gate extends ChannelInboundHandlerAdapter {

        private final OpenConnections table;

        Gate(OpenConnections table) {
            this.table = table;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            var channel = context.channel();
            var client = ClientConnection.client(channel);
            var admitted = table.open(networks.of(client), () -> closeIdle(channel));
            if (admitted == null) {
                counters.dropped(DropReason.TOO_MANY_CONNECTIONS);
                var _ = context.close();
                return;
            }
            open.add(channel);
            var _ = new ClientConnection(channel, admitted, unsent, counters, () -> onQuery.accept(client));
            var _ = channel.closeFuture().addListener(_ -> {
                open.remove(channel);
                admitted.closed();
            });
            context.fireChannelActive();
        }

        private void closeIdle(Channel channel) {
            counters.dropped(DropReason.TOO_MANY_CONNECTIONS);
            var _ = channel.close();
        }
    }
}
