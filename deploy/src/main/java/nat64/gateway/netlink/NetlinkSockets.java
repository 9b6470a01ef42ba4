// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import nat64.gateway.system.CLibrary;

/**
 * Sockets that hear of some topics, through the C library. What they hear is thrown away. For one thread.
 */
final class NetlinkSockets implements AutoCloseable {

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int ADDRESS = 12; // struct sockaddr_nl
    private static final int GROUPS = 8;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int POLL = 8; // struct pollfd
    private static final int POLL_EVENTS = 4;
    private static final short POLLIN = 1;
    private static final int LARGEST = 65_536;

    private static final int EINTR = 4;
    private static final int ENOBUFS = 105; // more came than it could hold

    private static final MethodHandle SOCKET = CLibrary.function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = CLibrary.function("bind", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECV =
            CLibrary.function("recv", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle POLLS = CLibrary.function("poll", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLOSE = CLibrary.function("close", JAVA_INT, JAVA_INT);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment callState = arena.allocate(CLibrary.CALL_STATE);
    private final MemorySegment message = arena.allocate(LARGEST, Long.BYTES);
    private final MemorySegment polls = arena.allocate((long) POLL * Topic.Protocol.values().length, Long.BYTES);
    private final List<Integer> fds = new ArrayList<>();

    /**
     * Opens them.
     *
     * @throws IOException if the kernel has no such sockets, or this process may not use them
     */
    NetlinkSockets(Set<Topic> topics) throws IOException {
        try {
            for (var protocol : Topic.Protocol.values()) {
                int groups = Topic.groups(protocol, topics);
                if (groups != 0) {
                    open(protocol, groups);
                }
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void open(Topic.Protocol protocol, int groups) throws IOException {
        int fd = checked(
                call(() -> (int) SOCKET.invokeExact(callState, AF_NETLINK, SOCK_RAW_CLOEXEC, protocol.number)),
                protocol);
        long at = (long) POLL * fds.size();
        fds.add(fd);
        polls.set(JAVA_INT, at, fd);
        polls.set(JAVA_SHORT, at + POLL_EVENTS, POLLIN);
        var address = arena.allocate(ADDRESS, Integer.BYTES);
        address.set(JAVA_SHORT, 0, (short) AF_NETLINK);
        address.set(JAVA_INT, GROUPS, groups);
        checked(call(() -> (int) BIND.invokeExact(callState, fd, address.address(), ADDRESS)), protocol);
    }

    /** Waits until something was heard, and answers whether it was. */
    boolean await(int milliseconds) {
        return call(() -> (int) POLLS.invokeExact(callState, polls.address(), (long) fds.size(), milliseconds)) > 0;
    }

    /** Forgets what was heard. */
    boolean drain() {
        boolean isHeard = false;
        for (int fd : fds) {
            long bytes;
            do {
                bytes = call(
                        () -> (long) RECV.invokeExact(callState, fd, message.address(), (long) LARGEST, MSG_DONTWAIT));
                isHeard |= bytes >= 0 || bytes == -ENOBUFS;
            } while (bytes >= 0 || bytes == -ENOBUFS || bytes == -EINTR);
        }
        return isHeard;
    }

    @Override
    public void close() {
        for (int fd : fds) {
            call(() -> (int) CLOSE.invokeExact(callState, fd));
        }
        arena.close();
    }

    private long call(CLibrary.Call call) {
        return CLibrary.call(callState, call);
    }

    private static int checked(long result, Topic.Protocol protocol) throws IOException {
        if (result < 0) {
            throw new IOException("cannot open a netlink socket (%s): errno %d"
                    .formatted(protocol.name().toLowerCase(Locale.ROOT), -result));
        }
        return (int) result;
    }
}
