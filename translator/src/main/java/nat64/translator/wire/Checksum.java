// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import java.lang.foreign.MemorySegment;

/**
 * The Internet checksum: the ones' complement of the ones' complement sum of 16-bit words (RFC 1071). A <em>sum</em> is
 * not complemented yet, and not folded to 16 bits unless stated; a <em>checksum</em> is the value of a header field.
 */
public final class Checksum {

    /**
     * A multiple of 0xffff, so that it adds nothing to a ones' complement sum, and larger than any sum subtracted from
     * it.
     */
    private static final long MULTIPLE = 0xffffL << 44;

    private Checksum() {}

    /** Folds a sum of any width to 16 bits. */
    public static int fold(long sum) {
        long folded = (sum >>> 32) + (sum & 0xffff_ffffL);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        return (int) folded;
    }

    /** The sum of {@code length} bytes; a last odd byte counts as if a zero followed. */
    public static long sum(MemorySegment buffer, int at, int length) {
        long sum = 0;
        int end = at + length;
        for (; at + 8 <= end; at += 8) {
            long word = Octets.u64(buffer, at);
            sum += (word >>> 32) + (word & 0xffff_ffffL);
        }
        if (at + 4 <= end) {
            sum += Octets.u32(buffer, at) & 0xffff_ffffL;
            at += 4;
        }
        if (at + 2 <= end) {
            sum += Octets.u16(buffer, at);
            at += 2;
        }
        return at < end ? sum + (Octets.u8(buffer, at) << 8) : sum;
    }

    /** The sum of a 32-bit word: an IPv4 address, or both ports. */
    public static long sum(int word) {
        return word & 0xffff_ffffL;
    }

    /** The sum of an IPv6 address. */
    public static long sum(long high, long low) {
        return (high >>> 32) + (high & 0xffff_ffffL) + (low >>> 32) + (low & 0xffff_ffffL);
    }

    /** The checksum of a sum. */
    public static int of(long sum) {
        return ~fold(sum) & 0xffff;
    }

    /** The checksum of a sum, for a header of this protocol: a UDP checksum is never 0 ({@link #nonZero}). */
    public static int of(long sum, int protocol) {
        int checksum = of(sum);
        return protocol == IpProtocol.UDP ? nonZero(checksum) : checksum;
    }

    /**
     * The checksum with 0 replaced by 0xffff, the other zero of ones' complement: in a UDP header, 0 means that there
     * is no checksum (RFC 768).
     */
    public static int nonZero(int checksum) {
        return checksum == 0 ? 0xffff : checksum;
    }

    /**
     * What replacing words changes in a sum. Changes can be added.
     *
     * @param removed sum of the old words
     * @param added sum of the new words
     */
    public static long change(long removed, long added) {
        return MULTIPLE - removed + added;
    }

    /** A checksum after such a change (RFC 1624, equation 3). A wrong checksum stays wrong. */
    public static int update(int checksum, long change) {
        return of((~checksum & 0xffff) + change);
    }

    /** As {@link #update(int, long)}, for a header of this protocol: a UDP checksum is never 0. */
    public static int update(int checksum, long change, int protocol) {
        return of((~checksum & 0xffff) + change, protocol);
    }

    /**
     * As {@link #update(int, long)}, for a field that holds the sum of the pseudo-header until a device completes it.
     */
    public static int updateSum(int sum, long change) {
        return fold(sum + change);
    }
}
