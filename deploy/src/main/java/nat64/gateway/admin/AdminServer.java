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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import nat64.gateway.admin.access.AdminStatistics;
import nat64.gateway.admin.access.TlsListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@link AdminPages} over HTTP/1.1, on TCP, over TLS and on a Unix domain socket, until closed. One event loop
 * of its own reads and writes; {@link PageThreads} do the rest. All who reach it may read; what changes something takes
 * a POST through the socket, or over TLS with the token.
 */
public final class AdminServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int BACKLOG = 64;
    private static final int CLOSE_SECONDS = 5;
    private static final int FILES_SECONDS = 5;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().daemon().name("admin-loop").factory(), NioIoHandler.newFactory());
    private final PageThreads threads = PageThreads.start();
    private final Routes routes;
    private final AdminLimits limits;
    private @Nullable Channel tcp;
    private @Nullable Channel tls;
    private volatile @Nullable RemoteAccess remote;
    private @Nullable SocketFile socket;

    private AdminServer(AdminPages pages, AdminLimits limits) {
        this.routes = new Routes(pages);
        this.limits = limits;
    }

    /**
     * Binds and serves.
     *
     * @throws IOException if a listener cannot be bound, or a file of TLS can't be used; the message names it
     */
    public static AdminServer start(AdminListeners listeners, AdminPages pages) throws IOException {
        return start(listeners, pages, AdminLimits.DEFAULT);
    }

    /** As {@link #start(AdminListeners, AdminPages)}, without TLS. */
    public static AdminServer start(InetSocketAddress listen, Optional<SocketFile> socket, AdminPages pages)
            throws IOException {
        return start(new AdminListeners(listen, socket, Optional.empty()), pages);
    }

    static AdminServer start(AdminListeners listeners, AdminPages pages, AdminLimits limits) throws IOException {
        var server = new AdminServer(pages, limits);
        try {
            server.tcp = server.bindTcp(listeners.tcp(), "admin.listen", Optional.empty());
            if (listeners.tls().isPresent()) {
                server.bindTls(listeners.tls().get());
            }
            if (listeners.socket().isPresent()) {
                server.bindSocket(listeners.socket().get());
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

    /** Where it listens over TLS, likewise. */
    public InetSocketAddress tlsAddress() {
        return (InetSocketAddress) Objects.requireNonNull(tls).localAddress();
    }

    /** What it has refused over TLS. Any thread may ask. */
    public AdminStatistics statistics() {
        var access = remote;
        return access == null ? AdminStatistics.NONE : access.statistics();
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
            file.bind(path ->
                    bind(NioServerDomainSocketChannel::new, UnixDomainSocketAddress.of(path), Optional.empty()));
        } catch (IOException e) {
            throw new IOException("admin.socket " + file.path() + " cannot be bound: " + e.getMessage(), e);
        }
        socket = file;
    }

    private void bindTls(TlsListener listener) throws IOException {
        var access = new RemoteAccess(listener, System::nanoTime);
        tls = bindTcp(listener.listen(), "admin.tls.listen", Optional.of(access));
        remote = access;
        var _ = loop.scheduleWithFixedDelay(
                () -> threads.pages().execute(access::look), FILES_SECONDS, FILES_SECONDS, TimeUnit.SECONDS);
    }

    private Channel bindTcp(InetSocketAddress address, String key, Optional<RemoteAccess> trusted) throws IOException {
        try {
            return bind(NioServerSocketChannel::new, address, trusted);
        } catch (IOException e) {
            throw new IOException(key + " " + address + " cannot be bound: " + e.getMessage(), e);
        }
    }

    private Channel bind(
            Supplier<? extends ServerChannel> channel, SocketAddress address, Optional<RemoteAccess> trusted)
            throws IOException {
        var bound = new ServerBootstrap()
                .group(loop)
                .channelFactory(channel::get)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ConnectionSetup(routes, threads, limits, trusted))
                .bind(address)
                .awaitUninterruptibly();
        var failure = bound.cause();
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        return bound.channel();
    }
}
