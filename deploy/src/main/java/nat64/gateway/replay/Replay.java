// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import nat64.gateway.replay.Outcome.Verdict;
import nat64.translator.device.MemoryPort;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.pipeline.PacketTranslator;
import nat64.translator.pipeline.PacketTranslatorSettings;
import nat64.translator.pipeline.TranslatorStatistics;
import nat64.translator.pipeline.TranslatorStatistics.Traffic;
import nat64.translator.session.record.SessionView;
import org.jspecify.annotations.Nullable;

/**
 * The translator itself, in memory, with a clock that follows the packets. The same packets with the same settings and
 * the same seed have the same outcome. One thread.
 */
final class Replay implements AutoCloseable {

    /** How often the clock of the run ticks while no packet comes: as often as an idle gateway looks at its own. */
    private static final Duration TICK = Duration.ofMillis(500);

    /** No session lives longer; a wait beyond it is taken in one step. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(25);

    private static final long FIRST_MILLISECOND = 1_000;

    private final Arena arena = Arena.ofConfined();
    private final MemoryPort port = new MemoryPort();
    private final Packet packet = new Packet(arena);
    private final PacketTranslator translator;
    private @Nullable Instant start;
    private @Nullable Instant clock;

    Replay(PacketTranslatorSettings settings, long seed) {
        translator = PacketTranslator.of(arena, settings, port, new SplittableRandom(seed));
    }

    /**
     * Lets the time pass up to a stamp; sessions end on the way. A stamp before the last one changes nothing: the clock
     * never runs backwards.
     *
     * @param onSent takes what the translator sends of its own accord, with the time
     */
    void advance(Instant stamp, BiConsumer<Instant, byte[]> onSent) {
        if (clock == null) {
            start = stamp;
            clock = stamp;
            return;
        }
        if (Duration.between(clock, stamp).compareTo(LONGEST_WAIT) > 0) {
            tickUntil(clock.plus(LONGEST_WAIT), onSent);
            clock = stamp;
        }
        tickUntil(stamp, onSent);
    }

    /** What becomes of a packet, its IP header first, at the time that the clock shows. */
    Outcome process(byte[] octets) {
        if (octets.length > Packet.LARGEST) {
            throw new IllegalArgumentException("a packet has at most " + Packet.LARGEST + " octets");
        }
        var before = translator.statistics();
        port.offer(octets);
        port.receive(packet);
        translator.process(packet, milliseconds());
        return outcome(before, translator.statistics(), port.drain());
    }

    List<SessionView> sessions() {
        return translator.sessions(Integer.MAX_VALUE, milliseconds());
    }

    TranslatorStatistics statistics() {
        return translator.statistics();
    }

    @Override
    public void close() {
        arena.close();
    }

    private void tickUntil(Instant end, BiConsumer<Instant, byte[]> onSent) {
        var time = Objects.requireNonNull(clock);
        while (time.isBefore(end)) {
            var next = time.plus(TICK);
            time = next.isBefore(end) ? next : end;
            clock = time;
            while (translator.expire(milliseconds())) {
                // until nothing is left to expire
            }
            for (var sent : port.drain()) {
                onSent.accept(time, sent);
            }
        }
    }

    private long milliseconds() {
        return start == null || clock == null
                ? FIRST_MILLISECOND
                : FIRST_MILLISECOND + Duration.between(start, clock).toMillis();
    }

    private static Outcome outcome(TranslatorStatistics before, TranslatorStatistics after, List<byte[]> sent) {
        var ofIpv6 = outcome(before.fromIpv6(), after.fromIpv6(), true, sent);
        return ofIpv6.verdict() == Verdict.KEPT ? outcome(before.fromIpv4(), after.fromIpv4(), false, sent) : ofIpv6;
    }

    private static Outcome outcome(Traffic before, Traffic after, boolean fromIpv6, List<byte[]> sent) {
        if (after.packets() > before.packets()) {
            return new Outcome(Verdict.TRANSLATED, fromIpv6, DropReason.NONE, sent);
        }
        for (var dropped : after.dropped().entrySet()) {
            if (dropped.getValue() > before.dropped().getOrDefault(dropped.getKey(), 0L)) {
                return new Outcome(Verdict.DROPPED, fromIpv6, dropped.getKey(), sent);
            }
        }
        return new Outcome(Verdict.KEPT, fromIpv6, DropReason.NONE, sent);
    }
}
