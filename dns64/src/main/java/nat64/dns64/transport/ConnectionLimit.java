// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import nat64.dns64.query.Counters;
import nat64.dns64.statistics.DropReason;

/** Closes connections above a number per client and in all (RFC 7766, section 6.2.2). Safe for many threads. */
@Sharable
public final class ConnectionLimit extends ChannelInboundHandlerAdapter {

    static final int MAX_CONNECTIONS = 1024;
    static final int MAX_PER_CLIENT = 64;

    private final Counters counters;
    private final Map<InetAddress, Integer> perClient = new HashMap<>();
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private int connections;

    public ConnectionLimit(Counters counters) {
        this.counters = counters;
    }

    public synchronized int connections() {
        return connections;
    }

    /** Has every connection end as soon as its queries are answered. */
    public void drain() {
        for (var channel : open) {
            var _ = channel.pipeline().fireUserEventTriggered(Drain.NOW);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var client = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
        if (!admit(client)) {
            counters.dropped(DropReason.TOO_MANY_CONNECTIONS);
            var _ = context.close();
            return;
        }
        var channel = context.channel();
        open.add(channel);
        var _ = channel.closeFuture().addListener(_ -> {
            open.remove(channel);
            release(client);
        });
        context.fireChannelActive();
    }

    private synchronized boolean admit(InetAddress client) {
        if (connections >= MAX_CONNECTIONS || perClient.getOrDefault(client, 0) >= MAX_PER_CLIENT) {
            return false;
        }
        connections++;
        perClient.merge(client, 1, Integer::sum);
        return true;
    }

    private synchronized void release(InetAddress client) {
        connections--;
        perClient.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
    }
}
