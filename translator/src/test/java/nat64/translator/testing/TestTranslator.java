// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import nat64.translator.PacketTranslator;
import nat64.translator.PacketTranslatorSettings;
import nat64.translator.StatefulTranslator;
import nat64.translator.TranslatorStatistics;
import nat64.translator.device.MemoryPort;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.session.record.SessionView;
import nat64.translator.session.record.TableCounts;
import nat64.translator.session.table.Protocol;

/** A translator of any mode in memory, with a clock that tests move. */
public final class TestTranslator implements AutoCloseable {

    /** Of all random choices: translators with the same settings take the same ports. */
    static final long SEED = 6146;

    private final Arena arena = Arena.ofConfined();
    private final MemoryPort port = new MemoryPort();
    private final Packet packet = new Packet(arena);
    private final PacketTranslator mode;
    private long now = 1_000;

    public TestTranslator(PacketTranslatorSettings settings) {
        mode = PacketTranslator.of(arena, settings, port, new SplittableRandom(SEED));
    }

    /** What becomes of a packet: all that the translator sends for it. The slot is filled with rubbish before. */
    public List<Wire> send(byte[] octets) {
        packet.buffer().fill((byte) 0xa5);
        port.offer(octets);
        port.receive(packet);
        mode.process(packet, now);
        return sent();
    }

    /** As {@link #send} for many segments under one header, with a checksum that the device would complete. */
    public List<Wire> sendSuperPacket(byte[] octets, Packet.Segmentation segmentation, int segmentOctets) {
        packet.buffer().fill((byte) 0xa5);
        MemorySegment.copy(MemorySegment.ofArray(octets), 0, packet.buffer(), Packet.HEADROOM, octets.length);
        packet.received(octets.length, true, segmentation, segmentOctets, false);
        mode.process(packet, now);
        return sent();
    }

    /** As {@link #send}, where one packet has to come out. */
    public Wire forward(byte[] octets) {
        var sent = send(octets);
        if (sent.size() != 1) {
            throw new AssertionError("one packet expected, not " + sent.size() + "; drops: " + drops());
        }
        return sent.getFirst();
    }

    /** As {@link #forward}, with right lengths and checksums. */
    public Wire translate(byte[] octets) {
        return forward(octets).assertSound();
    }

    /** Time passes; what the translator sends of its own accord. */
    public List<Wire> pass(Duration time) {
        now += time.toMillis();
        while (mode.expire(now)) {
            // until nothing is left to expire
        }
        return sent();
    }

    /** The time of the clock, in milliseconds. */
    public long now() {
        return now;
    }

    public long dropped(DropReason reason) {
        return statistics().fromIpv6().dropped().getOrDefault(reason, 0L)
                + statistics().fromIpv4().dropped().getOrDefault(reason, 0L);
    }

    public List<DropReason> drops() {
        return DropReason.ALL.stream().filter(reason -> dropped(reason) > 0).toList();
    }

    public int sessions(Protocol protocol) {
        return table(protocol).sessions();
    }

    public int bindings(Protocol protocol) {
        return table(protocol).bindings();
    }

    /** Of a stateful translator; a stateless one has none. */
    public TableCounts table(Protocol protocol) {
        return Objects.requireNonNull(statistics().tables().get(protocol));
    }

    public List<SessionView> sessions(int most, long at) {
        return mode instanceof StatefulTranslator stateful ? stateful.sessions(most, at) : List.of();
    }

    public TranslatorStatistics statistics() {
        return mode.statistics();
    }

    private List<Wire> sent() {
        return port.drain().stream().map(Wire::new).toList();
    }

    @Override
    public void close() {
        arena.close();
    }
}
