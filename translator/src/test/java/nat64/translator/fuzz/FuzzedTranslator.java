// SPDX-License-Identifier: Apache-2.0
package nat64.translator.fuzz;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import nat64.translator.PacketTranslator;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import org.jspecify.annotations.Nullable;

/** A translator of some mode, whose port is watched; {@link #feed} fails when it does what no packet may make it do. */
final class FuzzedTranslator implements AutoCloseable {

    private final Arena arena = Arena.ofConfined();
    private final WatchedPort port = new WatchedPort();
    private final Packet packet = new Packet(arena);
    private final PacketTranslator mode;
    private long now = 1_000;
    private long fed;

    FuzzedTranslator(FuzzMode kind) {
        mode = kind.start(arena, port);
    }

    /** Has a packet processed after that many milliseconds. */
    void feed(byte[] octets, int length, int milliseconds) {
        now += milliseconds;
        port.expect(null);
        mode.expire(now);
        port.expect(Judge.read(octets, length));
        MemorySegment.copy(octets, 0, packet.buffer(), ValueLayout.JAVA_BYTE, Packet.HEADROOM, length);
        var failure = catchFailure(length);
        fed++;
        if (failure != null || defects() > 0) {
            var hex = HexFormat.of().formatHex(octets, 0, Math.min(length, 4000));
            throw new AssertionError("packet %d of %d octets: %s".formatted(fed, length, hex), failure);
        }
    }

    private @Nullable Throwable catchFailure(int length) {
        try {
            mode.process(packet.received(length), now);
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e;
        }
    }

    WatchedPort port() {
        return port;
    }

    long fed() {
        return fed;
    }

    long defects() {
        var statistics = mode.statistics();
        return statistics.fromIpv6().dropped().getOrDefault(DropReason.INTERNAL_ERROR, 0L)
                + statistics.fromIpv4().dropped().getOrDefault(DropReason.INTERNAL_ERROR, 0L);
    }

    @Override
    public void close() {
        arena.close();
    }
}
