// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream.connection;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import nat64.dns64.settings.UpstreamServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions over connections that stay open and carry many at a time (RFC 7766, section 6.2.1): TCP, DNS over TLS and
 * DNS over HTTPS. A question whose connection the server closed is sent once more, on a new one. For the thread of one
 * event loop.
 */
public final class StreamTransport implements UpstreamTransport {

    private static final Logger LOG = LoggerFactory.getLogger(StreamTransport.class);
    private static final int CONNECTIONS = 4;
    private static final int CONNECT_TIMEOUT_MILLIS = 2000;

    private final Setup setup;
    private final Function<StreamTransport, UpstreamConnection> opening;
    private final List<UpstreamConnection> connections = new ArrayList<>();
    private String lastProblem = "";

    /** What connections, and ports for UDP, are made with. */
    public record Setup(
            Class<? extends SocketChannel> channels,
            EventLoop loop,
            UpstreamServer server,
            UnpredictableNumbers random,
            ServerCounters counters,
            UpstreamCookies cookies,
            TlsTrust trust) {}

    public StreamTransport(Setup setup) {
        this.setup = setup;
        this.opening = setup.server().protocol() == UpstreamServer.Protocol.HTTPS
                ? HttpsConnection::new
                : StreamConnection::new;
    }

    @Override
    public void send(PendingQuery query) {
        for (var connection : connections) {
            if (connection.hasRoom()) {
                connection.send(query);
                return;
            }
        }
        if (connections.size() >= CONNECTIONS) {
            query.failed(PendingQuery.Failure.OVERLOADED);
            return;
        }
        setup.counters().connected();
        var connection = opening.apply(this);
        connections.add(connection);
        connection.send(query);
    }

    Setup setup() {
        return setup;
    }

    /** A new connection to the server, prepared by that handler. */
    ChannelFuture connect(ChannelHandler preparation) {
        return new Bootstrap()
                .group(setup.loop())
                .channel(setup.channels())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(preparation)
                .connect(setup.server().address());
    }

    /** Logs once why connections break, such as a certificate that can't be trusted. */
    void failed(Throwable cause) {
        var problem = String.valueOf(cause.getMessage());
        if (!problem.equals(lastProblem)) {
            lastProblem = problem;
            LOG.warn("upstream {}: {}", setup.server(), problem);
        }
    }

    /**
     * The connection no longer takes questions.
     *
     * @param left its questions without an answer
     * @param worked whether the server ever answered there; if not, there is little hope in another connection
     */
    void closed(UpstreamConnection connection, List<PendingQuery> left, boolean worked) {
        connections.remove(connection);
        left.forEach(query -> sendAgain(query, worked));
    }

    /** A question whose connection has ended: it is sent once more if the server ever answered there. */
    void sendAgain(PendingQuery query, boolean worked) {
        if (worked && query.mayBeSentAgain()) {
            send(query);
        } else {
            query.failed(PendingQuery.Failure.UNREACHABLE);
        }
    }
}
