// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

import java.lang.foreign.MemorySegment;

/**
 * The UDP header (RFC 768), read and written in place. {@code at} is where the header starts; the buffer must hold
 * {@link #LENGTH} bytes from there. {@link Ports} reads and writes the ports.
 */
public final class UdpHeader {

    /** Bytes of the header. */
    public static final int LENGTH = 8;

    /** Offset of the checksum. */
    public static final int CHECKSUM = 6;

    /** Value of the checksum field when there is no checksum. */
    public static final int NO_CHECKSUM = 0;

    private static final int DATAGRAM_LENGTH = 4;

    private UdpHeader() {}

    /** Bytes of header and data, as the header says. */
    public static int datagramLength(MemorySegment buffer, int at) {
        return Octets.u16(buffer, at + DATAGRAM_LENGTH);
    }

    public static void datagramLength(MemorySegment buffer, int at, int bytes) {
        Octets.u16(buffer, at + DATAGRAM_LENGTH, bytes);
    }

    public static int checksum(MemorySegment buffer, int at) {
        return Octets.u16(buffer, at + CHECKSUM);
    }

    public static void checksum(MemorySegment buffer, int at, int checksum) {
        Octets.u16(buffer, at + CHECKSUM, checksum);
    }
}
