// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.network;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Datagrams that are received, or sent, by one system call each. It makes no objects but for {@link #peer}. All memory
 * is outside the heap: arrays of {@code struct mmsghdr}, {@code iovec} and {@code sockaddr_in6} of a 64-bit Linux. For
 * one thread.
 */
public final class DatagramBatch implements AutoCloseable {

    /** Datagrams of one call. */
    public static final int CAPACITY = 64;

    /** Bytes of {@link #peer}. */
    public static final int PEER_LENGTH = 28; // struct sockaddr_in6, the larger one

    private static final int HEADER = 64; // struct mmsghdr
    private static final int NAME_LENGTH = 8; // behind the pointer to the address
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int LENGTH = 56; // behind struct msghdr
    private static final int VECTOR = 16; // struct iovec: pointer, length
    private static final int PEER_SLOT = 32;

    private static final int IPV4_PEER_LENGTH = 16; // struct sockaddr_in
    private static final short AF_INET = 2;
    private static final int IPV4_AT = 4; // in struct sockaddr_in
    private static final int IPV6_AT = 8; // in struct sockaddr_in6
    private static final long MAPPED = 0xffffL << 32; // ::ffff:0:0/96
    private static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int ENOBUFS = 105;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment callState = DatagramCalls.callState(arena);
    private final int slot;
    private final MemorySegment headers = arena.allocate((long) CAPACITY * HEADER, Long.BYTES);
    private final MemorySegment vectors = arena.allocate((long) CAPACITY * VECTOR, Long.BYTES);
    private final MemorySegment peers = arena.allocate((long) CAPACITY * PEER_SLOT, Long.BYTES);
    private final MemorySegment controls = arena.allocate((long) CAPACITY * PacketInfo.LENGTH, Long.BYTES);
    private final MemorySegment bytes;
    private final boolean takesControl;
    private int count;
    private int changed = CAPACITY; // headers, from the first on, that are no longer as a receipt needs them

    /**
     * For a socket that is bound to one address.
     *
     * @param largest bytes of one datagram; of longer ones, the beginning is received
     */
    public DatagramBatch(int largest) {
        this(largest, false);
    }

    /**
     * @param largest bytes of one datagram; of longer ones, the beginning is received
     * @param takesControl whether the socket tells to which address a datagram came ({@link PacketInfo#request}):
     *     responses then leave from there
     */
    public DatagramBatch(int largest, boolean takesControl) {
        this.slot = largest;
        this.takesControl = takesControl;
        this.bytes = arena.allocate((long) CAPACITY * slot, Long.BYTES);
        for (int i = 0; i < CAPACITY; i++) {
            headers.set(JAVA_LONG, (long) i * HEADER, peers.address() + (long) i * PEER_SLOT);
            headers.set(JAVA_LONG, (long) i * HEADER + VECTORS, vectors.address() + (long) i * VECTOR);
            headers.set(JAVA_LONG, (long) i * HEADER + VECTOR_COUNT, 1);
            headers.set(JAVA_LONG, (long) i * HEADER + CONTROL, controls.address() + (long) i * PacketInfo.LENGTH);
            vectors.set(JAVA_LONG, (long) i * VECTOR, bytes.address() + (long) i * slot);
        }
    }

    /**
     * Takes what has come in place of what is here; answers how many. Errors of earlier responses count for nothing.
     */
    public int receive(int fd) {
        long control = takesControl ? PacketInfo.LENGTH : 0;
        for (int i = 0; i < changed; i++) {
            headers.set(JAVA_INT, (long) i * HEADER + NAME_LENGTH, PEER_LENGTH);
            headers.set(JAVA_LONG, (long) i * HEADER + CONTROL_LENGTH, control);
            vectors.set(JAVA_LONG, (long) i * VECTOR + Long.BYTES, slot);
        }
        count = Math.max(0, DatagramCalls.receive(callState, fd, headers.address(), CAPACITY));
        changed = count;
        return count;
    }

    /** Bytes of a received datagram. */
    public int length(int index) {
        return headers.get(JAVA_INT, (long) index * HEADER + LENGTH);
    }

    /** Copies the first bytes of a received datagram. */
    public void copyTo(int index, byte[] into, int length) {
        MemorySegment.copy(bytes, JAVA_BYTE, (long) index * slot, into, 0, length);
    }

    /** The upper half of the sender's address, as IPv6 has it; an IPv4 address is a mapped one. */
    public long peerHigh(int index) {
        return isIpv4(index) ? 0 : peers.get(INT64, (long) index * PEER_SLOT + IPV6_AT);
    }

