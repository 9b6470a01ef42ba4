// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.network;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nat64.gateway.doctor.network.Advertisements.Advertisement;
import nat64.gateway.system.CLibrary;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;

/**
 * Solicits router advertisements on every link and listens to them, by an ICMPv6 socket of the C library (RFC 4861,
 * section 6.3.7; RFC 3542). For one thread.
 */
final class RouterListener implements AutoCloseable {

    /** Routers may wait for 3 seconds between two advertisements, and for half a second before an answer. */
    private static final Duration LISTENING = Duration.ofSeconds(4);

    private static final int AF_INET6 = 10;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int IPPROTO_ICMPV6 = 58;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_MULTICAST_HOPS = 18;
    private static final int HOP_LIMIT = 255; // others are ignored by routers
    private static final short POLLIN = 1;
    private static final int POLL = 8; // struct pollfd
    private static final int POLL_EVENTS = 4;
    private static final int ADDRESS = 28; // struct sockaddr_in6
    private static final int ADDRESS_BYTES = 8;
    private static final int ADDRESS_SCOPE = 24;
    private static final int LARGEST = 65_536;
    private static final byte SOLICITATION = (byte) 133;
    private static final int SOLICITATION_LENGTH = 8;
    private static final int EPERM = 1;
    private static final int EACCES = 13;
    private static final Ipv6Address ALL_ROUTERS = Ipv6Address.parse("ff02::2");
    private static final long LINK_LOCAL = 0xfe80L;

    private static final MethodHandle SOCKET = CLibrary.function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            CLibrary.function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SENDTO =
            CLibrary.function("sendto", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECVFROM =
            CLibrary.function("recvfrom", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle POLLS = CLibrary.function("poll", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLOSE = CLibrary.function("close", JAVA_INT, JAVA_INT);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment callState = arena.allocate(CLibrary.CALL_STATE);
    private final MemorySegment message = arena.allocate(LARGEST, Long.BYTES);
    private final MemorySegment address = arena.allocate(ADDRESS, Long.BYTES);
    private final MemorySegment integer = arena.allocate(JAVA_INT);
    private final MemorySegment polls = arena.allocate(POLL, Long.BYTES);
    private final int fd;

    private RouterListener() {
        fd = (int) call(() -> (int) SOCKET.invokeExact(callState, AF_INET6, SOCK_RAW_CLOEXEC, IPPROTO_ICMPV6));
    }

    /** What routers advertise, until one names a Pref64 or some seconds are over. */
    static Advertisements listen() {
        try (var listener = new RouterListener()) {
            if (listener.fd < 0) {
                return new Advertisements.Unknown(
                        listener.fd == -EPERM || listener.fd == -EACCES
                                ? "only root hears router advertisements: sudo nat64 doctor --client"
                                : "router advertisements can't be heard: errno " + -listener.fd);
            }
            listener.solicit();
            return new Advertisements.Heard(listener.hear());
        }
    }

    private void solicit() {
        integer.set(JAVA_INT, 0, HOP_LIMIT);
        call(() -> (int) SETSOCKOPT.invokeExact(
                callState, fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, integer.address(), Integer.BYTES));
        message.fill((byte) 0); // the kernel makes the checksum
        message.set(JAVA_BYTE, 0, SOLICITATION);
        for (int link : links()) {
            address.fill((byte) 0);
            address.set(JAVA_SHORT, 0, (short) AF_INET6);
            MemorySegment.copy(ALL_ROUTERS.bytes(), 0, address, JAVA_BYTE, ADDRESS_BYTES, Ipv6Address.LENGTH);
            address.set(JAVA_INT, ADDRESS_SCOPE, link);
            call(() -> (long) SENDTO.invokeExact( // a link that takes nothing just stays silent
                    callState, fd, message.address(), (long) SOLICITATION_LENGTH, 0, address.address(), ADDRESS));
        }
    }

    private static List<Integer> links() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(link -> link.inetAddresses().anyMatch(InetAddress::isLinkLocalAddress))
                    .map(NetworkInterface::getIndex)
                    .toList();
        } catch (SocketException _) {
            return List.of();
        }
    }

    private List<Advertisement> hear() {
        var heard = new LinkedHashMap<String, List<Pref64>>();
        polls.set(JAVA_INT, 0, fd);
        polls.set(JAVA_SHORT, POLL_EVENTS, POLLIN);
        long end = System.nanoTime() + LISTENING.toNanos();
        while (heard.values().stream().allMatch(List::isEmpty)) {
            int milliseconds = (int) Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (milliseconds <= 0
                    || call(() -> (int) POLLS.invokeExact(callState, polls.address(), 1L, milliseconds)) == 0) {
                break;
            }
            receive(heard);
        }
        var advertisements = new ArrayList<Advertisement>();
        heard.forEach((router, pref64s) -> advertisements.add(new Advertisement(router, pref64s)));
        return advertisements;
    }

    /** Routers advertise from a link-local address (RFC 4861, section 6.1.2). */
    private void receive(Map<String, List<Pref64>> heard) {
        integer.set(JAVA_INT, 0, ADDRESS);
        long bytes = call(() -> (long) RECVFROM.invokeExact(
                callState, fd, message.address(), (long) LARGEST, 0, address.address(), integer.address()));
        var source = Ipv6Address.ofBytes(
                address.asSlice(ADDRESS_BYTES, Ipv6Address.LENGTH).toArray(JAVA_BYTE));
        if (bytes > 0 && source.high() >>> 48 == LINK_LOCAL) {
            RouterAdvertisement.pref64s(message.asSlice(0, bytes).asByteBuffer())
                    .ifPresent(pref64s -> heard.put(source.toString(), pref64s));
        }
    }

    @Override
    public void close() {
        if (fd >= 0) {
            call(() -> (int) CLOSE.invokeExact(callState, fd));
        }
        arena.close();
    }

    private long call(CLibrary.Call call) {
        return CLibrary.call(callState, call);
    }
}
