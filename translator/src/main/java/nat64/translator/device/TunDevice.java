// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;

/**
 * A TUN device of Linux (the kernel's Documentation/networking/tuntap.rst), with segmentation and checksum offload: one
 * read brings up to 64 KiB of one flow. The device vanishes with this object, and with the process. It is made down and
 * without addresses.
 */
public final class TunDevice implements PacketPort {

    private static final String CONTROL = "/dev/net/tun";

    private static final long TUNSETIFF = 0x400454caL;
    private static final long TUNSETOFFLOAD = 0x400454d0L;
    private static final int IFF_TUN = 0x0001;
    private static final int IFF_NO_PI = 0x1000;
    private static final int IFF_VNET_HDR = 0x4000;
    private static final int TUN_F_CSUM = 0x01;
    private static final int TUN_F_TSO4 = 0x02;
    private static final int TUN_F_TSO6 = 0x04;
    private static final int TUN_F_TSO_ECN = 0x08;
    private static final int TUN_F_USO4 = 0x20;
    private static final int TUN_F_USO6 = 0x40;
    private static final int TCP_OFFLOAD = TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN;
    private static final int UDP_OFFLOAD = TUN_F_USO4 | TUN_F_USO6; // Linux 6.2

    private static final int INTERFACE_REQUEST = 40; // struct ifreq
    private static final int INTERFACE_FLAGS = 16;
    private static final int NAME_LENGTH = 15;
    private static final int POLL_DESCRIPTOR = 8; // struct pollfd
    private static final int POLL_EVENTS = 4;

    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EBUSY = 16;
    private static final int EFD_NONBLOCK = LinuxCalls.O_NONBLOCK;

    private final Arena arena;
    private final MemorySegment callState;
    private final MemorySegment wakeState;
    private final MemorySegment polls;
    private final MemorySegment one;
    private final int fd;
    private final int wakeFd;
    private volatile boolean closed;
    private boolean released; // guarded by this: the descriptors are gone

    private TunDevice(Arena arena, MemorySegment callState, int fd, int wakeFd) {
        this.arena = arena;
        this.callState = callState;
        this.fd = fd;
        this.wakeFd = wakeFd;
        wakeState = LinuxCalls.callState(arena);
        one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L);
        polls = arena.allocate(2 * POLL_DESCRIPTOR + Long.BYTES, 8); // and room to read wakeFd into
        watch(0, fd);
        watch(POLL_DESCRIPTOR, wakeFd);
    }

    /**
     * Makes the device.
     *
     * @param name of the interface, which must not exist
     * @param offload whether the kernel may hand over super-packets and unfinished checksums
     */
    public static TunDevice open(String name, boolean offload) throws DeviceException {
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > NAME_LENGTH) {
            throw new DeviceException("an interface name has 1 to 15 octets: '" + name + "'");
        }
        var arena = Arena.ofShared();
        try {
            return open(arena, name, offload);
        } catch (DeviceException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static TunDevice open(Arena arena, String name, boolean offload) throws DeviceException {
        var callState = LinuxCalls.callState(arena);
        int flags = LinuxCalls.O_RDWR | LinuxCalls.O_NONBLOCK | LinuxCalls.O_CLOEXEC;
        int fd = (int) check(LinuxCalls.open(callState, arena.allocateFrom(CONTROL), flags), "open " + CONTROL);
        try {
            var request = arena.allocate(INTERFACE_REQUEST, 8);
            request.setString(0, name);
            request.set(ValueLayout.JAVA_SHORT, INTERFACE_FLAGS, (short) (IFF_TUN | IFF_NO_PI | IFF_VNET_HDR));
            check(LinuxCalls.ioctl(callState, fd, TUNSETIFF, request.address()), "create the device " + name);
            if (offload) {
                enableOffload(callState, fd);
            }
            int wakeFd = (int) check(LinuxCalls.eventfd(callState, 0, EFD_NONBLOCK | LinuxCalls.O_CLOEXEC), "eventfd");
            return new TunDevice(arena, callState, fd, wakeFd);
        } catch (DeviceException e) {
            LinuxCalls.close(callState, fd);
            throw e;
        }
    }

    /** Kernels before 6.2 know no UDP segmentation. */
    private static void enableOffload(MemorySegment callState, int fd) throws DeviceException {
        if (LinuxCalls.ioctl(callState, fd, TUNSETOFFLOAD, TCP_OFFLOAD | UDP_OFFLOAD) < 0) {
            check(LinuxCalls.ioctl(callState, fd, TUNSETOFFLOAD, TCP_OFFLOAD), "enable offload");
        }
    }

    @Override
    public boolean receive(Packet packet) {
        long into = packet.buffer().address() + Packet.HEADROOM - VirtioNetHeader.LENGTH;
        while (true) {
            long octets = LinuxCalls.read(callState, fd, into, VirtioNetHeader.LENGTH + (long) Packet.LARGEST);
            if (octets > VirtioNetHeader.LENGTH) {
                VirtioNetHeader.read(packet, (int) octets - VirtioNetHeader.LENGTH);
                return true;
            }
            if (octets == -LinuxCalls.EBADFD || octets == -LinuxCalls.EBADF) {
                closed = true; // somebody has deleted the interface
            }
            if (octets != -LinuxCalls.EINTR) {
                return false;
            }
        }
    }

    @Override
    public boolean send(Packet packet) {
        long from = packet.buffer().address() + VirtioNetHeader.write(packet);
        long length = VirtioNetHeader.LENGTH + (long) packet.length();
        long sent = LinuxCalls.write(callState, fd, from, length);
        while (sent == -LinuxCalls.EINTR) {
            sent = LinuxCalls.write(callState, fd, from, length);
        }
        return sent == length;
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

    /** Removes the device. The thread that receives must have ended. */
    @Override
    public synchronized void close() {
        if (released) {
            return;
        }
        released = true;
        closed = true;
        LinuxCalls.close(callState, fd);
        LinuxCalls.close(callState, wakeFd);
        arena.close();
    }

    private void watch(int at, int descriptor) {
        polls.set(ValueLayout.JAVA_INT, at, descriptor);
        polls.set(ValueLayout.JAVA_SHORT, at + POLL_EVENTS, LinuxCalls.POLLIN);
    }

    private static long check(long result, String what) throws DeviceException {
        if (result >= 0) {
            return result;
        }
        int errno = (int) -result;
        String help = switch (errno) {
            case EPERM -> "; run as root, or with the capability NET_ADMIN";
            case ENOENT -> "; load the kernel module tun (modprobe tun), or give the container the device " + CONTROL;
            case EBUSY -> "; an interface of this name is there: another gateway runs, or choose another name";
            default -> "";
        };
        throw new DeviceException("cannot " + what + ": " + LinuxCalls.describe(errno) + help);
    }
}
