// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Which processors threads run on (sched_setaffinity(2)). */
final class Processors {

    /** Bytes of the set that glibc's cpu_set_t is: 1024 processors. */
    private static final int SET = 128;

    private Processors() {}

    /**
     * Those that the calling thread may use, by their numbers, in their order but for the one that it runs on, with
     * which they begin: the kernel has put it there because there was room. None if the kernel does not say.
     */
    static int[] allowed() {
        try (var scratch = Arena.ofConfined()) {
            var set = scratch.allocate(SET, Long.BYTES);
            var callState = LinuxCalls.callState(scratch);
            if (LinuxCalls.schedGetaffinity(callState, SET, set.address()) < 0) {
                return new int[0];
            }
            long current = LinuxCalls.schedGetcpu(callState);
            var numbers = BitSet.valueOf(set.toArray(ValueLayout.JAVA_BYTE));
            return IntStream.concat(
                            numbers.stream().filter(number -> number >= current),
                            numbers.stream().filter(number -> number < current))
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
