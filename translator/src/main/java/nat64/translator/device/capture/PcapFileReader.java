// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Reads a classic pcap file, on every host alike. */
final class PcapFileReader implements CaptureReader {

    private static final int LINK_TYPE_MASK = 0x0fff_ffff; // the bits above tell of a frame check sequence

    private final Path file;
    private final InputStream input;
    private final CaptureFormat format;
    private final LinkType linkType;
    private int frames;

    private PcapFileReader(Path file, InputStream input, CaptureFormat format, LinkType linkType) {
        this.file = file;
        this.input = input;
        this.format = format;
        this.linkType = linkType;
    }

    static PcapFileReader open(Path file) throws IOException {
        var input = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            return open(file, input);
        } catch (IOException e) {
            input.close();
            throw e;
        }
    }

    private static PcapFileReader open(Path file, InputStream input) throws IOException {
        var header = ByteBuffer.wrap(input.readNBytes(CaptureFormat.FILE_HEADER));
        int magic = header.remaining() >= 4 ? header.getInt(0) : 0;
        var format = CaptureFormat.of(magic)
                .filter(_ -> header.remaining() == CaptureFormat.FILE_HEADER)
                .orElseThrow(() -> new CaptureException(file + " is no pcap file; take one with: tcpdump -w " + file));
        int number = header.order(format.byteOrder()).getInt(20) & LINK_TYPE_MASK;
        var linkType = LinkType.of(number).orElseThrow(() -> CaptureException.ofLinkType(file, number));
        return new PcapFileReader(file, input, format, linkType);
    }

    @Override
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
                    + " bytes; the frames before it are good");
        }
        var bytes = input.readNBytes((int) captured);
        if (bytes.length < captured) {
            throw endsInside();
        }
        frames++;
        var time = Instant.ofEpochSecond(seconds, fraction * format.nanosPerUnit());
        return Optional.of(new CapturedFrame(frames, time, linkType, bytes, lengthOnWire));
    }

    @Override
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
