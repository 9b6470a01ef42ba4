// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
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
import java.util.Set;

/**
 * The system calls of Linux that the devices need, through the C library. Each answers what the call answers, or the
 * negated {@code errno}. Pointers are plain addresses, so that a call makes no object. The call state belongs to the
 * calling thread.
 */
final class LinuxCalls {

    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EBADF = 9;
    static final int EBADFD = 77;

    static final int O_RDWR = 0x2;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;

    static final short POLLIN = 1;

    static final int PROT_READ_WRITE = 0x3;
    static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    static final int MADV_HUGEPAGE = 14;

    /** Those that answer 64 bits. */
    private static final Set<String> WIDE = Set.of("read", "write", "mmap");

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle OPEN = variadic("open", 2, JAVA_LONG, JAVA_INT);
    private static final MethodHandle IOCTL = variadic("ioctl", 2, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle READ = function("read", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle WRITE = function("write", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle POLL = function("poll", JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle EVENTFD = function("eventfd", JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = function("close", JAVA_INT);
    private static final MethodHandle MMAP =
            function("mmap", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle MUNMAP = function("munmap", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle MADVISE = function("madvise", JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle GET_AFFINITY = function("sched_getaffinity", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_AFFINITY = function("sched_setaffinity", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_CPU = function("sched_getcpu");
    private static final MethodHandle STRERROR = strerrorHandle();

    private LinuxCalls() {}

    /** Where a thread's calls leave their {@code errno}. */
    static MemorySegment callState(Arena arena) {
        return arena.allocate(CALL_STATE);
    }

    static long open(MemorySegment callState, MemorySegment path, int flags) {
        try {
            return answer(callState, (long) OPEN.invokeExact(callState, path.address(), flags));
        } catch (Throwable e) {
            throw misbound("open", e);
        }
    }

    static long ioctl(MemorySegment callState, int fd, long request, long argument) {
        try {
            return answer(callState, (long) IOCTL.invokeExact(callState, fd, request, argument));
        } catch (Throwable e) {
            throw misbound("ioctl", e);
        }
    }

    static long read(MemorySegment callState, int fd, long into, long length) {
        try {
            return answer(callState, (long) READ.invokeExact(callState, fd, into, length));
        } catch (Throwable e) {
            throw misbound("read", e);
        }
    }

    static long write(MemorySegment callState, int fd, long from, long length) {
        try {
            return answer(callState, (long) WRITE.invokeExact(callState, fd, from, length));
        } catch (Throwable e) {
            throw misbound("write", e);
        }
    }

    static long poll(MemorySegment callState, long descriptors, long count, int milliseconds) {
        try {
            return answer(callState, (long) POLL.invokeExact(callState, descriptors, count, milliseconds));
        } catch (Throwable e) {
            throw misbound("poll", e);
        }
    }

    static long eventfd(MemorySegment callState, int initial, int flags) {
        try {
            return answer(callState, (long) EVENTFD.invokeExact(callState, initial, flags));
        } catch (Throwable e) {
            throw misbound("eventfd", e);
        }
    }

    static long close(MemorySegment callState, int fd) {
        try {
            return answer(callState, (long) CLOSE.invokeExact(callState, fd));
        } catch (Throwable e) {
            throw misbound("close", e);
        }
    }

    /** Memory that no file stands behind, zeroed, wherever the kernel likes. */
    static long mmap(MemorySegment callState, long length) {
        try {
            long address =
                    (long) MMAP.invokeExact(callState, 0L, length, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
            return answer(callState, address);
        } catch (Throwable e) {
            throw misbound("mmap", e);
        }
    }

    static long munmap(MemorySegment callState, long address, long length) {
        try {
            return answer(callState, (long) MUNMAP.invokeExact(callState, address, length));
        } catch (Throwable e) {
            throw misbound("munmap", e);
        }
    }

    static long madvise(MemorySegment callState, long address, long length, int advice) {
        try {
            return answer(callState, (long) MADVISE.invokeExact(callState, address, length, advice));
        } catch (Throwable e) {
            throw misbound("madvise", e);
        }
    }

    /** Of the calling thread. */
    static long schedGetaffinity(MemorySegment callState, long length, long set) {
        try {
            return answer(callState, (long) GET_AFFINITY.invokeExact(callState, 0, length, set));
        } catch (Throwable e) {
            throw misbound("sched_getaffinity", e);
        }
    }

    /** Of the calling thread. */
    static long schedSetaffinity(MemorySegment callState, long length, long set) {
        try {
            return answer(callState, (long) SET_AFFINITY.invokeExact(callState, 0, length, set));
        } catch (Throwable e) {
            throw misbound("sched_setaffinity", e);
        }
    }

    /** The processor that the calling thread runs on. */
    static long schedGetcpu(MemorySegment callState) {
        try {
            return answer(callState, (long) GET_CPU.invokeExact(callState));
        } catch (Throwable e) {
            throw misbound("sched_getcpu", e);
        }
    }

    /** What an {@code errno} means, in the C library's words. */
    static String describe(int errno) {
        try {
            var text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.getString(0);
        } catch (Throwable e) {
            throw misbound("strerror", e);
        }
    }

    private static long answer(MemorySegment callState, long result) {
        return result >= 0 ? result : -(int) ERRNO.get(callState, 0L);
    }

    private static AssertionError misbound(String name, Throwable cause) {
        return new AssertionError(name + " is bound with the wrong signature", cause);
    }

    private static MethodHandle function(String name, MemoryLayout... arguments) {
        return bind(name, arguments, Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle variadic(String name, int firstVariadic, MemoryLayout... arguments) {
        return bind(
                name,
                arguments,
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(firstVariadic));
    }

    /** All answers are read as 64 bits; those of C type {@code int} are widened here. */
    @SuppressWarnings("restricted") // what this class is for
    private static MethodHandle bind(String name, MemoryLayout[] arguments, Linker.Option... options) {
        boolean wide = WIDE.contains(name);
        var symbol = LINKER.defaultLookup().findOrThrow(name);
        var handle =
                LINKER.downcallHandle(symbol, FunctionDescriptor.of(wide ? JAVA_LONG : JAVA_INT, arguments), options);
        return handle.asType(handle.type().changeReturnType(long.class));
    }

    @SuppressWarnings("restricted") // what this class is for
    private static MethodHandle strerrorHandle() {
        var layout =
                ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(256, java.lang.foreign.ValueLayout.JAVA_BYTE));
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(layout, JAVA_INT));
    }
}
