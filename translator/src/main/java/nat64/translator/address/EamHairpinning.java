// SPDX-License-Identifier: Apache-2.0
package nat64.translator.address;

/** How two IPv6 hosts with Explicit Address Mappings reach each other by their IPv4 addresses (RFC 7757, section 4.2). */
public enum EamHairpinning {
    /** The translator sends these packets back itself (section 4.2.2). */
    INTRINSIC,
    /** A router on the IPv4 side sends them back; sources from there never get their own IPv6 address (section 4.2.1). */
    SIMPLE,
    OFF
}
