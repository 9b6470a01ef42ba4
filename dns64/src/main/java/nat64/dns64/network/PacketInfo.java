// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.network;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/**
 * The control message of Linux that tells to which address of this host a datagram came, and with a response, from
 * which address it leaves (RFC 3542, section 6; ip(7), {@code IP_PKTINFO}). Pure, but for {@link #request}.
 *
 * <p>Layout: {@code struct cmsghdr} (length, level, type), then {@code struct in6_pktinfo} (address, interface), where
 * an IPv4 address is a mapped one; or, on a socket of IPv4, {@code struct in_pktinfo} (interface, local address,
 * destination).
 */
public final class PacketInfo {

    /** Bytes of the larger one, with its header. */
    static final int LENGTH = 40;

    private static final int LEVEL = Long.BYTES;
    private static final int TYPE = LEVEL + Integer.BYTES;
    private static final int DATA = TYPE + Integer.BYTES;
    private static final int IPV6_INTERFACE = DATA + 16;

    private static final int IPPROTO_IP = 0;
    private static final int IP_PKTINFO = 8;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int LINK_LOCAL = 0xfe80;
    private static final int LINK_LOCAL_MASK = 0xffc0;

    private PacketInfo() {}

    /** Has a socket tell it with each datagram; false if it can't. A socket of IPv6 tells it of IPv4, too. */
    public static boolean request(int fd) {
        return DatagramCalls.setOption(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)
                || DatagramCalls.setOption(fd, IPPROTO_IP, IP_PKTINFO, 1);
    }

    /**
     * Makes of what came with a query what goes with the response. The interface is left to the routes, which may send
     * the response another way than the query came, but for a link-local address, which means nothing without it.
     */
    static void turnAround(MemorySegment control, long at) {
        if (control.get(JAVA_INT, at + LEVEL) == IPPROTO_IP) {
            control.set(JAVA_INT, at + DATA, 0);
        } else {
            int first =
                    (control.get(JAVA_BYTE, at + DATA) & 0xff) << 8 | (control.get(JAVA_BYTE, at + DATA + 1) & 0xff);
            if ((first & LINK_LOCAL_MASK) != LINK_LOCAL) {
                control.set(JAVA_INT, at + IPV6_INTERFACE, 0);
            }
        }
    }
}