    /** The lower half of the sender's address. */
    public long peerLow(int index) {
        return isIpv4(index)
                ? MAPPED | Integer.toUnsignedLong(peers.get(INT32, (long) index * PEER_SLOT + IPV4_AT))
                : peers.get(INT64, (long) index * PEER_SLOT + IPV6_AT + Long.BYTES);
    }

    /**
     * The whole address of the sender as the kernel has it, and behind it to which address the datagram came, if that
     * is known: to be answered later.
     */
    public byte[] peer(int index) {
        int address = headers.get(JAVA_INT, (long) index * HEADER + NAME_LENGTH);
        int control = (int) headers.get(JAVA_LONG, (long) index * HEADER + CONTROL_LENGTH);
        byte[] copy = new byte[address + control];
        MemorySegment.copy(peers, JAVA_BYTE, (long) index * PEER_SLOT, copy, 0, address);
        MemorySegment.copy(controls, JAVA_BYTE, (long) index * PacketInfo.LENGTH, copy, address, control);
        return copy;
    }

    /** Whether nothing more can be added before {@link #send}. */
    public boolean isFull() {
        return count == CAPACITY;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Nothing is to be sent. */
    public void clear() {
        count = 0;
    }

    /** Adds a datagram to the sender of one that another batch has received. */
    public void add(byte[] message, int length, DatagramBatch received, int index) {
        MemorySegment.copy(received.peers, (long) index * PEER_SLOT, peers, (long) count * PEER_SLOT, PEER_SLOT);
        int control = (int) received.headers.get(JAVA_LONG, (long) index * HEADER + CONTROL_LENGTH);
        if (control > 0) {
            MemorySegment.copy(
                    received.controls,
                    (long) index * PacketInfo.LENGTH,
                    controls,
                    (long) count * PacketInfo.LENGTH,
                    PacketInfo.LENGTH);
        }
        add(message, length, received.headers.get(JAVA_INT, (long) index * HEADER + NAME_LENGTH), control);
    }

    /** Adds a datagram to someone who was a {@link #peer}. */
    public void add(byte[] message, int length, byte[] peer) {
        MemorySegment.copy(peer, 0, peers, JAVA_BYTE, (long) count * PEER_SLOT, Math.min(peer.length, PEER_LENGTH));
        int address = isIpv4(count) ? IPV4_PEER_LENGTH : PEER_LENGTH;
        int control = peer.length - address;
        MemorySegment.copy(peer, address, controls, JAVA_BYTE, (long) count * PacketInfo.LENGTH, control);
        add(message, length, address, control);
    }

    /** Sends all; answers how many were not, because the kernel had no room or the client can't be reached. */
    public int send(int fd) {
        int lost = 0;
        for (int at = 0; at < count; ) {
            int sent = DatagramCalls.send(callState, fd, headers.address() + (long) at * HEADER, count - at);
            if (sent > 0) {
                at += sent;
            } else if (sent == -EAGAIN || sent == -ENOBUFS) {
                lost += count - at;
                break;
            } else if (sent != -EINTR && !forgetControl(at)) {
                lost++;
                at++;
            }
        }
        count = 0;
        return lost;
    }

    @Override
    public void close() {
        arena.close();
    }

    /**
     * Leaves the choice of the address that a response leaves from to the kernel, because it can't leave from where the
     * query came to, such as a broadcast address; false if that was so before.
     */
    private boolean forgetControl(int index) {
        long at = (long) index * HEADER + CONTROL_LENGTH;
        boolean hadControl = headers.get(JAVA_LONG, at) > 0;
        headers.set(JAVA_LONG, at, 0);
        return hadControl;
    }

    private void add(byte[] message, int length, int peerLength, int controlLength) {
        if (controlLength > 0) {
            PacketInfo.turnAround(controls, (long) count * PacketInfo.LENGTH);
        }
        headers.set(JAVA_LONG, (long) count * HEADER + CONTROL_LENGTH, controlLength);
        MemorySegment.copy(message, 0, bytes, JAVA_BYTE, (long) count * slot, length);
        vectors.set(JAVA_LONG, (long) count * VECTOR + Long.BYTES, length);
        headers.set(JAVA_INT, (long) count * HEADER + NAME_LENGTH, peerLength);
        count++;
        changed = Math.max(changed, count);
    }

    private boolean isIpv4(int index) {
        return peers.get(JAVA_SHORT, (long) index * PEER_SLOT) == AF_INET;
    }
}
