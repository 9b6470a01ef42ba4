// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

/** Where the fields of an ICMP header are, version 4 (RFC 792) and 6 (RFC 4443) alike. */
public final class IcmpHeader {

    /** Octets before the data or the quoted packet. */
    public static final int LENGTH = 8;

    /** Offset of the type. */
    public static final int TYPE = 0;

    /** Offset of the code. */
    public static final int CODE = 1;

    /** Offset of the checksum. */
    public static final int CHECKSUM = 2;

    /** Offset of an echo's identifier. */
    public static final int IDENTIFIER = 4;

    /** Offset of the 32 bits that mean what the type says. */
    public static final int REST = 4;

    /** Offset of the MTU in an ICMPv4 Fragmentation Needed (RFC 1191, section 4). */
    public static final int MTU_V4 = 6;

    /** Offset of the pointer in an ICMPv4 Parameter Problem. */
    public static final int POINTER_V4 = 4;

    /** Offset of the length of the quoted packet in an ICMPv4 error, in 32-bit words (RFC 4884, section 4.1). */
    public static final int QUOTE_WORDS_V4 = 5;

    /** Offset of the length of the quoted packet in an ICMPv6 error, in 64-bit words (RFC 4884, section 4.4). */
    public static final int QUOTE_WORDS_V6 = 4;

    private IcmpHeader() {}
}
