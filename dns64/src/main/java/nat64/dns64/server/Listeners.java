// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The sockets of a server and the threads that serve them: epoll where the kernel has it, else NIO. */
final class Listeners implements AutoCloseable {

    private static final int MAX_THREADS = 4;
    private static final int LARGEST_QUERY = 4096;
    private static final int RECEIVE_BUFFER = 1 << 20; // for bursts; the kernel may grant less (net.core.rmem_max)
    private static final int TRIES_FOR_FREE_PORT = 20;
    private static final long CLOSE_SECONDS = 2;

    private final EventLoopGroup threads;
    private final Bootstrap udp;
    private final ServerBootstrap tcp;
    private final List<Channel> channels = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();

    Listeners(QueryHandler queries, Counters counters, ConnectionLimit limit) {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.threads = new MultiThreadIoEventLoopGroup(
                Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()), factory);
        Class<? extends DatagramChannel> datagrams = epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
        Class<? extends ServerSocketChannel> streams =
                epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        this.udp = new Bootstrap()
                .group(threads)
                .channel(datagrams)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST_QUERY))
                .handler(new UdpHandler(queries, counters));
        this.tcp = new ServerBootstrap()
                .group(threads)
                .channel(streams)
                .option(ChannelOption.SO_REUSEADDR, true) // a restart need not wait for old connections
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new TcpConnections(queries, counters, limit));
    }

    /** Serves the address over UDP and TCP; port 0 takes one that is free for both. */
    void open(InetSocketAddress address) throws IOException {
        int tries = address.getPort() == 0 ? TRIES_FOR_FREE_PORT : 1;
        while (true) {
            var stream = bind(tcp.bind(address), address, "TCP");
            var bound = (InetSocketAddress) stream.localAddress();
            try {
                channels.add(
                        bind(udp.bind(new InetSocketAddress(address.getAddress(), bound.getPort())), address, "UDP"));
                channels.add(stream);
                addresses.add(bound);
                return;
            } catch (IOException e) {
                stream.close().awaitUninterruptibly();
                if (--tries == 0) {
                    throw e;
                }
            }
        }
    }

    /** What is really bound. */
    List<InetSocketAddress> addresses() {
        return List.copyOf(addresses);
    }

    /** Closes all sockets and ends the threads. */
    @Override
    public void close() {
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
        threads.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static Channel bind(ChannelFuture binding, InetSocketAddress address, String transport) throws IOException {
        binding.awaitUninterruptibly();
        if (binding.isSuccess()) {
            return binding.channel();
        }
        var cause = binding.cause();
        throw new IOException(
                "cannot listen on %s over %s: %s"
                        .formatted(NetUtil.toSocketAddressString(address), transport, cause.getMessage()),
                cause);
    }
}
