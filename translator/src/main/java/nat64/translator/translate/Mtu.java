// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import nat64.translator.packet.Layers;
import nat64.translator.wire.FragmentHeader;

/**
 * The MTU that an ICMP error tells: of the translator's own (RFC 7915, sections 4.1 and 5.1.1), or carried from one side
 * to the other (sections 4.2 and 5.2).
 */
public final class Mtu {

    /** RFC 8200, section 5: what every IPv6 link takes. */
    public static final int SMALLEST_IPV6 = 1280;

    /** RFC 791: what every IPv4 link takes. */
    public static final int SMALLEST_IPV4 = 68;

    /** How much longer an IPv6 header is than an IPv4 header. */
    static final int HEADER_GROWTH = 20;

    /** Sizes that paths have (RFC 1191, section 7.1), for routers that do not tell theirs. */
    private static final int[] PLATEAUS = {65_535, 32_000, 17_914, 8166, 4352, 2002, 1492, 1006, 508, 296, SMALLEST_IPV4
    };

    private Mtu() {}

    /** What an IPv6 sender is told whose packet is too big for the IPv4 side. */
    public static int forIpv6Sender(NextHopMtus mtus) {
        return Math.max(SMALLEST_IPV6, mtus.ipv4() + HEADER_GROWTH);
    }

    /**
     * What an IPv4 sender is told whose packet is too big for the IPv6 side. A fragment grows by a Fragment header, too;
     * if its sender were not told of that, it would send the same again.
     */
    public static int forIpv4Sender(NextHopMtus mtus, Layers tooBig) {
        return Math.max(SMALLEST_IPV4, mtus.ipv6() - growth(tooBig.isFragment()));
    }

    /** For the IPv6 sender, from what an IPv4 router says; 0 is a router older than RFC 1191. */
    static int toIpv6(int told, int quotedTotalLength, NextHopMtus mtus) {
        int mtu = told == 0 ? plateauBelow(quotedTotalLength) : told;
        int least = Math.min(mtu + HEADER_GROWTH, Math.min(mtus.ipv6(), mtus.ipv4() + HEADER_GROWTH));
        return Math.max(SMALLEST_IPV6, least);
    }

    /**
     * For the IPv4 sender, from the 32 bits that an IPv6 router says.
     *
     * @param quotedFragment whether the packet that was too big has a Fragment header
     */
    static int toIpv4(int told, boolean quotedFragment, NextHopMtus mtus) {
        long mtu = Math.min(told & 0xffff_ffffL, mtus.ipv6()) - growth(quotedFragment);
        return (int) Math.max(SMALLEST_IPV4, Math.min(mtu, mtus.ipv4()));
    }

    private static int growth(boolean fragment) {
        return fragment ? HEADER_GROWTH + FragmentHeader.LENGTH : HEADER_GROWTH;
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
