// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The four kinds of classic pcap file (draft-ietf-opsawg-pcap): written on a host of either byte order, with stamps of
 * microseconds or nanoseconds.
 */
record CaptureFormat(ByteOrder byteOrder, int nanosPerUnit) {

    static final int FILE_HEADER = 24;
    static final int FRAME_HEADER = 16;

    /** What tcpdump writes by itself, and the most that it takes of a frame. */
    static final int LARGEST_FRAME = 262_144;

    static final int PCAPNG = 0x0a0d0d0a;
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;

    /** What the first four bytes of a file, read in network order, say. */
    static Optional<CaptureFormat> of(int magic) {
        return switch (magic) {
            case MICROSECONDS -> Optional.of(new CaptureFormat(ByteOrder.BIG_ENDIAN, 1000));
            case NANOSECONDS -> Optional.of(new CaptureFormat(ByteOrder.BIG_ENDIAN, 1));
            default ->
                switch (Integer.reverseBytes(magic)) {
                    case MICROSECONDS -> Optional.of(new CaptureFormat(ByteOrder.LITTLE_ENDIAN, 1000));
                    case NANOSECONDS -> Optional.of(new CaptureFormat(ByteOrder.LITTLE_ENDIAN, 1));
                    default -> Optional.empty();
                };
        };
    }

    /** The header of a file of raw IP packets. */
    ByteBuffer fileHeader() {
        return ByteBuffer.allocate(FILE_HEADER)
                .order(byteOrder)
                .putInt(nanosPerUnit == 1 ? NANOSECONDS : MICROSECONDS)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(LARGEST_FRAME)
                .putInt(LinkType.RAW_NUMBER)
                .flip();
    }
}
