// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import java.nio.ByteBuffer;

/**
 * An IPv6 address as two {@code long}s in network order. {@link java.net.InetAddress} can't be used: it
 * makes {@code ::ffff:a.b.c.d} an IPv4 address.
 */
public record Ipv6Address(long high, long low) {

    /** Bytes of an address. */
    public static final int LENGTH = 16;

    /**
     * Parses any text form of RFC 4291, section 2.2, without a zone.
     *
     * @throws IllegalArgumentException if the text is not an address
     */
    public static Ipv6Address parse(String text) {
        return Ipv6Parser.parse(text);
    }

    /**
     * The address of these 16 bytes in network order.
     *
     * @throws IllegalArgumentException if there are not 16 bytes
     */
    public static Ipv6Address ofBytes(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("an IPv6 address has 16 bytes, not " + bytes.length);
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new Ipv6Address(buffer.getLong(), buffer.getLong());
    }

    /** The 16 bytes, in network order. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
    }

    /** Whether this is an IPv4-mapped address, {@code ::ffff:0:0/96} (RFC 4291, section 2.5.5.2). */
    public boolean isIpv4Mapped() {
        return high == 0 && (low >>> 32) == 0xffff;
    }

    /** The canonical text form (RFC 5952). */
    @Override
    public String toString() {
        return isIpv4Mapped() ? "::ffff:" + Ipv4Address.format((int) low) : format(high, low);
    }

    private static String format(long high, long low) {
        int runStart = -1;
        int runLength = 1; // RFC 5952, section 4.2.2: a single zero group is not shortened
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && group(high, low, i + length) == 0) {
                length++;
            }
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
            i += length;
        }
        var text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(group(high, low, i)));
            }
        }
        return text.toString();
    }

    private static int group(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (16 * (3 - index % 4))) & 0xffff;
    }
}
