// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import java.lang.foreign.MemorySegment;

/**
 * The Internet checksum: the ones' complement of the ones' complement sum of 16-bit words (RFC 1071). A <em>sum</em> here
 * is not yet complemented; a <em>checksum</em> is what stands in a header.
 */
public final class Checksum {

    /** Of 0xffff, so that it is nothing to a ones' complement sum, and larger than any sum that is taken from it. */
    private static final long MULTIPLE = 0xffffL << 44;

    private Checksum() {}

    /** A sum of any width brought to 16 bits. */
    public static int fold(long sum) {
        long folded = (sum >>> 32) + (sum & 0xffff_ffffL);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        return (int) folded;
    }

    /** The sum of some octets, not folded; a last odd octet counts as if a zero followed. */
    public static long sum(MemorySegment buffer, long at, long length) {
        long sum = 0;
        long end = at + length;
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

    /** The sum of an IPv4 address, not folded. */
    public static long sum(int ipv4) {
        return ipv4 & 0xffff_ffffL;
    }

    /** The sum of an IPv6 address, not folded. */
    public static long sum(long high, long low) {
        return (high >>> 32) + (high & 0xffff_ffffL) + (low >>> 32) + (low & 0xffff_ffffL);
    }

    /** The checksum of a sum. */
    public static int of(long sum) {
        return ~fold(sum) & 0xffff;
    }

    /**
     * A checksum after what it covers has changed (RFC 1624, equation 3). A wrong checksum stays wrong.
     *
     * @param removed sum of what was there, not folded
     * @param added sum of what stands there now, not folded
     */
    public static int update(int checksum, long removed, long added) {
        return of((~checksum & 0xffff) + (MULTIPLE - removed) + added);
    }

    /** As {@link #update} for a field that holds a sum: the pseudo-header of a packet whose checksum is still to come. */
    public static int updateSum(int sum, long removed, long added) {
        return fold(sum + (MULTIPLE - removed) + added);
    }
}
