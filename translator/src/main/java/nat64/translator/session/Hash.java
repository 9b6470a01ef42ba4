// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

/** Hashes of tuples, keyed by a secret so that nobody can choose addresses that collide. */
final class Hash {

    private final long secret;

    Hash(long secret) {
        this.secret = secret;
    }

    int of(long a, long b, long c) {
        long mixed = mix(a ^ secret);
        mixed = mix(mixed + b);
        mixed = mix(mixed + c);
        return (int) (mixed >>> 32);
    }

    /** One round of a multiply-and-fold mixer: every bit of the input reaches every bit of the answer. */
    private static long mix(long value) {
        long product = value * 0x9e37_79b9_7f4a_7c15L;
        long folded = (product ^ (product >>> 32)) * 0xd6e8_feb8_6659_fd93L;
        return folded ^ (folded >>> 32);
    }
}
