// SPDX-License-Identifier: Apache-2.0
package nat64.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import nat64.translator.device.ReservedMemory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One packet of an established TCP connection, session by session at random: parse, look up, refresh, translate, count.
 * Packets lie ready in the order in which they are sent, so that fetching them costs little, as it does from a device.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 10, time = 1)
@Fork(1)
public class EstablishedPacket {

    private static final int PICKS = 1 << 20;
    private static final int SLOT = 64;
    private static final int PACKETS_PER_MILLISECOND_BITS = 10;

    @Param({"1000", "1000000", "10000000"})
    public int sessions;

    private Arena arena;
    private FilledNat64 nat64;
    private MemorySegment fromIpv6;
    private MemorySegment fromIpv4;
    private long packets;

    @Setup
    public void fill() {
        arena = new ReservedMemory(Long.MAX_VALUE);
        nat64 = new FilledNat64(sessions);
        var pool4 = new long[sessions];
        for (int session = 0; session < sessions; session++) {
            nat64.open(session, 0);
            pool4[session] = nat64.pool4();
            nat64.answer(session, 0);
        }
        nat64.requireSessions(sessions);
        fromIpv6 = arena.allocate((long) PICKS * SLOT, SLOT);
        fromIpv4 = arena.allocate((long) PICKS * SLOT, SLOT);
        var traffic = new Traffic();
        var random = new SplittableRandom(7915);
        for (int at = 0; at < fromIpv6.byteSize(); at += SLOT) {
            int session = random.nextInt(sessions);
            traffic.fromIpv6(fromIpv6, at, session, Traffic.ACK);
            traffic.fromIpv4(fromIpv4, at, session, pool4[session], Traffic.ACK);
        }
    }

    @TearDown
    public void close() {
        if (nat64.dropped() > 0) {
            throw new IllegalStateException(nat64.dropped() + " packets were dropped");
        }
        nat64.close();
        arena.close();
    }

    @Benchmark
    public void ipv6ToIpv4() {
        process(fromIpv6, Traffic.IPV6_LENGTH);
    }

    @Benchmark
    public void ipv4ToIpv6() {
        process(fromIpv4, Traffic.IPV4_LENGTH);
    }

    /** A worker's way under load, one packet of a batch. */
    @Benchmark
    @OperationsPerInvocation(FilledNat64.BATCH)
    public void ipv6ToIpv4InBatch() {
        processBatch(fromIpv6, Traffic.IPV6_LENGTH);
    }

    @Benchmark
    @OperationsPerInvocation(FilledNat64.BATCH)
    public void ipv4ToIpv6InBatch() {
        processBatch(fromIpv4, Traffic.IPV4_LENGTH);
    }

    private void processBatch(MemorySegment stream, int length) {
        long packet = packets;
        packets += FilledNat64.BATCH;
        nat64.processBatch(
                stream, (packet & (PICKS - 1)) * SLOT, SLOT, length, packet >>> PACKETS_PER_MILLISECOND_BITS);
    }

    private void process(MemorySegment stream, int length) {
        long packet = packets++;
        nat64.process(stream, (packet & (PICKS - 1)) * SLOT, length, packet >>> PACKETS_PER_MILLISECOND_BITS);
    }
}
