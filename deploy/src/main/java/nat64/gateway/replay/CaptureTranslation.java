// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import nat64.gateway.replay.CaptureReport.Dropped;
import nat64.translator.PacketTranslatorSettings;
import nat64.translator.device.CaptureReader;
import nat64.translator.device.CaptureWriter;
import nat64.translator.device.CapturedFrame;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;

/** Runs a capture through a translator, and writes down all that the translator sends. */
public final class CaptureTranslation implements AutoCloseable {

    private final Replay replay;
    private final CaptureWriter output;
    private final Map<DropReason, FrameCount.Tally> droppedFromIpv6 = new EnumMap<>(DropReason.class);
    private final Map<DropReason, FrameCount.Tally> droppedFromIpv4 = new EnumMap<>(DropReason.class);
    private final FrameCount.Tally notIp = new FrameCount.Tally();
    private final FrameCount.Tally cutShort = new FrameCount.Tally();
    private final FrameCount.Tally tooLong = new FrameCount.Tally();
    private long frames;
    private long sent;

    private CaptureTranslation(PacketTranslatorSettings settings, long seed, CaptureWriter output) {
        replay = new Replay(settings, seed);
        this.output = output;
    }

    /** Prepares to write to a file, which is emptied; the kind of pcap file is that of the input. */
    public static CaptureTranslation of(CaptureReader input, Path output, PacketTranslatorSettings settings, long seed)
            throws IOException {
        return new CaptureTranslation(settings, seed, input.writer(output));
    }

    /**
     * Runs all frames.
     *
     * @throws nat64.translator.device.CaptureException if the input is damaged; {@link #report} tells of the frames
     *     before
     */
    public void run(CaptureReader input) throws IOException {
        for (var frame = input.next(); frame.isPresent(); frame = input.next()) {
            run(frame.get());
        }
    }

    /** What has become of the frames so far. */
    public CaptureReport report() {
        var statistics = replay.statistics();
        var drops = new ArrayList<>(drops(true, droppedFromIpv6));
        drops.addAll(drops(false, droppedFromIpv4));
        return new CaptureReport(
                frames,
                notIp.result(),
                cutShort.result(),
                tooLong.result(),
                statistics.fromIpv6().packets(),
                statistics.fromIpv4().packets(),
                drops,
                sent,
                statistics.icmpErrorsSent());
    }

    @Override
    public void close() throws IOException {
        replay.close();
        output.close();
    }

    private void run(CapturedFrame frame) throws IOException {
        frames++;
        try {
            replay.advance(frame.time(), this::write);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        var packet = frame.ipPacket();
        if (packet.isEmpty()) {
            notIp.add(frame.number());
        } else if (frame.isCutShort()) {
            cutShort.add(frame.number());
        } else if (packet.get().length > Packet.LARGEST) {
            tooLong.add(frame.number());
        } else {
            run(frame, packet.get());
        }
    }

    private void run(CapturedFrame frame, byte[] packet) throws IOException {
        var outcome = replay.process(packet);
        if (outcome.isDropped()) {
            (outcome.fromIpv6() ? droppedFromIpv6 : droppedFromIpv4)
                    .computeIfAbsent(outcome.drop(), _ -> new FrameCount.Tally())
                    .add(frame.number());
        }
        for (var octets : outcome.sent()) {
            output.write(frame.time(), octets);
            sent++;
        }
    }

    private void write(Instant time, byte[] packet) {
        try {
            output.write(time, packet);
            sent++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Dropped> drops(boolean fromIpv6, Map<DropReason, FrameCount.Tally> tallies) {
        return tallies.entrySet().stream()
                .map(drop -> new Dropped(
                        Outcome.direction(fromIpv6),
                        drop.getKey().label(),
                        drop.getKey().citation(),
                        drop.getKey().sentence(),
                        drop.getValue().result()))
                .toList();
    }
}
