// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;

/** Which processors threads run on (sched_setaffinity(2)). */
final class Processors {

    /** Octets of the set that glibc's cpu_set_t is: 1024 processors. */
    private static final int SET = 128;

    private Processors() {}

    /** Those that the calling thread may use, by their numbers; none if the kernel does not say. */
    static int[] allowed() {
        try (var scratch = Arena.ofConfined()) {
            var set = scratch.allocate(SET, Long.BYTES);
            long answer = LinuxCalls.schedGetaffinity(LinuxCalls.callState(scratch), SET, set.address());
            return answer < 0
                    ? new int[0]
                    : BitSet.valueOf(set.toArray(ValueLayout.JAVA_BYTE)).stream()
                            .toArray();
        }
    }

    /** Has the calling thread run on one processor alone. False if the kernel does not let it. */
    static boolean pin(int processor) {
        try (var scratch = Arena.ofConfined()) {
            var set = scratch.allocate(SET, Long.BYTES);
            var bits = new BitSet();
            bits.set(processor);
            set.copyFrom(MemorySegment.ofArray(bits.toByteArray()));
            return LinuxCalls.schedSetaffinity(LinuxCalls.callState(scratch), SET, set.address()) >= 0;
        }
    }
}
