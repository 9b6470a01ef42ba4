// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

import java.util.List;

/** Special-purpose IPv4 addresses (RFC 6890 and its IANA registry). */
public final class SpecialIpv4 {

    /** Not globally reachable, and so not allowed in the Well-Known Prefix (RFC 6052, section 3.1). */
    private static final List<Ipv4Prefix> NOT_GLOBAL = List.of(
            Ipv4Prefix.parse("0.0.0.0/8"),
            Ipv4Prefix.parse("10.0.0.0/8"),
            Ipv4Prefix.parse("100.64.0.0/10"),
            Ipv4Prefix.parse("127.0.0.0/8"),
            Ipv4Prefix.parse("169.254.0.0/16"),
            Ipv4Prefix.parse("172.16.0.0/12"),
            Ipv4Prefix.parse("192.0.0.0/24"),
            Ipv4Prefix.parse("192.0.2.0/24"),
            Ipv4Prefix.parse("192.88.99.0/24"),
            Ipv4Prefix.parse("192.168.0.0/16"),
            Ipv4Prefix.parse("198.18.0.0/15"),
            Ipv4Prefix.parse("198.51.100.0/24"),
            Ipv4Prefix.parse("203.0.113.0/24"),
            Ipv4Prefix.parse("224.0.0.0/4"),
            Ipv4Prefix.parse("240.0.0.0/4"));

    /** The first 16 bits of link-local addresses. */
    private static final int LINK_LOCAL = 0xa9fe;

    private SpecialIpv4() {}

    /** Whether the address may appear inside the Well-Known Prefix (RFC 6052, section 3.1). */
    public static boolean isGlobal(int address) {
        return isOutside(NOT_GLOBAL, address);
    }

    /**
     * Whether a router may forward a packet from or to the address: not this host (0.0.0.0/8), loopback, this link
     * (169.254.0.0/16), multicast, reserved or broadcast (RFC 1812, section 5.3.7; RFC 3927, section 2.7). Asked for
     * each packet.
     */
    public static boolean isRouted(int address) {
        int first = address >>> 24;
        return first != 0 && first != 127 && first < 224 && !isLinkLocal(address);
    }

    /** Whether the address belongs to a host of this link only: 169.254.0.0/16 (RFC 3927). */
    public static boolean isLinkLocal(int address) {
        return address >>> 16 == LINK_LOCAL;
    }

    private static boolean isOutside(List<Ipv4Prefix> ranges, int address) {
        for (int i = 0;
                i < ranges.size();
                i++) { // by index: called for each packet, and an iterator would be allocated
            if (ranges.get(i).contains(address)) {
                return false;
            }
        }
        return true;
    }
}
