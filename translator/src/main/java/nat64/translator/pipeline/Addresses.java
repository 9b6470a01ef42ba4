// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

/** Which addresses may be the source of a packet that a router forwards. */
public final class Addresses {

    private Addresses() {}

    /** RFC 7915, section 5.1: not unspecified, loopback, multicast or link-local. */
    public static boolean isLegalSource(long high, long low) {
        boolean unspecifiedOrLoopback = high == 0 && (low == 0 || low == 1);
        boolean multicast = high >>> 56 == 0xff;
        boolean linkLocal = high >>> 54 == 0xfe80 >>> 6;
        return !unspecifiedOrLoopback && !multicast && !linkLocal;
    }

    /**
     * RFC 7915, section 4.1, and RFC 1812, section 5.3.7: not this host, loopback, multicast, reserved or broadcast.
     */
    public static boolean isLegalSource(int ipv4) {
        int first = ipv4 >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    public static boolean isMulticast(long ipv6High) {
        return ipv6High >>> 56 == 0xff;
    }
}
