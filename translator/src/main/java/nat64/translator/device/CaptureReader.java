// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Reads the frames of a classic pcap file, one after the other. One thread. */
public final class CaptureReader implements AutoCloseable {

    private static final int LINK_TYPE_MASK = 0x0fff_ffff; // the bits above tell of a frame check sequence

    private final Path file;
    private final InputStream input;
    private final CaptureFormat format;
    private final LinkType linkType;
    private int frames;

    private CaptureReader(Path file, InputStream input, CaptureFormat format, LinkType linkType) {
        this.file = file;
        this.input = input;
        this.format = format;
        this.linkType = linkType;
    }

    /**
     * Opens a file of link type raw IP or Ethernet.
     *
     * @throws CaptureException if it is not such a file
     * @throws IOException if it can't be read at all
     */
    public static CaptureReader open(Path file) throws IOException {
        var input = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            return open(file, input);
        } catch (IOException e) {
            input.close();
            throw e;
        }
    }

    private static CaptureReader open(Path file, InputStream input) throws IOException {
        var header = ByteBuffer.wrap(input.readNBytes(CaptureFormat.FILE_HEADER));
        int magic = header.remaining() >= 4 ? header.getInt(0) : 0;
        if (magic == CaptureFormat.PCAPNG) {
            throw new CaptureException(
                    file + " is a pcapng file; make a pcap file of it: editcap -F pcap " + file + " new.pcap");
        }
        var format = CaptureFormat.of(magic)
                .filter(_ -> header.remaining() == CaptureFormat.FILE_HEADER)
                .orElseThrow(() -> new CaptureException(file + " is no pcap file; take one with: tcpdump -w " + file));
        int number = header.order(format.byteOrder()).getInt(20) & LINK_TYPE_MASK;
        var linkType = LinkType.of(number)
                .orElseThrow(() -> new CaptureException(file + " has link type " + number
                        + "; only Ethernet (1) and raw IP (101) are read: capture on one interface, not on \"any\""));
        return new CaptureReader(file, input, format, linkType);
    }

    /**
     * The next frame, or nothing at the end of the file.
     *
     * @throws CaptureException if the file is damaged here; frames before it are good
     */
    public Optional<CapturedFrame> next() throws IOException {
        var header =
                ByteBuffer.wrap(input.readNBytes(CaptureFormat.FRAME_HEADER)).order(format.byteOrder());
        if (header.remaining() == 0) {
            return Optional.empty();
        }
        if (header.remaining() < CaptureFormat.FRAME_HEADER) {
            throw endsInside();
        }
        long seconds = header.getInt() & 0xffff_ffffL;
        long fraction = header.getInt() & 0xffff_ffffL;
        long captured = header.getInt() & 0xffff_ffffL;
        long lengthOnWire = header.getInt() & 0xffff_ffffL;
        if (captured > CaptureFormat.LARGEST_FRAME) {
            throw new CaptureException(file + " is damaged: frame " + (frames + 1) + " would have " + captured
                    + " octets; the frames before it are good");
        }
        var octets = input.readNBytes((int) captured);
        if (octets.length < captured) {
            throw endsInside();
        }
        frames++;
        var time = Instant.ofEpochSecond(seconds, fraction * format.nanosPerUnit());
        return Optional.of(new CapturedFrame(frames, time, linkType, octets, lengthOnWire));
    }

    /** A writer of the same kind of file, for raw IP packets. */
    public CaptureWriter writer(Path target) throws IOException {
        return CaptureWriter.create(target, format);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private CaptureException endsInside() {
        return new CaptureException(
                file + " ends in the middle of frame " + (frames + 1) + "; the frames before it are good");
    }
}
