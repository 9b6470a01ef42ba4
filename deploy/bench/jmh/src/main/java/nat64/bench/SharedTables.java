// SPDX-License-Identifier: Apache-2.0
package nat64.bench;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import nat64.translator.PacketTranslator;
import nat64.translator.device.ReservedMemory;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One packet 6→4 of an established connection, as {@link EstablishedPacket} has it: by one worker that has the tables
 * for itself, by one of two that share them while the other is idle, and by both at once. Before each packet a worker
 * spends the time that reading and writing a device takes, or none.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 10, time = 1)
@Fork(1)
public class SharedTables {

    private static final int SESSIONS = 100_000;

    @Benchmark
    @Threads(1)
    public void alone(Alone tables, Worker worker) {
        worker.translate(tables);
    }

    @Benchmark
    @Threads(1)
    public void oneOfTwo(Shared tables, Worker worker) {
        worker.translate(tables);
    }

    @Benchmark
    @Threads(2)
    public void bothOfTwo(Shared tables, Worker worker) {
        worker.translate(tables);
    }

    /** Tables of one worker. */
    @State(Scope.Benchmark)
    public static class Alone extends Tables {
        public Alone() {
            super(1);
        }
    }

    /** Tables of two workers. */
    @State(Scope.Benchmark)
    public static class Shared extends Tables {
        public Shared() {
            super(2);
        }
    }

    /** Full tables, and the parts of the workers. */
    @State(Scope.Benchmark)
    public abstract static class Tables {

        @Param({"0", "2500"})
        public int ioNanos;

        private final int workers;
        private final AtomicInteger taken = new AtomicInteger();
        private ReservedMemory arena;
        private List<? extends PacketTranslator> modes;

        Tables(int workers) {
            this.workers = workers;
        }

        @Setup
        public void fill() {
            arena = new ReservedMemory(Long.MAX_VALUE);
            List<PacketPort> sinks =
                    Stream.<PacketPort>generate(Sink::new).limit(workers).toList();
            modes = PacketTranslator.of(arena, Traffic.settings(SESSIONS), sinks, new SplittableRandom(6146));
            var packet = new Packet(arena);
            var traffic = new Traffic();
            for (int session = 0; session < SESSIONS; session++) {
                traffic.fromIpv6(packet.buffer(), Packet.HEADROOM, session, Traffic.SYN);
                modes.getFirst().process(packet.received(Traffic.IPV6_LENGTH), 0);
                long pool4 = Traffic.ipv4Source(packet);
                traffic.fromIpv4(packet.buffer(), Packet.HEADROOM, session, pool4, Traffic.SYN_ACK);
                modes.getFirst().process(packet.received(Traffic.IPV4_LENGTH), 0);
            }
        }

        @TearDown
        public void close() {
            arena.close();
        }
    }

    /** What a worker's thread has for itself. */
    @State(Scope.Thread)
    public static class Worker {

        private static final int PICKS = 1 << 14;
        private static final int SLOT = 64;

        private final ReservedMemory arena = new ReservedMemory(Long.MAX_VALUE);
        private final Packet packet = new Packet(arena);
        private final MemorySegment stream = arena.allocate((long) PICKS * SLOT, SLOT);
        private PacketTranslator mode;
        private long packets;

        @Setup
        public void write() {
            var traffic = new Traffic();
            var random = new SplittableRandom();
            for (int at = 0; at < stream.byteSize(); at += SLOT) {
                traffic.fromIpv6(stream, at, random.nextInt(SESSIONS), Traffic.ACK);
            }
        }

        void translate(Tables tables) {
            if (mode == null) {
                mode = tables.modes.get(tables.taken.getAndIncrement() % tables.workers);
            }
            if (tables.ioNanos > 0) {
                long start = System.nanoTime();
                while (System.nanoTime() - start < tables.ioNanos) {
                    Thread.onSpinWait();
                }
            }
            long number = packets++;
            MemorySegment.copy(
                    stream, (number & (PICKS - 1)) * SLOT, packet.buffer(), Packet.HEADROOM, Traffic.IPV6_LENGTH);
            mode.process(packet.received(Traffic.IPV6_LENGTH), number >>> 10);
        }
    }
}
