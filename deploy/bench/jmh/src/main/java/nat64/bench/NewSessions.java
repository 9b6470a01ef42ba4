// SPDX-License-Identifier: Apache-2.0
package nat64.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * A million TCP connections that begin, beside those that live on. Each takes a binding and a port of its own. The time
 * is that of one session, its SYN with all that is done to a packet included.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 8)
@Fork(1)
public class NewSessions {

    private static final int MILLION = 1_000_000;
    private static final long OVER = Duration.ofMinutes(5).toMillis();

    @Param({"0", "9000000"})
    public int living;

    private FilledNat64 nat64;
    private long now;

    @Setup
    public void fill() {
        nat64 = new FilledNat64(living + MILLION);
        for (int session = 0; session < living; session++) {
            nat64.open(session, now);
            nat64.answer(session, now);
        }
    }

    @TearDown
    public void close() {
        nat64.close();
    }

    @Benchmark
    @OperationsPerInvocation(MILLION)
    public void open(Room room) {
        for (int session = living; session < living + MILLION; session++) {
            nat64.open(session, now);
        }
        nat64.requireSessions(living + MILLION);
    }

    private void expireMillion() {
        now += OVER;
        nat64.expireAll(now);
        nat64.requireSessions(living);
    }

    /** Before each measurement there is room for a million. */
    @State(Scope.Thread)
    public static class Room {
        @Setup(Level.Iteration)
        public void make(NewSessions sessions) {
            sessions.expireMillion();
        }
    }
}
