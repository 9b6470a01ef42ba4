// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import static nat64.gateway.replay.Explanation.line;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import nat64.gateway.replay.Explanation.Line;
import nat64.gateway.replay.Outcome.Verdict;
import nat64.translator.device.capture.CaptureReader;
import nat64.translator.device.capture.CapturedFrame;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Rule.Step;
import nat64.translator.pipeline.PacketTranslatorSettings;
import nat64.translator.pipeline.SiitSettings;
import nat64.translator.pipeline.TranslatorSettings;

/**
 * Tells what the translator does with a packet and why. It runs the packet through the translator itself, and compares
 * tables and counters before and after; so it can't have another opinion than the translator.
 */
public final class Explainer implements AutoCloseable {

    private final PacketTranslatorSettings settings;
    private final Replay replay;

    /** Starts with empty tables. */
    public Explainer(PacketTranslatorSettings settings, long seed) {
        this.settings = settings;
        replay = new Replay(settings, seed);
    }

    /** Runs all frames of a capture, so that the tables are as they are behind it. */
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

    /** Explains a packet, its IP header first, at the time of the last one. */
    public Explanation explain(byte[] octets) {
        var packet = PacketView.of(octets);
        return switch (settings) {
            case TranslatorSettings stateful -> explain(stateful, packet, octets);
            case SiitSettings stateless -> {
                var outcome = replay.process(octets);
                yield explanation(packet, outcome, StatelessFindings.of(stateless, packet, outcome));
            }
        };
    }

    private Explanation explain(TranslatorSettings stateful, PacketView packet, byte[] octets) {
        var before = new SessionSearch(stateful, packet, replay.sessions());
        var outcome = replay.process(octets);
        var after = new SessionSearch(stateful, packet, replay.sessions());
        var findings = new StatefulFindings(stateful, packet, before, after, outcome, replay.statistics());
        return explanation(packet, outcome, findings);
    }

    private static Explanation explanation(PacketView packet, Outcome outcome, Findings findings) {
        return Explanation.of(packet, steps(packet, outcome, findings), outcome);
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
                .orElseThrow(() ->
                        new IllegalArgumentException("frame " + frame.number() + " has no IP packet of lawful length"));
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

    private static List<Line> steps(PacketView packet, Outcome outcome, Findings findings) {
        var last = lastStep(packet, outcome);
        return List.of(Step.values()).stream()
                .filter(step -> step.compareTo(last) <= 0)
                .map(step -> line(
                        step,
                        step == last && outcome.verdict() == Verdict.DROPPED
                                ? "dropped: " + findings.ofLast(step)
                                : findings.of(step)))
                .filter(line -> !line.finding().isEmpty())
                .toList();
    }

    private static Step lastStep(PacketView packet, Outcome outcome) {
        return switch (outcome.verdict()) {
            case TRANSLATED -> Step.SENDING;
            case KEPT -> Step.SESSION;
            case DROPPED ->
                outcome.drop() == DropReason.UNTRANSLATABLE_ICMP && packet.isError()
                        ? Step.TRANSLATION
                        : outcome.drop().rule().step();
        };
    }
}
