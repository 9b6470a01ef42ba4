// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

/** Special-purpose IPv6 addresses (RFC 6890 and its IANA registry). */
public final class SpecialIpv6 {

    /** The upper 32 bits of the lower half of an IPv4-mapped address. */
    private static final int MAPPED = 0xffff;

    private SpecialIpv6() {}

    /**
     * Whether a router may forward a packet from or to the address: not unspecified, loopback, IPv4-mapped, multicast
     * or link-local (RFC 4291, sections 2.5.2, 2.5.3, 2.5.5.2, 2.5.6 and 2.7). A translator forwards to no group.
     */
    public static boolean isRouted(long high, long low) {
        boolean local = high == 0 && (low >>> 1 == 0 || low >>> Integer.SIZE == MAPPED);
        return !local && !isLinkLocal(high) && !isMulticast(high);
    }

    /** Whether an address with this upper half is link-local: fe80::/10. */
    public static boolean isLinkLocal(long high) {
        return high >>> 54 == 0xfe80 >>> 6;
    }

    /** Whether an address with this upper half belongs to a group. */
    public static boolean isMulticast(long high) {
        return high >>> 56 == 0xff;
    }
}
