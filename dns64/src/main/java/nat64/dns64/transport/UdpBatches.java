// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.transport;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import nat64.dns64.network.DatagramBatch;
import nat64.dns64.network.PacketInfo;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket on an event loop of Netty's: many queries with one system call, and many responses with another
 * (recvmmsg, sendmmsg). With SO_REUSEPORT each loop has its own socket, and the kernel shares out the clients among
 * them. What is answered at once makes no object. Made by any thread, otherwise for that of the loop.
 */
final class UdpBatches implements EpollIoHandle {

    private static final int RECEIVE_BUFFER = 1 << 20; // for bursts; the kernel may grant less (net.core.rmem_max)

    /** Calls in a row, so that other sockets of the loop get their turn. */
    private static final int READS_IN_A_ROW = 2;

    private static final int PLACES = 1024; // for addresses that were seen

    private final IoEventLoop loop;
    private final Socket socket;
    private final UdpQueries queries;
    private final DatagramBatch received;
    private final DatagramBatch responses = new DatagramBatch(UdpQueries.LARGEST_RESPONSE);
    private final byte[] plain = new byte[UdpQueries.LARGEST_PLAIN_QUERY];
    private final long[] knownHigh = new long[PLACES];
    private final long[] knownLow = new long[PLACES];
    private final @Nullable InetAddress[] known = new InetAddress[PLACES];
    private volatile @Nullable IoRegistration registration;
    private boolean isFlushDue;
    private boolean isClosed;

    private UdpBatches(IoEventLoop loop, Socket socket, UdpQueries queries, boolean isWildcard) {
        this.received = new DatagramBatch(UdpQueries.LARGEST_DATAGRAM, isWildcard);
        this.loop = loop;
        this.socket = socket;
        this.queries = queries;
    }

    /**
     * Binds a socket, and has it served by the loop. On a wildcard address, each response leaves from the address that
     * the query came to.
     *
     * @throws IOException if the address can't be bound
     */
    static UdpBatches open(IoEventLoop loop, InetSocketAddress address, UdpQueries queries) throws IOException {
        boolean isWildcard = address.getAddress().isAnyLocalAddress();
        var socket = Socket.newSocketDgram();
        try {
            socket.setReusePort(true);
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            if (isWildcard && !PacketInfo.request(socket.intValue())) {
                throw new IOException("the kernel does not tell to which address a datagram came");
            }
            socket.bind(address);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        var batches = new UdpBatches(loop, socket, queries, isWildcard);
        batches.registration = loop.register(batches).syncUninterruptibly().getNow();
        batches.registration.submit(EpollIoOps.EPOLLIN);
        return batches;
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    /** An error thrown here would end the event loop. */
    @Override
    public void handle(IoRegistration registered, IoEvent event) {
        try {
            receive();
        } catch (OutOfMemoryError _) { // the rest of the batch is lost
            queries.outOfMemory();
        }
    }

    private void receive() {
        for (int i = 0; i < READS_IN_A_ROW && !isClosed; i++) {
            int count = received.receive(socket.intValue());
            for (int index = 0; index < count; index++) {
                answer(index);
            }
            flush();
            if (count < DatagramBatch.CAPACITY) {
                return;
            }
        }
    }

    /** Closes the socket; responses that are late go nowhere. */
    @Override
    public void close() {
        if (loop.inEventLoop()) {
            release();
        } else {
            loop.submit(this::release).awaitUninterruptibly();
        }
    }

    private void release() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        var registered = registration;
        if (registered != null) {
            registered.cancel();
        }
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket that can't be closed", e);
        } finally {
            received.close();
            responses.close();
        }
    }

    private void answer(int index) {
        int length = received.length(index);
        var client = client(received.peerHigh(index), received.peerLow(index));
        if (!queries.admits(client)) {
            byte[] peer = received.peer(index);
            var _ = queries.answerTooMany(message(index, length), client).thenAccept(response -> send(response, peer));
            return;
        }
        if (length <= plain.length) {
            received.copyTo(index, plain, length);
            int bytes = queries.answerAtOnce(plain, length, client);
            if (bytes > 0) {
                if (responses.isFull()) { // there are late ones among them
                    flush();
                }
                responses.add(queries.response(), bytes, received, index);
                return;
            }
        }
        byte[] peer = received.peer(index);
        var _ = queries.answer(message(index, length), client).thenAccept(response -> send(response, peer));
    }

    private byte[] message(int index, int length) {
        byte[] message = new byte[length];
        received.copyTo(index, message, length);
        return message;
    }

    /** The address as an object, remembered, for most datagrams come from where others came from. */
    private InetAddress client(long high, long low) {
        long mixed = (high ^ low) * 0x9e37_79b9_7f4a_7c15L;
        int place = (int) (mixed >>> 32) & (PLACES - 1);
        var seen = known[place];
        if (seen != null && knownHigh[place] == high && knownLow[place] == low) {
            return seen;
        }
        var client = address(high, low);
        known[place] = client;
        knownHigh[place] = high;
        knownLow[place] = low;
        return client;
    }

    /** A mapped address becomes that of IPv4. */
    private static InetAddress address(long high, long low) {
        try {
            return InetAddress.getByAddress(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(high)
                    .putLong(low)
                    .array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    private void send(Optional<byte[]> response, byte[] peer) {
        if (response.isEmpty()) {
            return;
        }
        if (loop.inEventLoop()) {
            add(response.get(), peer);
        } else {
            loop.execute(() -> add(response.get(), peer));
        }
    }

    /** What becomes ready in one turn of the loop is sent together. */
    private void add(byte[] response, byte[] peer) {
        if (isClosed) {
            return;
        }
        if (responses.isFull()) {
            flush();
        }
        responses.add(response, response.length, peer);
        if (!isFlushDue) {
            isFlushDue = true;
            loop.execute(this::flushWhenDue);
        }
    }

    private void flushWhenDue() {
        isFlushDue = false;
        if (!isClosed) {
            flush();
        }
    }

    private void flush() {
        if (!responses.isEmpty()) {
            queries.notSent(responses.send(socket.intValue()));
        }
    }
}
