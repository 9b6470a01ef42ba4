// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import nat64.dns64.limit.OpenConnections;
import nat64.dns64.limit.UnsentBytes;
import nat64.dns64.query.Counters;
import nat64.dns64.statistics.DropReason;

/**
 * One connection of a client, as far as limits go: whether queries are being answered, and how much of the responses
 * the client has not read. The streams of an HTTP/2 connection share it. For the event loop of the connection.
 */
final class ClientConnection {

    private static final AttributeKey<ClientConnection> KEY = AttributeKey.valueOf("dns64.connection");
    private static final long SMALL_RESPONSE = 4096;

    private final Channel channel;
    private final OpenConnections.Connection open;
    private final UnsentBytes unsentOfAll;
    private final Counters counters;
    private final Runnable onQuery;
    private long unsent;

    /**
     * @param onQuery runs at each whole query
     */
    ClientConnection(
            Channel channel,
            OpenConnections.Connection open,
            UnsentBytes unsentOfAll,
            Counters counters,
            Runnable onQuery) {
        this.channel = channel;
        this.open = open;
        this.unsentOfAll = unsentOfAll;
        this.counters = counters;
        this.onQuery = onQuery;
        channel.attr(KEY).set(this);
    }

    /** That of a channel, or of the connection that a stream belongs to. */
    static ClientConnection of(Channel channel) {
        var own = channel.attr(KEY).get();
        return own != null
                ? own
                : Objects.requireNonNull(channel.parent().attr(KEY).get());
    }

    static InetAddress client(Channel channel) {
        return ((InetSocketAddress) channel.remoteAddress()).getAddress();
    }

    /** A whole query came. */
    void queryBegan() {
        open.began();
        onQuery.run();
    }

    /** The query is answered, or gets no answer. */
    void queryEnded() {
        open.ended();
    }

    /**
     * Writes a response. If the client has left too much unread, the connection is closed instead, and the future
     * fails.
     *
     * @param message holds the response
     */
    ChannelFuture write(ChannelHandlerContext context, Object message, int bytes) {
        boolean ownRoom = unsent == 0 || unsent + bytes <= UnsentBytes.MOST_PER_CONNECTION;
        boolean mayExceed = unsent == 0 && bytes <= SMALL_RESPONSE;
        if (!ownRoom || !(unsentOfAll.add(bytes) || (mayExceed && unsentOfAll.addAnyway(bytes)))) {
            ReferenceCountUtil.release(message);
            counters.dropped(DropReason.NOT_SENT);
            var _ = channel.close();
            return context.newFailedFuture(new ClientReadsTooSlowly());
        }
        unsent += bytes;
        return context.writeAndFlush(message).addListener(_ -> {
            unsent -= bytes;
            unsentOfAll.remove(bytes);
        });
    }

    /** A client that asks for more than it reads. */
    static final class ClientReadsTooSlowly extends RuntimeException {

        private static final long serialVersionUID = 1;

        private ClientReadsTooSlowly() {
            super("the client does not read its responses", null, false, false); // expected: needs no stack trace
        }
    }
}
