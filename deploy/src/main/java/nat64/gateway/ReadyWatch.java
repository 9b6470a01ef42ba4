// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import nat64.gateway.admin.Readiness;
import nat64.gateway.systemd.ServiceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log and the service manager whether the gateway is ready, and feeds the watchdog as long as nothing is
 * stuck, in a thread of its own.
 */
final class ReadyWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");
    private static final Duration INTERVAL = Duration.ofMillis(200);

    /** Most starts take less: a warning before would mislead. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Other reasons than before are worth a line so often. */
    private static final long BETWEEN_LINES_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Supplier<Readiness> readiness;
    private final Supplier<List<String>> liveness;
    private final ServiceManager manager;
    private final long began;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("nat64-ready").daemon().factory());
    private boolean isReady;
    private volatile boolean wasReady;
    private volatile boolean isStopping;
    private List<String> told = List.of();
    private long toldAt;
    private long fedAt;

    private ReadyWatch(
            Supplier<Readiness> readiness, Supplier<List<String>> liveness, ServiceManager manager, long now) {
        this.readiness = readiness;
        this.liveness = liveness;
        this.manager = manager;
        began = now;
        fedAt = now - Duration.ofDays(1).toNanos();
    }

    /** Looks at once, and then until it is closed. */
    static ReadyWatch start(Supplier<Readiness> readiness, Supplier<List<String>> liveness, ServiceManager manager) {
        var watch = new ReadyWatch(readiness, liveness, manager, System.nanoTime());
        var _ = watch.thread.scheduleWithFixedDelay(watch::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** One that looks when it is told to; for tests. */
    static ReadyWatch stopped(
            Supplier<Readiness> readiness, Supplier<List<String>> liveness, ServiceManager manager, long now) {
        return new ReadyWatch(readiness, liveness, manager, now);
    }

    /** Whether it has been ready once. Any thread may ask. */
    boolean wasReady() {
        return wasReady;
    }

    private void look() {
        try {
            look(System.nanoTime());
        } catch (RuntimeException e) { // the next look may succeed
            LOG.error("cannot tell whether the gateway is ready", e);
        }
    }

    /** One look at this time. One thread at a time. */
    void look(long now) {
        if (!isStopping) {
            tell(readiness.get().missing(), now);
        }
        feed(now);
    }

    private synchronized void tell(List<String> missing, long now) {
        if (isStopping) {
            return;
        }
        if (missing.isEmpty()) {
            tellReady();
        } else {
            tellMissing(missing, now);
        }
    }

    private void tellReady() {
        if (!isReady) {
            LOG.info(wasReady ? "ready again" : "ready");
            manager.ready("ready");
            isReady = true;
            wasReady = true;
            told = List.of();
        }
    }

    private void tellMissing(List<String> missing, long now) {
        boolean isLost = isReady;
        isReady = false;
        boolean isDue =
                told.isEmpty() ? isLost || wasReady || now - began >= GRACE_NANOS : now - toldAt >= BETWEEN_LINES_NANOS;
        if (!isDue || missing.equals(told)) {
            return;
        }
        var reasons = String.join("; ", missing);
        LOG.warn("{}: {}", wasReady ? "no longer ready" : "not ready yet", reasons);
        manager.status("not ready: " + reasons);
        told = missing;
        toldAt = now;
    }

    private void feed(long now) {
        var watchdog = manager.watchdog();
        if (watchdog.isPresent()
                && now - fedAt >= watchdog.get().toNanos() / 2
                && liveness.get().isEmpty()) {
            manager.alive();
            fedAt = now;
        }
    }

    /** The gateway is about to end: readiness is no longer told, but the watchdog is still fed. */
    synchronized void stop() {
        isStopping = true;
        manager.stopping();
    }

    /** Tells nothing from then on. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            var _ = thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
