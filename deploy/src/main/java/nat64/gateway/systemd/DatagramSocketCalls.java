// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.systemd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import nat64.gateway.system.CLibrary;

/** Sends datagrams to Unix sockets, through the C library. */
final class DatagramSocketCalls {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int FAMILY = 2; // bytes of struct sockaddr_un before the path
    private static final int LONGEST_PATH = 107; // less the final zero
    private static final char ABSTRACT = '@';

    private static final MethodHandle SOCKET = CLibrary.function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SENDTO =
            CLibrary.function("sendto", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLOSE = CLibrary.function("close", JAVA_INT, JAVA_INT);

    private DatagramSocketCalls() {}

    /**
     * Sends one datagram by a socket of its own.
     *
     * @param path of the other socket; {@code @} and a name if it is an abstract one
     * @throws IOException if it can't be sent
     */
    static void send(String path, String text) throws IOException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            throw new IOException("a Unix socket has a path of at most " + LONGEST_PATH + " bytes, not " + path);
        }
        try (var arena = Arena.ofConfined()) {
            var callState = arena.allocate(CLibrary.CALL_STATE);
            int fd = (int) checked(CLibrary.call(
                    callState, () -> (int) SOCKET.invokeExact(callState, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0)));
            try {
                var address = address(arena, name);
                int length = address.length();
                var datagram = arena.allocateFrom(text);
                long bytes = datagram.byteSize() - 1; // less the final zero
                checked(CLibrary.call(callState, () -> (long) SENDTO.invokeExact(
                        callState,
                        fd,
                        datagram.address(),
                        bytes,
                        MSG_NOSIGNAL,
                        address.bytes().address(),
                        length)));
            } finally {
                CLibrary.call(callState, () -> (int) CLOSE.invokeExact(callState, fd));
            }
        }
    }

    /** A struct sockaddr_un, and how much of it counts. */
    private record Address(MemorySegment bytes, int length) {}

    private static Address address(Arena arena, byte[] name) {
        var address = arena.allocate(FAMILY + LONGEST_PATH + 1L, Short.BYTES);
        address.set(JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(name, 0, address, JAVA_BYTE, FAMILY, name.length);
        boolean isAbstract = name.length > 0 && name[0] == ABSTRACT;
        if (isAbstract) {
            address.set(JAVA_BYTE, FAMILY, (byte) 0);
        }
        return new Address(address, FAMILY + name.length + (isAbstract ? 0 : 1));
    }

    private static long checked(long result) throws IOException {
        if (result < 0) {
            throw new IOException("errno " + -result);
        }
        return result;
    }
}
