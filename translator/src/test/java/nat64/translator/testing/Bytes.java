// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Memory for header tests. Bytes that a test does not set are 0xa5, so that a write that is missing or too wide shows.
 */
public final class Bytes {

    private static final byte UNSET = (byte) 0xa5;

    private Bytes() {}

    /** Memory with no byte set. */
    public static MemorySegment unset(int length) {
        var bytes = new byte[length];
        Arrays.fill(bytes, UNSET);
        return MemorySegment.ofArray(bytes);
    }

    /** Memory with these bytes from {@code at}, and unset bytes around them. */
    public static MemorySegment at(int at, String hex) {
        var bytes = of(hex);
        var memory = unset(at + bytes.length + at);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, at, bytes.length);
        return memory;
    }

    /** The bytes of a hex string; spaces separate fields. */
    public static byte[] of(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** All of the memory in hex. */
    public static String hex(MemorySegment memory) {
        return HexFormat.of().formatHex(memory.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
    }

    /** What {@link #hex} is if these fields were written from {@code at}, and nothing else. */
    public static String only(int at, String fields) {
        return hex(at(at, fields));
    }
}
