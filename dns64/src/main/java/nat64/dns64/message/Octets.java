// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order. */
public final class Octets {

    private static final VarHandle INT16 = view(short[].class);
    private static final VarHandle INT32 = view(int[].class);
    private static final VarHandle INT64 = view(long[].class);

    private Octets() {}

    public static int uint16(byte[] octets, int at) {
        return (short) INT16.get(octets, at) & 0xffff;
    }

    public static void putInt16(byte[] octets, int at, int value) {
        INT16.set(octets, at, (short) value);
    }

    public static int int32(byte[] octets, int at) {
        return (int) INT32.get(octets, at);
    }

    public static void putInt32(byte[] octets, int at, int value) {
        INT32.set(octets, at, value);
    }

    public static long int64(byte[] octets, int at) {
        return (long) INT64.get(octets, at);
    }

    static void putInt64(byte[] octets, int at, long value) {
        INT64.set(octets, at, value);
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }
}
