// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import nat64.translator.packet.PacketPort;

/**
 * A TUN device of Linux (the kernel's Documentation/networking/tuntap.rst), with segmentation and checksum offload: one
 * read brings up to 64 KiB of one flow. The device vanishes with this object, and with the process, unless it was asked
 * to last. It is made down and
 * without addresses. If somebody deletes it, its queues stay, and {@link #reopen} makes it anew for them.
 *
 * <p>Of several queues, the kernel chooses one by a hash of the flow that is the same for both directions, unless a
 * packet of this flow was written lately: then the queue by which it was. So whoever reads a flow and writes what
 * becomes of it by the same queue gets the answers there, too.
 */
public final class TunDevice implements AutoCloseable {

    /** As many as Linux takes (MAX_TAP_QUEUES). */
    public static final int MOST_QUEUES = 256;

    private static final String CONTROL = "/dev/net/tun";

    private static final long TUNSETIFF = 0x400454caL;
    private static final long TUNSETPERSIST = 0x400454cbL;
    private static final long TUNSETOFFLOAD = 0x400454d0L;
    private static final int IFF_TUN = 0x0001;
    private static final int IFF_MULTI_QUEUE = 0x0100;
    private static final int IFF_NO_PI = 0x1000;
    private static final int IFF_VNET_HDR = 0x4000;
    private static final int IFF_TUN_EXCL = 0x8000;
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

    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final int EBUSY = 16;

    private final String name;
    private final boolean offload;
    private final boolean lasting;
    private final int[] processors;
    private final List<TunQueue> queues = new ArrayList<>();

    /** The descriptors of a new device, one for each queue. */
    private record Descriptors(List<Integer> fds, boolean segmentsUdp) {}

    private TunDevice(String name, boolean offload, boolean lasting, int[] processors) {
        this.name = name;
        this.offload = offload;
        this.lasting = lasting;
        this.processors = processors;
    }

    /**
     * Makes the device.
     *
     * @param name of the interface, which must not exist
     * @param offload whether the kernel may hand over super-packets and unfinished checksums
     * @param queues how many, {@link #MOST_QUEUES} at most
     * @param pinned whether each queue's thread is bound to a processor, one after another of those that the caller
     *     may use
     */
    public static TunDevice open(String name, boolean offload, int queues, boolean pinned) throws DeviceException {
        return open(new TunDevice(name, offload, false, processors(pinned)), queues);
    }

    /**
     * As {@link #open}, but the device stays when this object and the process end, and one that has stayed is opened
     * again with its addresses and routes. Packets to a device that no process has open are dropped.
     *
     * @throws DeviceException also if the device is there with another number of queues, one or several
     */
    public static TunDevice openLasting(String name, boolean offload, int queues, boolean pinned)
            throws DeviceException {
        return open(new TunDevice(name, offload, true, processors(pinned)), queues);
    }

