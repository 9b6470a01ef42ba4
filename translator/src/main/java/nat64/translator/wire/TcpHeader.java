// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import java.lang.foreign.MemorySegment;

/**
 * The TCP header (RFC 9293, section 3.1), read and written in place. {@code at} is where the header starts; the buffer
 * must hold at least {@link #LENGTH} bytes from there. {@link Ports} reads and writes the ports.
 */
public final class TcpHeader {

    /** Bytes of a header without options. */
    public static final int LENGTH = 20;

    /** Bytes that every ICMP error quotes: ports and sequence number (RFC 792). */
    public static final int QUOTED_LENGTH = 8;

    /** Offset of the checksum. */
    public static final int CHECKSUM = 16;

    /** Kind of the option that ends the options (RFC 9293, section 3.2). */
    public static final int END_OF_OPTIONS = 0;

    /** Kind of the option that is one byte of padding. */
    public static final int NO_OPERATION = 1;

    /** Kind of the option Maximum Segment Size: four bytes, the last two the size. */
    public static final int MAXIMUM_SEGMENT_SIZE = 2;

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int CWR = 0x80;

    private static final int SEQUENCE = 4;
    private static final int ACKNOWLEDGMENT = 8;
    private static final int DATA_OFFSET = 12;
    private static final int FLAGS = 13;

    private TcpHeader() {}

    public static int sequence(MemorySegment buffer, int at) {
        return Octets.u32(buffer, at + SEQUENCE);
    }

    public static void sequence(MemorySegment buffer, int at, int number) {
        Octets.u32(buffer, at + SEQUENCE, number);
    }

    /** The acknowledgment number. */
    public static int acknowledgment(MemorySegment buffer, int at) {
        return Octets.u32(buffer, at + ACKNOWLEDGMENT);
    }

    public static void acknowledgment(MemorySegment buffer, int at, int number) {
        Octets.u32(buffer, at + ACKNOWLEDGMENT, number);
    }

    /** The sequence number above, the acknowledgment number below. */
    public static long numbers(MemorySegment buffer, int at) {
        return Octets.u64(buffer, at + SEQUENCE);
    }

    /** Bytes of the header with its options, as its Data Offset says: 0 to 60. */
    public static int headerLength(MemorySegment buffer, int at) {
        return (Octets.u8(buffer, at + DATA_OFFSET) >>> 4) * 4;
    }

    /** The eight flags, from CWR to FIN. */
    public static int flags(MemorySegment buffer, int at) {
        return Octets.u8(buffer, at + FLAGS);
    }

    public static void flags(MemorySegment buffer, int at, int flags) {
        Octets.u8(buffer, at + FLAGS, flags);
    }

    public static int checksum(MemorySegment buffer, int at) {
        return Octets.u16(buffer, at + CHECKSUM);
    }

    public static void checksum(MemorySegment buffer, int at, int checksum) {
        Octets.u16(buffer, at + CHECKSUM, checksum);
    }

    /** Writes a header without options. Sequence numbers, window and checksum are 0. */
    public static void write(MemorySegment buffer, int at, int ports, int flags) {
        Ports.both(buffer, at, ports);
        Octets.u32(buffer, at + SEQUENCE, 0);
        Octets.u32(buffer, at + ACKNOWLEDGMENT, 0);
        Octets.u32(buffer, at + DATA_OFFSET, ((LENGTH / 4) << 28) | (flags << 16));
        Octets.u32(buffer, at + CHECKSUM, 0);
    }
}
