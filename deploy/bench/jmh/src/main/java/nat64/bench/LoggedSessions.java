// SPDX-License-Identifier: Apache-2.0
package nat64.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import nat64.gateway.bindinglog.BindingLog;
import nat64.gateway.config.translator.log.BindingLogConfig;
import nat64.gateway.config.translator.log.IpfixConfig;
import nat64.gateway.config.translator.log.SyslogConfig;

/**
 * What the log of bindings costs the thread that translates, while new sessions arrive at a fixed rate, each with a
 * binding of its own: without the log, and with JSON lines into a file. The time is the processor time of that thread
 * for a session, so it is comparable while other programs run.
 *
 * <p>Arguments: sessions per second (0: as fast as possible), seconds (with 0: millions of sessions), rounds. Prints
 * one line of JSON for each round with and without the log.
 */
public final class LoggedSessions {

    private static final int MILLION = 1_000_000;
    private static final int BURST = 256;
    private static final int WARM_UPS = 2;

    private LoggedSessions() {}

    public static void main(String[] arguments) throws IOException {
        int perSecond = Integer.parseInt(arguments[0]);
        int amount = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        int sessions = amount * (perSecond == 0 ? MILLION : perSecond);
        for (int round = -WARM_UPS; round < rounds; round++) {
            for (boolean isLogged : new boolean[] {false, true}) {
                var line = run(sessions, perSecond, isLogged);
                if (round >= 0) {
                    System.out.println(line);
                }
            }
        }
    }

    private static String run(int sessions, int perSecond, boolean isLogged) throws IOException {
        var file = Files.createTempFile("bindings", ".json");
        try (var nat64 = new FilledNat64(sessions)) {
            var log = isLogged ? Optional.of(log(nat64, file)) : Optional.<BindingLog>empty();
            long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long begin = System.nanoTime();
            long waited = open(nat64, sessions, perSecond);
            long elapsed = System.nanoTime() - begin;
            processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor;
            nat64.requireSessions(sessions);
            log.ifPresent(BindingLog::close);
            return """
                    {"log": %b, "per_second": %d, "sessions": %d, "reached_per_second": %d, "ns": %.1f, \
                    "events_lost": %d, "records_lost": %d, "written": %d, "octets": %d}""".formatted(
                    isLogged,
                    perSecond,
                    sessions,
                    Math.round(sessions * 1e9 / elapsed),
                    (double) (processor - waited) / sessions,
                    log.map(one -> one.status().eventsLost()).orElse(0L),
                    log.map(one -> one.status().lost().getOrDefault("json", 0L)).orElse(0L),
                    log.map(one -> one.status().written().getOrDefault("json", 0L))
                            .orElse(0L),
                    Files.size(file));
        } finally {
            Files.delete(file);
        }
    }

    /** Answers how much processor time went into waiting. */
    private static long open(FilledNat64 nat64, int sessions, int perSecond) {
        var threads = ManagementFactory.getThreadMXBean();
        long nanosPerBurst = perSecond == 0 ? 0 : BURST * Duration.ofSeconds(1).toNanos() / perSecond;
        long due = System.nanoTime();
        long waited = 0;
        for (int session = 0; session < sessions; session++) {
            nat64.open(session, 0);
            if (session % BURST == 0 && nanosPerBurst > 0) {
                long before = threads.getCurrentThreadCpuTime();
                due += nanosPerBurst;
                LockSupport.parkNanos(due - System.nanoTime());
                waited += threads.getCurrentThreadCpuTime() - before;
            }
        }
        return waited;
    }

    private static BindingLog log(FilledNat64 nat64, Path file) throws IOException {
        var config = new BindingLogConfig(
                false,
                Optional.of(file),
                new SyslogConfig(Optional.empty(), SyslogConfig.Facility.LOCAL0, Optional.empty()),
                new IpfixConfig(Optional.empty(), 0));
        var log = BindingLog.open(config).orElseThrow();
        log.listen(nat64.listen(BindingLog.RING));
        log.start();
        return log;
    }
}
