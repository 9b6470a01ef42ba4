// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.capture;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** One frame of a capture, as it was taken. Immutable. */
public final class CapturedFrame {

    private final int number;
    private final Instant time;
    private final LinkType linkType;
    private final byte[] bytes;
    private final long lengthOnWire;

    CapturedFrame(int number, Instant time, LinkType linkType, byte[] bytes, long lengthOnWire) {
        this.number = number;
        this.time = time;
        this.linkType = linkType;
        this.bytes = bytes;
        this.lengthOnWire = lengthOnWire;
    }

    /** Its place in the file; the first is 1, as in Wireshark. */
    public int number() {
        return number;
    }

    public Instant time() {
        return time;
    }

    /** Whether the capture holds less of the frame than there was on the wire. */
    public boolean isCutShort() {
        return bytes.length < lengthOnWire;
    }

    /** The IP packet in it, its header first; what a link adds behind a short packet is still there. */
    public Optional<byte[]> ipPacket() {
        int start = linkType.ipHeader(bytes);
        return start < 0 ? Optional.empty() : Optional.of(Arrays.copyOfRange(bytes, start, bytes.length));
    }
}
