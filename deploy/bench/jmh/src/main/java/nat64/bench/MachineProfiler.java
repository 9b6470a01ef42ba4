// SPDX-License-Identifier: Apache-2.0
package nat64.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Tells of each iteration how much of it others had: {@code steal}, percent of the machine's time that the hypervisor
 * gave to its other guests, and {@code waited}, percent of the time that our own threads stood in the queue for a
 * processor. Iterations with too much of either are thrown away later.
 */
public final class MachineProfiler implements InternalProfiler {

    private static final Path CPU = Path.of("/proc/stat");
    private static final Path THREADS = Path.of("/proc/self/task");

    private long begun;
    private long stolen;
    private long ticks;
    private long waited;

    @Override
    public String getDescription() {
        return "time that others took from the machine and from us";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        stolen = stolenTicks();
        ticks = allTicks();
        waited = waitedNanos();
        begun = System.nanoTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double wall = Math.max(1, System.nanoTime() - begun);
        double steal = 100.0 * (stolenTicks() - stolen) / Math.max(1, allTicks() - ticks);
        double queue = 100.0 * (waitedNanos() - waited) / wall;
        return List.of(
                new ScalarResult("steal", steal, "%", AggregationPolicy.MAX),
                new ScalarResult("waited", queue, "%", AggregationPolicy.MAX));
    }

    private static long stolenTicks() {
        return cpu()[7];
    }

    private static long allTicks() {
        return LongStream.of(cpu()).sum();
    }

    /** User, nice, system, idle, iowait, irq, softirq, steal (proc(5)). */
    private static long[] cpu() {
        try (var lines = Files.lines(CPU)) {
            var fields = lines.findFirst().orElseThrow().trim().split(" +");
            return Stream.of(fields).skip(1).limit(8).mapToLong(Long::parseLong).toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The second number of schedstat, nanoseconds in the run queue, of all threads. */
    private static long waitedNanos() {
        try (var threads = Files.list(THREADS)) {
            return threads.mapToLong(MachineProfiler::waitedNanos).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long waitedNanos(Path thread) {
        try {
            return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[1]);
        } catch (IOException e) {
            return 0; // the thread has ended
        }
    }
}
