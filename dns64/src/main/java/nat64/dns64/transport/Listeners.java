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
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import nat64.dns64.network.EventLoops;
import nat64.dns64.transport.Place.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of a server that clients come to. What can't be opened is tried again, and the rest is served. Safe for
 * many threads; blocks.
 */
public final class Listeners implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final int TRIES_FOR_FREE_PORT = 20;

    private final EventLoopGroup threads;
    private final boolean epoll;
    private final Supplier<UdpQueries> queries;
    private final ServerBootstrap tcp;
    private final Map<Kind, ChannelInitializer<Channel>> connections = new EnumMap<>(Kind.class);

    // Guarded by this.
    private final Map<Place, OpenPlace> open = new HashMap<>();
    private final Map<Place, IOException> failed = new LinkedHashMap<>();
    private final List<AddressSockets> sockets = new ArrayList<>();
    private List<Place> wanted = List.of();
    private boolean hasFollowed;
    private boolean isClosed;

    /**
     * @param queries makes what serves one UDP socket
     */
    public Listeners(EventLoops loops, Supplier<UdpQueries> queries, TcpConnections plain) {
        this.threads = loops.group();
        this.epoll = loops.isEpoll();
        this.queries = queries;
        this.connections.put(Kind.PLAIN, plain);
        this.tcp = new ServerBootstrap()
                .group(this.threads)
                .channel(loops.listeners())
                .option(ChannelOption.SO_REUSEADDR, true) // a restart need not wait for old connections
                .childOption(ChannelOption.TCP_NODELAY, true)
                // A client that has asked all it wanted may say so and still get its answers (RFC 7766, section 6.2.4).
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    /** What each connection of a kind goes through; places of kinds without it are left out. */
    synchronized void serve(Kind kind, ChannelInitializer<Channel> initializer) {
        connections.put(kind, initializer);
    }

    /** Serves at these places and no others from now on. Open connections go on. */
    public synchronized void follow(List<Place> places) {
        if (isClosed) {
            return;
        }
        boolean isFirst = !hasFollowed;
        hasFollowed = true;
        wanted = places.stream()
                .filter(place -> connections.containsKey(place.kind()))
                .distinct()
                .toList();
        failed.keySet().retainAll(wanted);
        for (var gone :
                open.keySet().stream().filter(place -> !wanted.contains(place)).toList()) {
            LOG.info("no longer listening on {}", gone);
            Objects.requireNonNull(open.remove(gone)).close();
        }
        for (var place : wanted) {
            boolean isNew = !open.containsKey(place);
            if (isNew && isOpened(place) && !isFirst) {
                LOG.info("listening on {}", place);
            }
        }
    }

    /** Tries again what could not be opened, and looks which addresses the host has now. */
    public synchronized void tryAgain() {
        if (!failed.isEmpty()) {
            follow(wanted);
        }
        sockets.forEach(AddressSockets::followAddresses);
    }

    private boolean isOpened(Place place) {
        try {
            open.put(place, place.kind() == Kind.PLAIN ? openPlain(place) : openStream(place));
            failed.remove(place);
            return true;
        } catch (IOException e) {
            if (failed.put(place, e) == null) {
                LOG.warn("{}; trying again every second", e.getMessage());
            }
            return false;
        }
    }

    /** Why places are not served, each with its address. */
    public synchronized List<String> failures() {
        return failed.values().stream()
                .map(failure -> String.valueOf(failure.getMessage()))
                .toList();
    }

    private OpenPlace openPlain(Place place) throws IOException {
        var address = place.address();
        int tries = address.getPort() == 0 ? TRIES_FOR_FREE_PORT : 1;
        while (true) {
            var stream = openStream(place);
            try {
                var datagrams = bindUdp(new InetSocketAddress(
                        address.getAddress(), stream.bound().getPort()));
                return new OpenPlace(stream.bound(), stream.stream(), datagrams);
            } catch (IOException e) {
                stream.close();
                if (--tries == 0) {
                    throw e;
                }
            }
        }
    }

    private OpenPlace openStream(Place place) throws IOException {
        var transport = place.kind() == Kind.PLAIN ? "TCP" : place.kind().name();
        var initializer = Objects.requireNonNull(connections.get(place.kind()));
        var channel = bind(tcp.clone().childHandler(initializer).bind(place.address()), place.address(), transport);
        return new OpenPlace((InetSocketAddress) channel.localAddress(), channel, List.of());
    }

    /** With epoll each thread has its own socket. Returns what closes them. */
    private List<Runnable> bindUdp(InetSocketAddress address) throws IOException {
        if (!epoll) {
            return List.of(bindSingly(address));
        }
        var bound = new ArrayList<UdpBatches>();
        try {
            for (var thread : threads) {
                bound.add(UdpBatches.open((IoEventLoop) thread, address, queries.get()));
            }
            return bound.stream().<Runnable>map(batches -> batches::close).toList();
        } catch (IOException e) {
            bound.forEach(UdpBatches::close);
            throw cannotListen(address, "UDP", e);
        }
    }

    private Runnable bindSingly(InetSocketAddress address) throws IOException {
        if (!address.getAddress().isAnyLocalAddress()) {
            var channel = bind(singly().bind(address), address, "UDP");
            return () -> channel.close().awaitUninterruptibly();
        }
        try {
            var bound = new AddressSockets(singly(), address, AddressSockets::ofThisHost);
            sockets.add(bound);
            return () -> {
                sockets.remove(bound);
                bound.close();
            };
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

    /** What is really bound of a kind, in the order in which it was wanted. */
    public synchronized List<InetSocketAddress> addresses(Kind kind) {
        return wanted.stream()
                .filter(place -> place.kind() == kind)
                .map(open::get)
                .filter(Objects::nonNull)
                .map(OpenPlace::bound)
                .toList();
    }

    /** Accepts no further connections; open ones continue, and so does UDP. */
    public synchronized void closeStreams() {
        open.values().forEach(OpenPlace::closeStream);
    }

    /** Closes all sockets. */
    @Override
    public synchronized void close() {
        isClosed = true;
        open.values().forEach(OpenPlace::close);
        open.clear();
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
