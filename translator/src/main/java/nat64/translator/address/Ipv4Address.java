// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

/**
 * Text form of IPv4 addresses. Everywhere else an IPv4 address is an {@code int}, with its first byte on top.
 */
public final class Ipv4Address {

    private static final int NOT_AN_OCTET = -1;

    private Ipv4Address() {}

    /**
     * Parses a dotted quad: four decimal numbers and nothing else.
     *
     * @throws IllegalArgumentException if the text is not an address
     */
    public static int parse(String text) {
        int address = 0;
        int from = 0;
        for (int i = 0; i < 4; i++) {
            int end = i < 3 ? text.indexOf('.', from) : text.length();
            int octet = end < 0 ? NOT_AN_OCTET : octet(text, from, end);
            if (octet == NOT_AN_OCTET) {
                throw new IllegalArgumentException("not an IPv4 address: " + text);
            }
            address = address << 8 | octet;
            from = end + 1;
        }
        return address;
    }

    private static int octet(String text, int from, int end) {
        if (from == end || end - from > 3) {
            return NOT_AN_OCTET;
        }
        int value = 0;
        for (int i = from; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NOT_AN_OCTET;
            }
            value = 10 * value + digit;
        }
        return value > 255 ? NOT_AN_OCTET : value;
    }

    /** The dotted quad. */
    public static String format(int address) {
        return (address >>> 24) + "." + ((address >>> 16) & 0xff) + "." + ((address >>> 8) & 0xff) + "."
                + (address & 0xff);
    }
}
