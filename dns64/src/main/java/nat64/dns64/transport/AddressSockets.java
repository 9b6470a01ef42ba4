// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nat64.dns64.network.DatagramBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket on each address of the host, in place of one on a wildcard address whose responses could leave from
 * another address than the one that was asked: where the kernel has no epoll, {@link DatagramBatch} is not there to
 * tell them apart. Safe for many threads, and blocks.
 */
final class AddressSockets implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AddressSockets.class);

    /** The addresses of a host. */
    @FunctionalInterface
    interface Addresses {
        Set<InetAddress> now() throws IOException;
    }

    private final Bootstrap bootstrap;
    private final InetSocketAddress wildcard;
    private final Addresses addresses;
    private final Map<InetAddress, Channel> sockets = new HashMap<>(); // guarded by this
    private boolean isClosed;

    /**
     * @param wildcard {@code ::} includes IPv4
     * @throws IOException if no address can be bound
     */
    AddressSockets(Bootstrap bootstrap, InetSocketAddress wildcard, Addresses addresses) throws IOException {
        this.bootstrap = bootstrap;
        this.wildcard = wildcard;
        this.addresses = addresses;
        var failure = follow();
        if (failure != null && sockets.isEmpty()) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /** All addresses that this host has now. */
    static Set<InetAddress> ofThisHost() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Opens a socket on each address that is new, and closes those on addresses that are gone. */
    synchronized void followAddresses() {
        try {
            var failure = isClosed ? null : follow();
            if (failure != null) {
                LOG.debug("on {}", wildcard, failure);
            }
        } catch (IOException e) {
            LOG.debug("cannot list the addresses of this host", e);
        }
    }

    /** Returns why an address could not be bound; it may not be usable yet, and is tried again the next time. */
    private synchronized @Nullable Throwable follow() throws IOException {
        var wanted = addresses.now().stream().filter(this::isCovered).collect(Collectors.toSet());
        sockets.entrySet().removeIf(socket -> {
            boolean isGone = !wanted.contains(socket.getKey());
            if (isGone) {
                socket.getValue().close().awaitUninterruptibly();
            }
            return isGone;
        });
        Throwable failure = null;
        for (var address : wanted) {
            if (!sockets.containsKey(address)) {
                var binding = bootstrap.clone().bind(new InetSocketAddress(address, wildcard.getPort()));
                if (binding.awaitUninterruptibly().isSuccess()) {
                    sockets.put(address, binding.channel());
                } else {
                    failure = binding.cause();
                }
            }
        }
        return failure;
    }

    private boolean isCovered(InetAddress address) {
        return address instanceof Inet4Address || !(wildcard.getAddress() instanceof Inet4Address);
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        sockets.values().forEach(socket -> socket.close().awaitUninterruptibly());
        sockets.clear();
    }
}
