// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.capture;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;

/** Reads a pcapng file by libpcap. */
final class LibpcapReader implements CaptureReader {

    private final Path file;
    private final PcapHandle handle;
    private final LinkType linkType;
    private int frames;

    private LibpcapReader(Path file, PcapHandle handle, LinkType linkType) {
        this.file = file;
        this.handle = handle;
        this.linkType = linkType;
    }

    /**
     * Opens a file.
     *
     * @param obstacle why libpcap can't be used, if so
     */
    static LibpcapReader open(Path file, Optional<String> obstacle) throws CaptureException {
        if (obstacle.isPresent()) {
            throw new CaptureException("%1$s is a pcapng file, and %2$s; or convert it: editcap -F pcap %1$s new.pcap"
                    .formatted(file, obstacle.get()));
        }
        try {
            var handle = Pcaps.openOffline(file.toString(), TimestampPrecision.NANO);
            int number = handle.getDlt().value();
            var linkType = LinkType.of(number);
            if (linkType.isEmpty()) {
                handle.close();
                throw CaptureException.ofLinkType(file, number);
            }
            return new LibpcapReader(file, handle, linkType.get());
        } catch (PcapNativeException e) {
            throw new CaptureException("%s is not a capture that libpcap can read: %s".formatted(file, e.getMessage()));
        }
    }

    @Override
    public Optional<CapturedFrame> next() throws IOException {
        try {
            var bytes = handle.getNextRawPacketEx();
            frames++;
            var time = handle.getTimestamp().toInstant();
            return Optional.of(new CapturedFrame(frames, time, linkType, bytes, handle.getOriginalLength()));
        } catch (EOFException e) {
            return Optional.empty();
        } catch (PcapNativeException | NotOpenException | TimeoutException e) {
            throw new CaptureException("%s can't be read beyond frame %d: %s; the frames up to it are good"
                    .formatted(file, frames, e.getMessage()));
        }
    }

    @Override
    public CaptureWriter writer(Path target) throws IOException {
        return CaptureWriter.create(target, new CaptureFormat(ByteOrder.nativeOrder(), 1));
    }

    @Override
    public void close() {
        handle.close();
    }
}
