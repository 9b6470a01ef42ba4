// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.network;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The system calls of Linux that move many datagrams at once, through the C library: recvmmsg(2), sendmmsg(2). Each of
 * the two answers how many were moved, or the negated {@code errno}. The call state belongs to the calling thread.
 */
final class DatagramCalls {

    private static final int MSG_DONTWAIT = 0x40;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle RECVMMSG =
            function("recvmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle SENDMMSG = function("sendmmsg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);

    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);

    private DatagramCalls() {}

    /** Where a thread's calls leave their {@code errno}. */
    static MemorySegment callState(Arena arena) {
        return arena.allocate(CALL_STATE);
    }

    /**
     * Takes what is there, and waits for nothing.
     *
     * @param messages address of an array of {@code struct mmsghdr}
     */
    static int receive(MemorySegment callState, int fd, long messages, int count) {
        try {
            return answer(callState, (int) RECVMMSG.invokeExact(callState, fd, messages, count, MSG_DONTWAIT, 0L));
        } catch (Throwable e) {
            throw new IllegalStateException("recvmmsg is not bound as it should be", e);
        }
    }

    /** Sends one after the other until one can't be sent; the error is told only if that is the first. */
    static int send(MemorySegment callState, int fd, long messages, int count) {
        try {
            return answer(callState, (int) SENDMMSG.invokeExact(callState, fd, messages, count, MSG_DONTWAIT));
        } catch (Throwable e) {
            throw new IllegalStateException("sendmmsg is not bound as it should be", e);
        }
    }

    /** Sets an option of a socket to a number; false if it has no such option. */
    static boolean setOption(int fd, int level, int option, int number) {
        try (var arena = Arena.ofConfined()) {
            var value = arena.allocateFrom(JAVA_INT, number);
            return (int) SETSOCKOPT.invokeExact(callState(arena), fd, level, option, value.address(), Integer.BYTES)
                    == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("setsockopt is not bound as it should be", e);
        }
    }

    private static int answer(MemorySegment callState, int result) {
        return result >= 0 ? result : -(int) ERRNO.get(callState, 0L);
    }

    @SuppressWarnings("restricted") // what this class is for
    private static MethodHandle function(String name, MemoryLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(JAVA_INT, parameters),
                Linker.Option.captureCallState("errno"));
    }
}
