// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.capture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Writes IP packets to a classic pcap file of link type raw IP. One thread. */
public final class CaptureWriter implements AutoCloseable {

    private final OutputStream output;
    private final CaptureFormat format;

    private CaptureWriter(OutputStream output, CaptureFormat format) {
        this.output = output;
        this.format = format;
    }

    /** Creates the file, or empties it. */
    static CaptureWriter create(Path file, CaptureFormat format) throws IOException {
        var output = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        output.write(format.fileHeader().array());
        return new CaptureWriter(output, format);
    }

    /** Adds a packet, its IP header first. */
    public void write(Instant time, byte[] packet) throws IOException {
        var header = ByteBuffer.allocate(CaptureFormat.FRAME_HEADER)
                .order(format.byteOrder())
                .putInt((int) time.getEpochSecond())
                .putInt(time.getNano() / format.nanosPerUnit())
                .putInt(packet.length)
                .putInt(packet.length);
        output.write(header.array());
        output.write(packet);
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
