// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

/**
 * The ICMP error that the sender of a dropped packet gets, in the sender's IP version: ICMPv6 (RFC 4443) or ICMPv4 (RFC
 * 792).
 */
public enum IcmpError {
    SILENT(-1, -1, -1, -1),
    /** ICMPv6 1/1, ICMPv4 3/13. */
    ADMINISTRATIVELY_PROHIBITED(1, 1, 3, 13),
    /** ICMPv4 3/13 only: RFC 7915, section 5.4, sends no error for a dropped ICMPv6 message. */
    ICMPV4_PROHIBITED(-1, -1, 3, 13),
    /** ICMPv6 1/3, ICMPv4 3/1 (RFC 6146, section 3.5). */
    ADDRESS_UNREACHABLE(1, 3, 3, 1),
    /** ICMPv6 1/4, ICMPv4 3/2 (RFC 6146, section 3.4). */
    PROTOCOL_UNSUPPORTED(1, 4, 3, 2),
    /** ICMPv6 2/0, ICMPv4 3/4 (RFC 7915, sections 4.1 and 5.1.1); carries an MTU. */
    TOO_BIG(2, 0, 3, 4),
    /** ICMPv6 1/4, ICMPv4 3/3 (RFC 6146, section 3.5.2.2). */
    PORT_UNREACHABLE(1, 4, 3, 3),
    /** ICMPv6 3/0, ICMPv4 11/0. */
    TIME_EXCEEDED(3, 0, 11, 0),
    /** ICMPv6 4/0 only (RFC 7915, section 5.1); carries a pointer. */
    SEGMENTS_LEFT(4, 0, -1, -1),
    /** ICMPv4 3/5 only (RFC 7915, section 4.1). */
    SOURCE_ROUTE_FAILED(-1, -1, 3, 5);

    private final int typeV6;
    private final int codeV6;
    private final int typeV4;
    private final int codeV4;

    IcmpError(int typeV6, int codeV6, int typeV4, int codeV4) {
        this.typeV6 = typeV6;
        this.codeV6 = codeV6;
        this.typeV4 = typeV4;
        this.codeV4 = codeV4;
    }

    /** ICMPv6 type, or -1 if an IPv6 sender gets no error. */
    public int typeV6() {
        return typeV6;
    }

    public int codeV6() {
        return codeV6;
    }

    /** ICMPv4 type, or -1 if an IPv4 sender gets no error. */
    public int typeV4() {
        return typeV4;
    }

    public int codeV4() {
        return codeV4;
    }
}
