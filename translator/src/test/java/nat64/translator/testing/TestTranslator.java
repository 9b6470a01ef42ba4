// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import nat64.translator.PacketTranslator;
import nat64.translator.PacketTranslatorSettings;
import nat64.translator.StatefulTranslator;
import nat64.translator.TranslatorStatistics;
import nat64.translator.device.MemoryPort;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.session.record.Adoption;
import nat64.translator.session.record.HeldPort;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionView;
import nat64.translator.session.record.TableCounts;
import nat64.translator.session.snapshot.RecordBuffer;
import nat64.translator.session.snapshot.Snapshot;
import nat64.translator.session.snapshot.SnapshotException;
import nat64.translator.session.snapshot.SnapshotHeader;
import nat64.translator.session.snapshot.SnapshotWriter;
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
        this(settings, SEED);
    }

    /** With other random choices. */
    public TestTranslator(PacketTranslatorSettings settings, long seed) {
        mode = PacketTranslator.of(arena, settings, port, new SplittableRandom(seed));
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

    /** All sessions and held ports, as another process would find them. */
    public byte[] snapshot() {
        var bytes = new ByteArrayOutputStream();
        var stateful = (StatefulTranslator) mode;
        var copy = stateful.copy(now);
        var buffer = new RecordBuffer(arena, 7); // so that some are full
        try {
            var writer = new SnapshotWriter(
                    Channels.newChannel(bytes),
                    new SnapshotHeader(new UUID(1, 2), now, copy.pairing(), copy.pref64s()));
            while (copy.hasMore()) {
                buffer.clear();
                while (stateful.copy(copy, buffer, now)) {
                    // until it is full
                }
                writer.write(buffer);
            }
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Takes a snapshot that was made some time ago into the tables; how many sessions met which fate. */
    public Map<Adoption, Integer> adopt(byte[] snapshot, Duration ago) {
        var fates = new EnumMap<Adoption, Integer>(Adoption.class);
        var stateful = (StatefulTranslator) mode;
        try {
            var found = Snapshot.of(MemorySegment.ofArray(snapshot));
            stateful.pairAs(found.header().pairing());
            found.read(ago.toMillis(), new Snapshot.Reader() {
                @Override
                public void on(SessionRecord session) {
                    fates.merge(stateful.adopt(session, now), 1, Integer::sum);
                }

                @Override
                public void on(HeldPort port) {
                    stateful.hold(port, now);
                }
            });
        } catch (SnapshotException e) {
            throw new AssertionError(e);
        }
        return fates;
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