    private static TunDevice open(TunDevice device, int queues) throws DeviceException {
        var name = device.name;
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > NAME_LENGTH) {
            throw new DeviceException("an interface name has 1 to 15 bytes: '" + name + "'");
        }
        try {
            device.addQueues(device.create(queues, !device.lasting));
            return device;
        } catch (DeviceException | RuntimeException e) {
            device.close();
            throw e;
        }
    }

    /** Whether somebody has deleted the interface. Any thread may ask. */
    public boolean isGone() {
        return queues.stream().anyMatch(TunQueue::isGone);
    }

    /**
     * Makes the device anew after it was deleted; the queues go on with it. It is down and without addresses again. One
     * thread at a time.
     *
     * @throws DeviceException if it can't be made, or was not deleted
     */
    public void reopen() throws DeviceException {
        var made = create(queues.size(), true).fds();
        for (int i = 0; i < made.size(); i++) {
            queues.get(i).replace(made.get(i));
        }
    }

    /** The queues, each for one thread. */
    public List<? extends PacketPort> queues() {
        return List.copyOf(queues);
    }

    /** Removes the device. The threads that receive must have ended. Closing it twice does no harm. */
    @Override
    public void close() {
        queues.forEach(TunQueue::close);
    }

    private void addQueues(Descriptors made) throws DeviceException {
        for (int i = 0; i < made.fds().size(); i++) {
            try {
                queues.add(new TunQueue(made.fds().get(i), made.segmentsUdp(), processor(i)));
            } catch (DeviceException e) {
                close(made.fds().subList(i, made.fds().size()));
                throw e;
            }
        }
    }

    private Descriptors create(int count, boolean mustBeNew) throws DeviceException {
        int flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR | (count > 1 ? IFF_MULTI_QUEUE : 0);
        var fds = new ArrayList<Integer>();
        try (var scratch = Arena.ofConfined()) {
            var callState = LinuxCalls.callState(scratch);
            fds.add(attach(scratch, mustBeNew ? flags | IFF_TUN_EXCL : flags)); // or joins another gateway's device
            if (lasting) {
                check(LinuxCalls.ioctl(callState, fds.getFirst(), TUNSETPERSIST, 1), "keep the device " + name);
            }
            boolean segmentsUdp = offload && enableOffload(callState, fds.getFirst()); // the device's, not the queue's
            while (fds.size() < count) {
                fds.add(attach(scratch, flags));
            }
            return new Descriptors(fds, segmentsUdp);
        } catch (DeviceException e) {
            close(fds);
            throw e;
        }
    }

    /** Opens a descriptor, and makes it a queue of the device, which the first one creates. */
    private int attach(Arena scratch, int interfaceFlags) throws DeviceException {
        var callState = LinuxCalls.callState(scratch);
        int flags = LinuxCalls.O_RDWR | LinuxCalls.O_NONBLOCK | LinuxCalls.O_CLOEXEC;
        int fd = (int) check(LinuxCalls.open(callState, scratch.allocateFrom(CONTROL), flags), "open " + CONTROL);
        try {
            var request = scratch.allocate(INTERFACE_REQUEST, 8);
            request.setString(0, name);
            request.set(ValueLayout.JAVA_SHORT, INTERFACE_FLAGS, (short) interfaceFlags);
            check(LinuxCalls.ioctl(callState, fd, TUNSETIFF, request.address()), "create the device " + name);
            return fd;
        } catch (DeviceException e) {
            close(List.of(fd));
            throw e;
        }
    }

    private static void close(List<Integer> fds) {
        try (var scratch = Arena.ofConfined()) {
            var callState = LinuxCalls.callState(scratch);
            fds.forEach(fd -> LinuxCalls.close(callState, fd));
        }
    }

    private static int[] processors(boolean pinned) {
        return pinned ? Processors.allowed() : new int[0];
    }

    private int processor(int queue) {
        return processors.length == 0 ? TunQueue.ANY_PROCESSOR : processors[queue % processors.length];
    }

    /** Answers whether UDP is segmented, too; kernels before 6.2 can't. */
    private static boolean enableOffload(MemorySegment callState, int fd) throws DeviceException {
        if (LinuxCalls.ioctl(callState, fd, TUNSETOFFLOAD, TCP_OFFLOAD | UDP_OFFLOAD) >= 0) {
            return true;
        }
        check(LinuxCalls.ioctl(callState, fd, TUNSETOFFLOAD, TCP_OFFLOAD), "enable offload");
        return false;
    }

    /** What a call has answered, unless that is an error. */
    static long check(long result, String what) throws DeviceException {
        if (result >= 0) {
            return result;
        }
        int errno = (int) -result;
        String help = switch (errno) {
            case EPERM -> "; run as root, or with the capability NET_ADMIN";
            case EACCES -> "; run as root, or make " + CONTROL + " readable and writable for this user, as udev does";
            case ENOENT -> "; load the kernel module tun (modprobe tun), or give the container the device " + CONTROL;
            case EBUSY -> "; an interface of this name is there: another gateway runs, or choose another name";
            default -> "";
        };
        throw new DeviceException("cannot " + what + ": " + LinuxCalls.describe(errno) + help);
    }
}
