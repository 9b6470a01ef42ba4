// SPDX-License-Identifier: Apache-2.0
package nat64.bench;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import nat64.translator.PacketTranslator;
import nat64.translator.StatefulTranslator;
import nat64.translator.device.ReservedMemory;
import nat64.translator.packet.Packet;
import nat64.translator.session.record.SessionEvents;
import nat64.translator.session.table.Protocol;
import org.openjdk.jmh.annotations.CompilerControl;

/** A NAT64 in memory with sessions that benchmarks open. One thread. */
final class FilledNat64 implements AutoCloseable {

    /** As many packets as a worker reads before it translates the first of them, if there are many sessions. */
    static final int BATCH = PacketTranslator.MOST_AT_ONCE;

    private final ReservedMemory arena = new ReservedMemory(Long.MAX_VALUE);
    private final Sink sink = new Sink();
    private final Packet packet = new Packet(arena);
    private final Packet[] batch = new Packet[BATCH];
    private final Traffic traffic = new Traffic();
    private final PacketTranslator nat64;

    FilledNat64(int maxSessions) {
        Arrays.setAll(batch, _ -> new Packet(arena));
        nat64 = PacketTranslator.of(arena, Traffic.settings(maxSessions), sink, new SplittableRandom(6146));
    }

    /** Has bindings that come and go written into a ring. */
    SessionEvents listen(int capacity) {
        return ((StatefulTranslator) nat64).listen(capacity, SessionEvents.Scope.BINDINGS);
    }

    /** Sends the SYN of a session's IPv6 host. */
    void open(int session, long now) {
        traffic.fromIpv6(packet.buffer(), Packet.HEADROOM, session, Traffic.SYN);
        nat64.process(packet.received(Traffic.IPV6_LENGTH), now);
    }

    /** Sends the answer to the SYN that was sent last, so that its session is established. */
    void answer(int session, long now) {
        traffic.fromIpv4(packet.buffer(), Packet.HEADROOM, session, pool4(), Traffic.SYN_ACK);
        nat64.process(packet.received(Traffic.IPV4_LENGTH), now);
    }

    /** The {@link Traffic#ipv4Source} of the packet that was opened last. */
    long pool4() {
        return Traffic.ipv4Source(packet);
    }

    /** Has a packet, its IP header first, come in. */
    void process(MemorySegment octets, long at, int length, long now) {
        MemorySegment.copy(octets, at, packet.buffer(), Packet.HEADROOM, length);
        packet.received(length);
        processOne(now);
    }

    /** Apart, so that what is compiled together is the translator, without what brings the packet. */
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private void processOne(long now) {
        nat64.process(packet, now);
    }

    /** Has {@link #BATCH} packets come in, which lie one after another, {@code step} octets apart. */
    void processBatch(MemorySegment octets, long at, long step, int length, long now) {
        for (int i = 0; i < BATCH; i++) {
            MemorySegment.copy(octets, at + i * step, batch[i].buffer(), Packet.HEADROOM, length);
            batch[i].received(length);
        }
        processAll(now);
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private void processAll(long now) {
        nat64.process(batch, BATCH, now);
    }

    /** Ends all sessions whose time has come. */
    void expireAll(long now) {
        while (nat64.expire(now)) {
            // until none is left
        }
    }

    int sessions() {
        return nat64.statistics().tables().get(Protocol.TCP).sessions();
    }

    /** Packets that did not pass. */
    long dropped() {
        var statistics = nat64.statistics();
        return Stream.of(statistics.fromIpv6(), statistics.fromIpv4())
                .flatMap(side -> side.dropped().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Octets that the tables may come to take. */
    long promised() {
        return arena.promised();
    }

    void requireSessions(int number) {
        if (sessions() != number) {
            throw new IllegalStateException(sessions() + " sessions live, not " + number + "; drops: "
                    + nat64.statistics().fromIpv6().dropped());
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
