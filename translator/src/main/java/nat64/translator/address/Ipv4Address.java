// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import java.util.regex.Pattern;

/**
 * Text form of IPv4 addresses. Everywhere else an IPv4 address is an {@code int}, its first octet on top.
 */
public final class Ipv4Address {

    private static final Pattern DOTTED_QUAD = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    private Ipv4Address() {}

    /**
     * Reads a dotted quad, four decimal octets and nothing else.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static int parse(String text) {
        var quad = DOTTED_QUAD.matcher(text);
        if (!quad.matches()) {
            throw new IllegalArgumentException("not an IPv4 address: " + text);
        }
        int address = 0;
        for (int i = 1; i <= 4; i++) {
            int octet = Integer.parseInt(quad.group(i));
            if (octet > 255) {
                throw new IllegalArgumentException("not an IPv4 address: " + text);
            }
            address = (address << 8) | octet;
        }
        return address;
    }

    /** The dotted quad. */
    public static String format(int address) {
        return (address >>> 24) + "." + ((address >>> 16) & 0xff) + "." + ((address >>> 8) & 0xff) + "."
                + (address & 0xff);
    }
}
