// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Loads and stores unsigned fields in network byte order. This is the only class that knows byte order and sign.
 * Offsets count bytes from the beginning of the buffer, which holds one packet and so never needs more than an {@code
 * int}.
 */
public final class Octets {

    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(BIG_ENDIAN);

    private Octets() {}

    public static int u8(MemorySegment buffer, int at) {
        return buffer.get(U8, at) & 0xff;
    }

    public static void u8(MemorySegment buffer, int at, int value) {
        buffer.set(U8, at, (byte) value);
    }

    public static int u16(MemorySegment buffer, int at) {
        return buffer.get(U16, at) & 0xffff;
    }

    public static void u16(MemorySegment buffer, int at, int value) {
        buffer.set(U16, at, (short) value);
    }

    /** All 32 bits; an IPv4 address is such an {@code int}. */
    public static int u32(MemorySegment buffer, int at) {
        return buffer.get(U32, at);
    }

    public static void u32(MemorySegment buffer, int at, int value) {
        buffer.set(U32, at, value);
    }

    /** All 64 bits; half an IPv6 address is such a {@code long}. */
    public static long u64(MemorySegment buffer, int at) {
        return buffer.get(U64, at);
    }

    public static void u64(MemorySegment buffer, int at, long value) {
        buffer.set(U64, at, value);
    }
}
