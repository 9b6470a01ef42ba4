// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

/** The MTU that a Packet Too Big tells, from one side to the other (RFC 7915, sections 4.2 and 5.2). */
final class Mtu {

    /** How much longer an IPv6 header is than an IPv4 header. */
    static final int HEADER_GROWTH = 20;

    private static final int SMALLEST_IPV4 = 68;
    private static final int SMALLEST_IPV6 = 1280;
    private static final int LARGEST = 65_535;

    /** Sizes that paths have (RFC 1191, section 7.1), for routers that do not tell theirs. */
    private static final int[] PLATEAUS = {65_535, 32_000, 17_914, 8166, 4352, 2002, 1492, 1006, 508, 296, SMALLEST_IPV4
    };

    private Mtu() {}

    /** For the IPv6 sender, from what an IPv4 router says; 0 is a router older than RFC 1191. */
    static int toIpv6(int told, int quotedTotalLength) {
        int mtu = told == 0 ? plateauBelow(quotedTotalLength) : told;
        return Math.max(SMALLEST_IPV6, Math.min(mtu + HEADER_GROWTH, LARGEST));
    }

    /** For the IPv4 sender, from the 32 bits that an IPv6 router says. */
    static int toIpv4(int told) {
        long mtu = (told & 0xffff_ffffL) - HEADER_GROWTH;
        return (int) Math.max(SMALLEST_IPV4, Math.min(mtu, LARGEST));
    }

    private static int plateauBelow(int totalLength) {
        for (int plateau : PLATEAUS) {
            if (plateau < totalLength) {
                return plateau;
            }
        }
        return SMALLEST_IPV4;
    }
}
