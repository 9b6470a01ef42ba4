// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.system;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** Functions of the C library that set {@code errno}. Any thread may use it, with a call state of its own. */
public final class CLibrary {

    /** The layout of the first argument of each {@link #function}. */
    public static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();

    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(PathElement.groupElement("errno"));

    private CLibrary() {}

    /** A call of a function by {@code invokeExact}. */
    public interface Call {
        long make() throws Throwable;
    }

    /** A function, which takes a call state in front of its own arguments. Pointers are JAVA_LONG. */
    @SuppressWarnings("restricted") // what this class is for
    public static MethodHandle function(String name, MemoryLayout result, MemoryLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, parameters),
                Linker.Option.captureCallState("errno"));
    }

    /**
     * Makes a call.
     *
     * @param callState that the call passes to the function
     * @return what the function answers, or the negated {@code errno}
     */
    public static long call(MemorySegment callState, Call call) {
        try {
            long result = call.make();
            return result >= 0 ? result : -(int) ERRNO.get(callState, 0L);
        } catch (Throwable e) {
            throw new AssertionError("a function of the C library is bound with the wrong signature", e);
        }
    }
}
