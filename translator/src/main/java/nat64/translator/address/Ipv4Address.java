// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import java.util.regex.Pattern;

/**
 * Text form of IPv4 addresses. Everywhere else an IPv4 address is an {@code int}, with its first byte on top.
 */
public final class Ipv4Address {

    private static final Pattern DOTTED_QUAD = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    private Ipv4Address() {}

    /**
     * Parses a dotted quad: four decimal numbers and nothing else.
     *
     * @throws IllegalArgumentException if the text is not an address
     */
    public static int parse(String text) {
        var quad = DOTTED_QUAD.matcher(text);
        if (!quad.matches()) {
            throw new IllegalArgumentException("not an IPv4 address: " + text);
        }
        int address = 0;
        for (int i = 1; i <= 4; i++) {
            int part = Integer.parseInt(quad.group(i));
            if (part > 255) {
                throw new IllegalArgumentException("not an IPv4 address: " + text);
            }
            address = (address << 8) | part;
        }
        return address;
    }

    /** The dotted quad. */
    public static String format(int address) {
        return (address >>> 24) + "." + ((address >>> 16) & 0xff) + "." + ((address >>> 8) & 0xff) + "."
                + (address & 0xff);
    }
}
