// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import nat64.translator.PacketTranslator;
import nat64.translator.PacketTranslatorSettings;
import nat64.translator.StatefulTranslator;
import nat64.translator.TranslatorStatistics;
import nat64.translator.TranslatorStatistics.Traffic;
import nat64.translator.device.MemoryPort;
import nat64.translator.packet.Counters.Forwarded;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;
import nat64.translator.packet.PacketTrace;
import nat64.translator.session.record.SessionRecord;
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
        this(settings, seed, UnaryOperator.identity());
    }

    /** With another port in front of the one in memory. */
    Replay(PacketTranslatorSettings settings, long seed, UnaryOperator<PacketPort> wrap) {
        translator = PacketTranslator.of(arena, settings, wrap.apply(port), new SplittableRandom(seed));
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

    /** What becomes of a packet, its IP header first, at the current time of the run. */
    Outcome process(byte[] octets) {
        return process(octets, null);
    }

    /** As {@link #process(byte[])}; the steps of the packet are written to the trace. */
    Outcome process(byte[] octets, @Nullable PacketTrace trace) {
        if (octets.length > Packet.LARGEST) {
            throw new IllegalArgumentException("a packet has at most " + Packet.LARGEST + " bytes");
        }
        var before = translator.statistics();
        port.offer(octets);
        port.receive(packet);
        packet.trace(trace);
        translator.process(packet, milliseconds());
        packet.trace(null);
        return outcome(before, translator.statistics(), port.drain());
    }

    /** A stateless translator has no sessions, and ignores them. */
    void adopt(SessionRecord session) {
        if (translator instanceof StatefulTranslator stateful) {
            var _ = stateful.adopt(session, milliseconds());
        }
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

    /**
     * By the counters: each packet moves one of them, except a first fragment, which moves others waiting for it too.
     */
    private static Outcome outcome(TranslatorStatistics before, TranslatorStatistics after, List<byte[]> sent) {
        boolean fromIpv6 = hasMoved(before.fromIpv6(), after.fromIpv6());
        var drop = fromIpv6 ? drop(before.fromIpv6(), after.fromIpv6()) : drop(before.fromIpv4(), after.fromIpv4());
        var counted =
                fromIpv6 ? counted(before.fromIpv6(), after.fromIpv6()) : counted(before.fromIpv4(), after.fromIpv4());
        return new Outcome(fromIpv6, drop, counted, sent);
    }

    private static Optional<Forwarded> counted(Traffic before, Traffic after) {
        return after.forwarded().stream()
                .filter(forwarded -> !before.forwarded().contains(forwarded))
                .findFirst();
    }

    private static boolean hasMoved(Traffic before, Traffic after) {
        return after.packets() > before.packets() || drop(before, after) != DropReason.NONE;
    }

    private static DropReason drop(Traffic before, Traffic after) {
        if (after.packets() > before.packets()) {
            return DropReason.NONE;
        }
        return after.dropped().entrySet().stream()
                .filter(dropped -> dropped.getValue() > before.dropped().getOrDefault(dropped.getKey(), 0L))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(DropReason.NONE);
    }
}
