// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

/** Hashes of tuples, keyed by a secret so that no one outside can choose addresses that collide. */
public final class Hash {

    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private final long secretA;
    private final long secretB;
    private final long secretC;

    public Hash(long secret) {
        secretA = spread(secret);
        secretB = spread(secretA + GOLDEN);
        secretC = spread(secretB + GOLDEN) | 1;
    }

    /** Two multiplications of 64 by 64 bits, folded: every bit of the input reaches every bit of the answer. */
    public int of(long a, long b, long c) {
        long hash = fold(fold(a ^ secretA, b ^ secretB) ^ c, secretC);
        return (int) (hash ^ (hash >>> 32));
    }

    private static long fold(long a, long b) {
        return (a * b) ^ Math.unsignedMultiplyHigh(a, b);
    }

    /** Makes of a secret another that looks nothing like it. */
    private static long spread(long value) {
        long mixed = (value ^ (value >>> 32)) * 0xd6e8_feb8_6659_fd93L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8_feb8_6659_fd93L;
        return mixed ^ (mixed >>> 32);
    }
}
