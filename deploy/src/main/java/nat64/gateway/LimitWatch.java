// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import static nat64.translator.packet.DropReason.EXTERNAL_SESSION_LIMIT;
import static nat64.translator.packet.DropReason.FRAGMENT_LIMIT;
import static nat64.translator.packet.DropReason.POOL4_EXHAUSTED;
import static nat64.translator.packet.DropReason.SESSION_TABLE_FULL;
import static nat64.translator.packet.DropReason.SUBSCRIBER_INBOUND_LIMIT;
import static nat64.translator.packet.DropReason.SUBSCRIBER_PORT_LIMIT;
import static nat64.translator.packet.DropReason.SUBSCRIBER_RATE_LIMIT;
import static nat64.translator.packet.DropReason.SUBSCRIBER_SESSION_LIMIT;
import static nat64.translator.packet.DropReason.SYN_STORE_FULL;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import nat64.translator.TranslatorStatistics;
import nat64.translator.packet.DropReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second at the counters of a translator, writes a line for each limit that was reached, at most one a
 * minute for each, and knows whether hosts that keep all limits are being refused.
 */
final class LimitWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");

    /** Limits on one source, on one side, or on what waits: others are still served. */
    private static final List<DropReason> OF_SOME = List.of(
            SUBSCRIBER_SESSION_LIMIT,
            SUBSCRIBER_PORT_LIMIT,
            SUBSCRIBER_RATE_LIMIT,
            SUBSCRIBER_INBOUND_LIMIT,
            EXTERNAL_SESSION_LIMIT,
            SYN_STORE_FULL,
            FRAGMENT_LIMIT);

    /** What refuses the new sessions of any host. */
    private static final List<DropReason> OF_ALL = List.of(SESSION_TABLE_FULL, POOL4_EXHAUSTED);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final long BETWEEN_LINES_MILLIS = 60_000;
    private static final long REFUSING_MILLIS = 10_000;
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final Supplier<TranslatorStatistics> statistics;
    private final LongSupplier clock;
    private final Map<DropReason, Limit> limits = new EnumMap<>(DropReason.class);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("nat64-limits").factory());
    private long endedEarly;
    private long endedEarlyLoggedAt = LONG_AGO;

    /** What is known of one limit. */
    private static final class Limit {

        private long seen;
        private long logged;
        private long loggedAt = LONG_AGO;
        private volatile long reachedAt = LONG_AGO;
    }

    private LimitWatch(Supplier<TranslatorStatistics> statistics, LongSupplier clock) {
        this.statistics = statistics;
        this.clock = clock;
        OF_SOME.forEach(reason -> limits.put(reason, new Limit()));
        OF_ALL.forEach(reason -> limits.put(reason, new Limit()));
    }

    /** One that looks by itself, until it is closed. */
    static LimitWatch start(Supplier<TranslatorStatistics> statistics) {
        var watch = new LimitWatch(statistics, () -> System.nanoTime() / 1_000_000);
        Future<?> _ = watch.thread.scheduleWithFixedDelay(
                watch::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** One that looks when it is told to; for tests. */
    static LimitWatch stopped(Supplier<TranslatorStatistics> statistics, LongSupplier clock) {
        return new LimitWatch(statistics, clock);
    }

    /** Compares the counters with those of the last look. One thread at a time. */
    void look() {
        var now = statistics.get();
        limits.forEach((reason, limit) -> look(reason, limit, dropped(now, reason)));
        long ended = now.tables().values().stream()
                .mapToLong(table -> table.pressure().endedEarly())
                .sum();
        if (ended > endedEarly && clock.getAsLong() - endedEarlyLoggedAt >= BETWEEN_LINES_MILLIS) {
            LOG.warn("tables are nearly full: {} unanswered sessions ended early", ended - endedEarly);
            endedEarly = ended;
            endedEarlyLoggedAt = clock.getAsLong();
        }
    }

    /** Why new sessions of hosts that keep all limits are refused now, a sentence each. Any thread may ask. */
    List<String> refusing() {
        long now = clock.getAsLong();
        return OF_ALL.stream()
                .filter(reason -> now - limit(reason).reachedAt < REFUSING_MILLIS)
                .map(reason -> "new sessions are refused (" + reason.label() + "): " + reason.sentence())
                .toList();
    }

    private void look(DropReason reason, Limit limit, long count) {
        long now = clock.getAsLong();
        if (count > limit.seen) {
            limit.reachedAt = now;
            limit.seen = count;
        }
        if (count > limit.logged && now - limit.loggedAt >= BETWEEN_LINES_MILLIS) {
            LOG.warn("{}: {} packets dropped. {}", reason.label(), count - limit.logged, reason.sentence());
            limit.logged = count;
            limit.loggedAt = now;
        }
    }

    private Limit limit(DropReason reason) {
        return limits.getOrDefault(reason, new Limit());
    }

    /** Inbound sessions that find a full table are those of strangers. */
    private static long dropped(TranslatorStatistics now, DropReason reason) {
        long fromIpv6 = now.fromIpv6().dropped().getOrDefault(reason, 0L);
        return OF_ALL.contains(reason)
                ? fromIpv6
                : fromIpv6 + now.fromIpv4().dropped().getOrDefault(reason, 0L);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
