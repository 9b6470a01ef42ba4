// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@link AdminPages} over HTTP/1.1, on TCP and on a Unix domain socket, until closed. One event loop of its own
 * reads and writes; {@link PageThreads} do the rest. All who reach it may read; what changes something takes a POST
 * through the socket.
 */
public final class AdminServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int BACKLOG = 64;
    private static final int CLOSE_SECONDS = 5;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().daemon().name("admin-loop").factory(), NioIoHandler.newFactory());
    private final PageThreads threads = PageThreads.start();
    private final Routes routes;
    private final AdminLimits limits;
    private @Nullable Channel tcp;
    private @Nullable SocketFile socket;

    private AdminServer(AdminPages pages, AdminLimits limits) {
        this.routes = new Routes(pages);
        this.limits = limits;
    }

    /**
     * Binds and serves.
     *
     * @param listen port 0 takes a free one
     * @param socket a file to create, with mode 0660; one that a crash has left is replaced
     * @throws IOException if one of them cannot be bound; the message names it
     */
    public static AdminServer start(InetSocketAddress listen, Optional<Path> socket, AdminPages pages)
            throws IOException {
        return start(listen, socket, pages, AdminLimits.DEFAULT);
    }

    static AdminServer start(InetSocketAddress listen, Optional<Path> socket, AdminPages pages, AdminLimits limits)
            throws IOException {
        var server = new AdminServer(pages, limits);
        try {
            server.tcp = server.bind(NioServerSocketChannel::new, listen, "admin.listen");
            if (socket.isPresent()) {
                server.bindSocket(new SocketFile(socket.get()));
            }
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** Where it listens on TCP, with the port that the kernel chose for 0. */
    public InetSocketAddress address() {
        return (InetSocketAddress) Objects.requireNonNull(tcp).localAddress();
    }

    /** Every path that it answers. */
    public Set<String> paths() {
        return routes.paths();
    }

    @Override
    public void close() {
        threads.close();
        loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        if (socket != null) {
            try {
                socket.delete();
            } catch (IOException e) {
                LOG.warn("Could not delete {}: {}", socket.path(), e.toString());
            }
        }
    }

    private void bindSocket(SocketFile file) throws IOException {
        try {
            file.removeStale();
        } catch (IOException e) {
            throw new IOException("admin.socket " + file.path() + " cannot be bound: " + e.getMessage(), e);
        }
        bind(NioServerDomainSocketChannel::new, UnixDomainSocketAddress.of(file.path()), "admin.socket");
        socket = file;
        file.restrict();
    }

    private Channel bind(Supplier<? extends ServerChannel> channel, SocketAddress address, String key)
            throws IOException {
        var bound = new ServerBootstrap()
                .group(loop)
                .channelFactory(channel::get)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ConnectionSetup(routes, threads, limits))
                .bind(address)
                .awaitUninterruptibly();
        var failure = bound.cause();
        if (failure != null) {
            throw new IOException(key + " " + address + " cannot be bound: " + failure.getMessage(), failure);
        }
        return bound.channel();
    }
}
