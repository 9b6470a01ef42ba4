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

    /** Never forwarded by a router, whatever the prefix: this host, this link, multicast and reserved addresses. */
    private static final List<Ipv4Prefix> NOT_ROUTED = List.of(
            Ipv4Prefix.parse("0.0.0.0/8"),
            Ipv4Prefix.parse("127.0.0.0/8"),
            Ipv4Prefix.parse("169.254.0.0/16"),
            Ipv4Prefix.parse("224.0.0.0/4"),
            Ipv4Prefix.parse("240.0.0.0/4"));

    private SpecialIpv4() {}

    /** Whether the address may appear inside the Well-Known Prefix (RFC 6052, section 3.1). */
    public static boolean isGlobal(int address) {
        return isOutside(NOT_GLOBAL, address);
    }

    /** Whether routers forward to the address. */
    public static boolean isRouted(int address) {
        return isOutside(NOT_ROUTED, address);
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
