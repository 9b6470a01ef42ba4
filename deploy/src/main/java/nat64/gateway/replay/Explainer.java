// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.io.IOException;
import java.util.Optional;
import nat64.translator.PacketTranslatorSettings;
import nat64.translator.device.capture.CaptureReader;
import nat64.translator.device.capture.CapturedFrame;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketTrace;
import nat64.translator.session.record.SessionRecord;

/**
 * Explains what the translator does with a packet and why: the translator itself handles the packet, and writes down
 * its steps while it does.
 */
public final class Explainer implements AutoCloseable {

    private final Replay replay;

    /** Starts with empty tables. */
    public Explainer(PacketTranslatorSettings settings, long seed) {
        this(new Replay(settings, seed));
    }

    Explainer(Replay replay) {
        this.replay = replay;
    }

    /** Runs all frames of a capture, so that the tables are as they are after it. */
    public void runAll(CaptureReader capture) throws IOException {
        for (var frame = capture.next(); frame.isPresent(); frame = capture.next()) {
            run(frame.get());
        }
    }

    /**
     * Runs all frames before one, and explains that one.
     *
     * @param number the first frame is 1
     * @throws IllegalArgumentException if the capture has no such frame, or there is no whole IP packet in it
     */
    public Explanation explainFrame(CaptureReader capture, int number) throws IOException {
        for (var frame = capture.next(); frame.isPresent(); frame = capture.next()) {
            if (frame.get().number() == number) {
                return explain(frame.get());
            }
            run(frame.get());
        }
        throw new IllegalArgumentException("the capture has no frame " + number);
    }

    /** Takes a session of another translator into the tables; one that does not fit is left out. */
    void adopt(SessionRecord session) {
        replay.adopt(session);
    }

    /** Explains a packet, its IP header first, at the time of the last one. */
    public Explanation explain(byte[] octets) {
        var trace = new PacketTrace();
        var outcome = replay.process(octets, trace);
        return Explanation.of(PacketView.of(octets), trace, outcome);
    }

    @Override
    public void close() {
        replay.close();
    }

    private Explanation explain(CapturedFrame frame) {
        if (frame.isCutShort()) {
            throw new IllegalArgumentException(
                    "frame " + frame.number() + " was cut short by the capture; capture with -s 0");
        }
        var octets = runnable(frame)
                .orElseThrow(() -> new IllegalArgumentException(
                        "frame " + frame.number() + " has no IP packet of a legal length"));
        replay.advance(frame.time(), (_, _) -> {});
        return explain(octets);
    }

    private void run(CapturedFrame frame) {
        replay.advance(frame.time(), (_, _) -> {});
        if (!frame.isCutShort()) {
            runnable(frame).ifPresent(replay::process);
        }
    }

    private static Optional<byte[]> runnable(CapturedFrame frame) {
        return frame.ipPacket().filter(octets -> octets.length <= Packet.LARGEST);
    }
}
