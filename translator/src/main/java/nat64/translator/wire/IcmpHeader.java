// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import java.lang.foreign.MemorySegment;

/**
 * The ICMP header, read and written in place: version 4 (RFC 792) and 6 (RFC 4443) have the same layout. {@code at} is
 * where the header starts; the buffer must hold {@link #LENGTH} bytes from there. A <em>message</em> is the type in the
 * upper and the code in the lower byte of 16 bits, as they are in the header.
 */
public final class IcmpHeader {

    /** Bytes before the data or the quoted packet. */
    public static final int LENGTH = 8;

    /** Offset of the checksum. */
    public static final int CHECKSUM = 2;

    private static final int CODE = 1;
    private static final int IDENTIFIER = 4;
    private static final int REST = 4;
    private static final int MTU_V4 = 6;
    private static final int POINTER_V4 = 4;
    private static final int QUOTE_WORDS_V4 = 5;
    private static final int QUOTE_WORDS_V6 = 4;

    private IcmpHeader() {}

    /** The message of this type and code. */
    public static int message(int type, int code) {
        return (type << 8) | code;
    }

    public static int type(MemorySegment buffer, int at) {
        return Octets.u8(buffer, at);
    }

    public static int code(MemorySegment buffer, int at) {
        return Octets.u8(buffer, at + CODE);
    }

    public static int message(MemorySegment buffer, int at) {
        return Octets.u16(buffer, at);
    }

    public static void message(MemorySegment buffer, int at, int message) {
        Octets.u16(buffer, at, message);
    }

    public static int checksum(MemorySegment buffer, int at) {
        return Octets.u16(buffer, at + CHECKSUM);
    }

    public static void checksum(MemorySegment buffer, int at, int checksum) {
        Octets.u16(buffer, at + CHECKSUM, checksum);
    }

    /** Identifier of an echo. */
    public static int identifier(MemorySegment buffer, int at) {
        return Octets.u16(buffer, at + IDENTIFIER);
    }

    public static void identifier(MemorySegment buffer, int at, int identifier) {
        Octets.u16(buffer, at + IDENTIFIER, identifier);
    }

    /** The last 32 bits, whose meaning depends on the type: the MTU or the pointer of ICMPv6. */
    public static int rest(MemorySegment buffer, int at) {
        return Octets.u32(buffer, at + REST);
    }

    /** MTU of an ICMPv4 Fragmentation Needed (RFC 1191, section 4). */
    public static int mtuV4(MemorySegment buffer, int at) {
        return Octets.u16(buffer, at + MTU_V4);
    }

    /** Pointer of an ICMPv4 Parameter Problem. */
    public static int pointerV4(MemorySegment buffer, int at) {
        return Octets.u8(buffer, at + POINTER_V4);
    }

    /** Length of the quoted packet in an ICMPv4 error, in 32-bit words (RFC 4884, section 4.1). */
    public static int quoteWordsV4(MemorySegment buffer, int at) {
        return Octets.u8(buffer, at + QUOTE_WORDS_V4);
    }

    public static void quoteWordsV4(MemorySegment buffer, int at, int words) {
        Octets.u8(buffer, at + QUOTE_WORDS_V4, words);
    }

    /** Length of the quoted packet in an ICMPv6 error, in 64-bit words (RFC 4884, section 4.4). */
    public static int quoteWordsV6(MemorySegment buffer, int at) {
        return Octets.u8(buffer, at + QUOTE_WORDS_V6);
    }

    /** Writes the header; {@link #updateChecksum} completes it. */
    public static void write(MemorySegment buffer, int at, int message, int rest) {
        Octets.u32(buffer, at, message << 16);
        Octets.u32(buffer, at + REST, rest);
    }

    /**
     * Computes the checksum of the message that ends at {@code end}, and writes it.
     *
     * @param pseudoHeader sum of the IPv6 pseudo-header, 0 in ICMPv4
     */
    public static void updateChecksum(MemorySegment buffer, int at, int end, long pseudoHeader) {
        checksum(buffer, at, 0);
        checksum(buffer, at, Checksum.of(pseudoHeader + Checksum.sum(buffer, at, end - at)));
    }
}
