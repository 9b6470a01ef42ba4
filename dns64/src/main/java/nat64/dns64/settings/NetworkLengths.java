// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

/**
 * How long the prefixes are whose clients share limits, in bits.
 *
 * @param ipv6 16 to 64: a client may have any address of its /64
 * @param ipv4 8 to 32
 */
public record NetworkLengths(int ipv6, int ipv4) {

    public static final NetworkLengths DEFAULT = new NetworkLengths(56, 24);

    public static final int SHORTEST_IPV6 = 16;
    public static final int LONGEST_IPV6 = 64;
    public static final int SHORTEST_IPV4 = 8;
    public static final int LONGEST_IPV4 = 32;

    public NetworkLengths {
        require(ipv6, SHORTEST_IPV6, LONGEST_IPV6);
        require(ipv4, SHORTEST_IPV4, LONGEST_IPV4);
    }

    private static void require(int length, int shortest, int longest) {
        if (length < shortest || length > longest) {
            throw new IllegalArgumentException(
                    "the length must be between %d and %d, not %d".formatted(shortest, longest, length));
        }
    }
}
