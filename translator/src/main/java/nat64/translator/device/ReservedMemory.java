// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory for large tables, straight from the kernel. What is allocated is promised at once, and takes room in RAM only
 * where it has been touched; it lies in huge pages where the kernel has them, since a random read in a large table
 * otherwise waits for page tables too. Segments may be used by all threads; allocating is for one at a time.
 */
public final class ReservedMemory implements Arena {

    private static final long HUGE_PAGE = 2L << 20;
    private static final long MEBIBYTE = 1L << 20;

    private final Arena lifetime = Arena.ofShared();
    private final long most;
    private long promised;

    /**
     * Memory that ends with {@link #close}.
     *
     * @param most bytes that may be promised, such as the machine has in all
     */
    public ReservedMemory(long most) {
        this.most = most;
    }

    /**
     * Bytes that are zero.
     *
     * @throws OutOfMemoryError if so much can't be had; the message says how much there is
     */
    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        promised += byteSize;
        if (promised > most) {
            throw new OutOfMemoryError("tables of more than %d MiB are asked for, and this machine has %d MiB"
                    .formatted(promised / MEBIBYTE, most / MEBIBYTE));
        }
        return byteSize < HUGE_PAGE ? lifetime.allocate(byteSize, byteAlignment) : map(byteSize);
    }

    /** Bytes promised so far. */
    public long promised() {
        return promised;
    }

    @Override
    public MemorySegment.Scope scope() {
        return lifetime.scope();
    }

    @Override
    public void close() {
        lifetime.close();
    }

    /** One huge page more is mapped than needed, so that the segment can begin at the beginning of one. */
    @SuppressWarnings("restricted") // the kernel has just said that this memory is ours
    private MemorySegment map(long byteSize) {
        long length = roundUp(byteSize) + HUGE_PAGE;
        try (var scratch = Arena.ofConfined()) {
            var callState = LinuxCalls.callState(scratch);
            long address = LinuxCalls.mmap(callState, length);
            if (address < 0) {
                throw new OutOfMemoryError("the kernel refuses %d MiB for tables: %s"
                        .formatted(length / MEBIBYTE, LinuxCalls.describe((int) -address)));
            }
            LinuxCalls.madvise(callState, address, length, LinuxCalls.MADV_HUGEPAGE); // if not, not
            return MemorySegment.ofAddress(roundUp(address))
                    .reinterpret(byteSize, lifetime, _ -> unmap(address, length));
        }
    }

    private static long roundUp(long bytes) {
        return (bytes + HUGE_PAGE - 1) & -HUGE_PAGE;
    }

    private static void unmap(long address, long length) {
        try (var scratch = Arena.ofConfined()) {
            LinuxCalls.munmap(LinuxCalls.callState(scratch), address, length);
        }
    }
}
