// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order. */
public final class BigEndian {

    private static final VarHandle INT16 = view(short[].class);
    private static final VarHandle INT32 = view(int[].class);
    private static final VarHandle INT64 = view(long[].class);

    private BigEndian() {}

    public static int uint16(byte[] bytes, int at) {
        return (short) INT16.get(bytes, at) & 0xffff;
    }

    public static void putInt16(byte[] bytes, int at, int value) {
        INT16.set(bytes, at, (short) value);
    }

    public static int int32(byte[] bytes, int at) {
        return (int) INT32.get(bytes, at);
    }

    public static void putInt32(byte[] bytes, int at, int value) {
        INT32.set(bytes, at, value);
    }

    public static long int64(byte[] bytes, int at) {
        return (long) INT64.get(bytes, at);
    }

    static void putInt64(byte[] bytes, int at, long value) {
        INT64.set(bytes, at, value);
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }
}
