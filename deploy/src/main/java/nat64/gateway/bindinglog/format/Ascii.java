// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Numbers and addresses as text, written without an object for each. */
final class Ascii {

    private static final byte[] HEX = bytes("0123456789abcdef");
    private static final int GROUPS = 8;

    private Ascii() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A number that is not negative. */
    static void decimal(ByteBuffer into, long number) {
        if (number >= 10) {
            decimal(into, number / 10);
        }
        into.put((byte) ('0' + number % 10));
    }

    /** With zeros in front. */
    static void decimal(ByteBuffer into, int number, int digits) {
        if (digits > 1) {
            decimal(into, number / 10, digits - 1);
        }
        into.put((byte) ('0' + number % 10));
    }

    /** As a dotted quad. */
    static void ipv4(ByteBuffer into, int address) {
        decimal(into, address >>> 24);
        into.put((byte) '.');
        decimal(into, (address >>> 16) & 0xff);
        into.put((byte) '.');
        decimal(into, (address >>> 8) & 0xff);
        into.put((byte) '.');
        decimal(into, address & 0xff);
    }

    /** In the canonical form (RFC 5952); a client is never IPv4-mapped. */
    static void ipv6(ByteBuffer into, long high, long low) {
        int zeros = longestZeros(high, low);
        int first = zeros >>> 8;
        int end = first + (zeros & 0xff);
        for (int i = 0; i < GROUPS; i++) {
            if (i == first) {
                into.put((byte) ':').put((byte) ':');
                i = end - 1;
            } else {
                if (i > 0 && i != end) {
                    into.put((byte) ':');
                }
                hex(into, group(high, low, i));
            }
        }
    }

    /** Where the longest run of two or more zeros begins, above its length; a run at 8 if there is none. */
    private static int longestZeros(long high, long low) {
        int best = GROUPS << 8;
        int longest = 1; // RFC 5952, section 4.2.2: a single group is not shortened
        for (int i = 0; i < GROUPS; i++) {
            int length = 0;
            while (i + length < GROUPS && group(high, low, i + length) == 0) {
                length++;
            }
            if (length > longest) {
                longest = length;
                best = (i << 8) | length;
            }
            i += length;
        }
        return best;
    }

    private static int group(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (16 * (3 - (index & 3)))) & 0xffff;
    }

    private static void hex(ByteBuffer into, int group) {
        int shift = group >= 0x1000 ? 12 : group >= 0x100 ? 8 : group >= 0x10 ? 4 : 0;
        for (; shift >= 0; shift -= 4) {
            into.put(HEX[(group >>> shift) & 0xf]);
        }
    }
}
