// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import nat64.translator.packet.Layers;
import nat64.translator.wire.FragmentHeader;

/**
 * The MTU that an ICMP error advertises: an error of the translator's own (RFC 7915, sections 4.1 and 5.1), or an error
 * that it translates (sections 4.2 and 5.2).
 */
public final class Mtu {

    /** RFC 8200, section 5: the minimum MTU of an IPv6 link. */
    public static final int SMALLEST_IPV6 = 1280;

    /** RFC 791: the minimum MTU of an IPv4 link. */
    public static final int SMALLEST_IPV4 = 68;

    /** Bytes that an IPv6 header is longer than an IPv4 header. */
    static final int HEADER_GROWTH = 20;

    /** Usual path MTUs (RFC 1191, section 7.1), for routers that advertise none. */
    private static final int[] PLATEAUS = {65_535, 32_000, 17_914, 8166, 4352, 2002, 1492, 1006, 508, 296, SMALLEST_IPV4
    };

    private Mtu() {}

    /**
     * The MTU for an IPv6 sender whose packet is too big for the IPv4 side; or, if it fits there, for the IPv6 side, to
     * which it is hairpinned.
     *
     * @param length bytes of the packet
     */
    public static int forIpv6Sender(NextHopMtus mtus, int length) {
        int throughIpv4 = mtus.ipv4() + HEADER_GROWTH;
        return Math.max(SMALLEST_IPV6, length > throughIpv4 ? throughIpv4 : mtus.ipv6());
    }

    /**
     * The MTU for an IPv4 sender whose packet is too big for the IPv6 side. A fragment also grows by a Fragment header;
     * an MTU without that would make the sender repeat the same size.
     */
    public static int forIpv4Sender(NextHopMtus mtus, Layers tooBig) {
        return Math.max(SMALLEST_IPV4, mtus.ipv6() - growth(tooBig.isFragment()));
    }

    /** The MTU for an IPv6 sender from that of an IPv4 router; a router older than RFC 1191 advertises 0. */
    static int toIpv6(int advertisedMtu, int quotedTotalLength, NextHopMtus mtus) {
        int mtu = advertisedMtu == 0 ? plateauBelow(quotedTotalLength) : advertisedMtu;
        int least = Math.min(mtu + HEADER_GROWTH, Math.min(mtus.ipv6(), mtus.ipv4() + HEADER_GROWTH));
        return Math.max(SMALLEST_IPV6, least);
    }

    /**
     * The MTU for an IPv4 sender from that of an IPv6 router.
     *
     * @param advertisedMtu 32 bits without sign
     * @param quotedFragment whether the packet that was too big has a Fragment header
     */
    static int toIpv4(int advertisedMtu, boolean quotedFragment, NextHopMtus mtus) {
        long mtu = Math.min(advertisedMtu & 0xffff_ffffL, mtus.ipv6()) - growth(quotedFragment);
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
