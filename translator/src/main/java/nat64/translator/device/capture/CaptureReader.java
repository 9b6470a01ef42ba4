// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import nat64.translator.device.pcap.Libpcap;

/**
 * Reads the frames of a capture file, one after the other: classic pcap everywhere, pcapng with libpcap. One thread.
 */
public sealed interface CaptureReader extends AutoCloseable permits PcapFileReader, LibpcapReader {

    /**
     * Opens a file of link type raw IP or Ethernet.
     *
     * @throws CaptureException if it is not such a file
     * @throws IOException if it can't be read at all
     */
    static CaptureReader open(Path file) throws IOException {
        return magic(file) == CaptureFormat.PCAPNG
                ? LibpcapReader.open(file, Libpcap.obstacle())
                : PcapFileReader.open(file);
    }

    /**
     * The next frame, or nothing at the end of the file.
     *
     * @throws CaptureException if the file is damaged here; frames before it are good
     */
    Optional<CapturedFrame> next() throws IOException;

    /** A writer of a classic pcap file of raw IP packets, with times as exact as those that are read. */
    CaptureWriter writer(Path target) throws IOException;

    @Override
    void close() throws IOException;

    /** The first four bytes in network order, or 0 if there are not as many. */
    private static int magic(Path file) throws IOException {
        try (var input = Files.newInputStream(file)) {
            var first = ByteBuffer.wrap(input.readNBytes(Integer.BYTES));
            return first.remaining() < Integer.BYTES ? 0 : first.getInt();
        }
    }
}
