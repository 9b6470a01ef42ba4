// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import nat64.dns64.network.EventLoops;

/** The sockets of a server that clients come to. */
public final class Listeners implements AutoCloseable {

    private static final int TRIES_FOR_FREE_PORT = 20;

    private final EventLoopGroup threads;
    private final boolean epoll;
    private final Supplier<UdpQueries> queries;
    private final ServerBootstrap tcp;
    private final List<Channel> channels = new ArrayList<>();
    private final List<UdpBatches> batches = new ArrayList<>();
    private final List<AddressSockets> sockets = new CopyOnWriteArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();

    /**
     * @param queries makes what serves one UDP socket
     */
    public Listeners(EventLoops loops, Supplier<UdpQueries> queries, TcpConnections connections) {
        this.threads = loops.group();
        this.epoll = loops.isEpoll();
        this.queries = queries;
        this.tcp = new ServerBootstrap()
                .group(this.threads)
                .channel(loops.listeners())
                .option(ChannelOption.SO_REUSEADDR, true) // a restart need not wait for old connections
                .childOption(ChannelOption.TCP_NODELAY, true)
                // A client that has asked all it wanted may say so and still get its answers (RFC 7766, section 6.2.4).
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(connections);
    }

    /** Serves the address over UDP and TCP; port 0 takes one that is free for both. */
    public void open(InetSocketAddress address) throws IOException {
        int tries = address.getPort() == 0 ? TRIES_FOR_FREE_PORT : 1;
        while (true) {
            var stream = bind(tcp.bind(address), address, "TCP");
            var bound = (InetSocketAddress) stream.localAddress();
            try {
                bindUdp(new InetSocketAddress(address.getAddress(), bound.getPort()));
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

    /**
     * Serves the address over TCP alone.
     *
     * @param connections what each connection goes through
     * @param transport for messages
     * @return what is really bound
     */
    InetSocketAddress openStream(InetSocketAddress address, ChannelInitializer<Channel> connections, String transport)
            throws IOException {
        var channel = bind(tcp.clone().childHandler(connections).bind(address), address, transport);
        channels.add(channel);
        return (InetSocketAddress) channel.localAddress();
    }

    /** With epoll each thread has its own socket. */
    private void bindUdp(InetSocketAddress address) throws IOException {
        if (!epoll) {
            bindSingly(address);
            return;
        }
        var bound = new ArrayList<UdpBatches>();
        try {
            for (var thread : threads) {
                bound.add(UdpBatches.open((IoEventLoop) thread, address, queries.get()));
            }
            batches.addAll(bound);
        } catch (IOException e) {
            bound.forEach(UdpBatches::close);
            throw cannotListen(address, "UDP", e);
        }
    }

    private void bindSingly(InetSocketAddress address) throws IOException {
        if (!address.getAddress().isAnyLocalAddress()) {
            channels.add(bind(singly().bind(address), address, "UDP"));
            return;
        }
        try {
            sockets.add(new AddressSockets(singly(), address, AddressSockets::ofThisHost));
        } catch (IOException e) {
            throw cannotListen(address, "UDP", e);
        }
    }

    private Bootstrap singly() {
        return new Bootstrap()
                .group(threads)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(UdpQueries.LARGEST_DATAGRAM))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel socket) {
                        socket.pipeline().addLast(new UdpHandler(queries.get()));
                    }
                });
    }

    /** Looks which addresses the host has now, where each needs a socket of its own. Blocks. */
    public void followAddresses() {
        sockets.forEach(AddressSockets::followAddresses);
    }

    /** What is really bound. */
    public List<InetSocketAddress> addresses() {
        return List.copyOf(addresses);
    }

    /** Accepts no further connections; open ones continue, and so does UDP. */
    public void closeStreams() {
        channels.stream()
                .filter(ServerChannel.class::isInstance)
                .forEach(channel -> channel.close().awaitUninterruptibly());
    }

    /** Closes all sockets. */
    @Override
    public void close() {
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
        batches.forEach(UdpBatches::close);
        sockets.forEach(AddressSockets::close);
    }

    private static Channel bind(ChannelFuture binding, InetSocketAddress address, String transport) throws IOException {
        binding.awaitUninterruptibly();
        if (binding.isSuccess()) {
            return binding.channel();
        }
        throw cannotListen(address, transport, binding.cause());
    }

    private static IOException cannotListen(InetSocketAddress address, String transport, Throwable cause) {
        return new IOException(
                "cannot listen on %s over %s: %s"
                        .formatted(NetUtil.toSocketAddressString(address), transport, cause.getMessage()),
                cause);
    }
}
