// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One queue of a {@link TunDevice}: what one thread reads and writes. Where the kernel knows segmentation of UDP,
 * datagrams of one flow are written together: most of what a small packet costs is the kernel's way from here to its
 * next link.
 */
final class TunQueue implements PacketPort {

    static final int ANY_PROCESSOR = -1;

    private static final int NONE = -1; // no descriptor; poll(2) passes over it

    private static final Logger LOG = LoggerFactory.getLogger(TunQueue.class);

    private static final int POLL_DESCRIPTOR = 8; // struct pollfd
    private static final int POLL_EVENTS = 4;
    private static final int EFD_NONBLOCK = LinuxCalls.O_NONBLOCK;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment callState = LinuxCalls.callState(arena);
    private final MemorySegment wakeState = LinuxCalls.callState(arena);
    private final MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L);
    private final MemorySegment polls =
            arena.allocate(2 * POLL_DESCRIPTOR + Long.BYTES, 8); // and room to read wakeFd into
    private final int wakeFd;
    private final int processor;
    private final @Nullable Coalescing coalescing;
    private int fd; // of the thread that receives
    private volatile boolean isGone; // the interface was deleted
    private volatile boolean closed;
    private int successor = NONE; // guarded by this
    private boolean released; // guarded by this: the descriptors are gone

    /**
     * Owns the descriptor of the queue from now on, unless it throws.
     *
     * @param coalesces whether the device takes super-packets of UDP
     * @param processor to which the thread that uses the queue is bound, or {@link #ANY_PROCESSOR}
     */
    TunQueue(int fd, boolean coalesces, int processor) throws DeviceException {
        this.fd = fd;
        this.processor = processor;
        coalescing = coalesces ? new Coalescing(arena, this::write) : null;
        try {
            long answer = LinuxCalls.eventfd(callState, 0, EFD_NONBLOCK | LinuxCalls.O_CLOEXEC);
            wakeFd = (int) TunDevice.check(answer, "eventfd");
        } catch (DeviceException e) {
            arena.close();
            throw e;
        }
        watch(0, fd);
        watch(POLL_DESCRIPTOR, wakeFd);
    }

    @Override
    public void attach() {
        if (processor != ANY_PROCESSOR && !Processors.pin(processor)) {
            LOG.warn("The kernel does not bind a worker to processor {}; it may be slower", processor);
        }
    }

    @Override
    public boolean receive(Packet packet) {
        long into = packet.buffer().address() + Packet.HEADROOM - VirtioNetHeader.LENGTH;
        while (true) {
            long bytes = LinuxCalls.read(callState, fd, into, VirtioNetHeader.LENGTH + (long) Packet.LARGEST);
            if (bytes > VirtioNetHeader.LENGTH) {
                VirtioNetHeader.read(packet, (int) bytes - VirtioNetHeader.LENGTH);
                return true;
            }
            boolean isInterrupted = bytes == -LinuxCalls.EINTR;
            if (!isInterrupted && !(isLost(bytes) && takeSuccessor())) {
                return false;
            }
        }
    }

    @Override
    public boolean send(Packet packet) {
        return coalescing == null ? write(packet) : coalescing.send(packet);
    }

    @Override
    public int flush() {
        return coalescing == null ? 0 : coalescing.flush();
    }

    @Override
    public void await(int milliseconds) {
        LinuxCalls.poll(callState, polls.address(), 2, milliseconds);
        LinuxCalls.read(callState, wakeFd, polls.address() + 2 * POLL_DESCRIPTOR, Long.BYTES);
    }

    @Override
    public synchronized void wake() {
        if (!released) {
            LinuxCalls.write(wakeState, wakeFd, one.address(), Long.BYTES);
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** Whether the interface was deleted. Until {@link #replace} nothing comes, and nothing is taken. */
    boolean isGone() {
        return isGone;
    }

    /** Goes on with the descriptor of another device, and owns it. Any thread may call it. */
    synchronized void replace(int descriptor) {
        closeSuccessor();
        if (released) {
            LinuxCalls.close(wakeState, descriptor);
        } else {
            successor = descriptor;
            wake();
        }
    }

    /** Gives the queue back. The thread that receives must have ended. */
    @Override
    public synchronized void close() {
        if (released) {
            return;
        }
        released = true;
        closed = true;
        closeSuccessor();
        LinuxCalls.close(callState, fd);
        LinuxCalls.close(callState, wakeFd);
        arena.close();
    }

    private static boolean isLost(long answer) {
        return answer == -LinuxCalls.EBADFD || answer == -LinuxCalls.EBADF;
    }

    /** The interface was deleted: uses the device that takes its place; false if there is none yet. */
    private synchronized boolean takeSuccessor() {
        isGone = successor == NONE;
        if (isGone) {
            watch(0, NONE); // else poll would return at once
            return false;
        }
        LinuxCalls.close(callState, fd);
        fd = successor;
        successor = NONE;
        watch(0, fd);
        return true;
    }

    /** Guarded by this. */
    private void closeSuccessor() {
        if (successor != NONE) {
            LinuxCalls.close(wakeState, successor);
            successor = NONE;
        }
    }

    private boolean write(Packet packet) {
        long from = packet.buffer().address() + VirtioNetHeader.write(packet);
        long length = VirtioNetHeader.LENGTH + (long) packet.length();
        long sent = LinuxCalls.write(callState, fd, from, length);
        while (sent == -LinuxCalls.EINTR) {
            sent = LinuxCalls.write(callState, fd, from, length);
        }
        return sent == length;
    }

    private void watch(int at, int descriptor) {
        polls.set(ValueLayout.JAVA_INT, at, descriptor);
        polls.set(ValueLayout.JAVA_SHORT, at + POLL_EVENTS, LinuxCalls.POLLIN);
    }
}
