// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 of Aumasson and Bernstein, a keyed hash for short messages: without the key it cannot be predicted.
 * Makes no objects.
 */
public final class SipHash {

    /** Bytes of a key. */
    public static final int KEY_LENGTH = 16;

    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int ROUNDS_PER_WORD = 2;
    private static final int LAST_ROUNDS = 4;

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    private SipHash(byte[] key) {
        long k0 = (long) LITTLE_ENDIAN.get(key, 0);
        long k1 = (long) LITTLE_ENDIAN.get(key, Long.BYTES);
        v0 = 0x736f_6d65_7073_6575L ^ k0;
        v1 = 0x646f_7261_6e64_6f6dL ^ k1;
        v2 = 0x6c79_6765_6e65_7261L ^ k0;
        v3 = 0x7465_6462_7974_6573L ^ k1;
    }

    /**
     * The hash, whose bytes the standards write with the lowest first.
     *
     * @param key 16 bytes
     */
    public static long hash(byte[] key, byte[] message, int length) {
        var state = new SipHash(key); // does not leave this method, so the compiler keeps it in registers
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            state.take((long) LITTLE_ENDIAN.get(message, at));
        }
        long last = (long) length << (Long.SIZE - Byte.SIZE);
        for (int i = 0; at + i < length; i++) {
            last |= (message[at + i] & 0xffL) << (Byte.SIZE * i);
        }
        state.take(last);
        return state.end();
    }

    private void take(long word) {
        v3 ^= word;
        mix(ROUNDS_PER_WORD);
        v0 ^= word;
    }

    private long end() {
        v2 ^= 0xff;
        mix(LAST_ROUNDS);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void mix(int rounds) {
        for (int i = 0; i < rounds; i++) {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
