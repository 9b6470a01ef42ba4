// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import nat64.gateway.config.GatewayConfig;
import nat64.gateway.metrics.Metrics;
import nat64.gateway.metrics.TableSample;
import nat64.translator.TranslatorThreads;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.Pool4Record;
import nat64.translator.session.record.SubscriberRecord;

/**
 * Asks the workers of a stateful translator, at a scrape, what only they can tell of the tables: in short steps, and no
 * more often than its pauses say, however many scrape. Blocks until they answer, for a few seconds at most. Any thread
 * may ask.
 */
final class TableSamples {

    /** Addresses of pool4 with numbers of their own; each is counted in 8 KiB per protocol. */
    static final int MOST_ADDRESSES = 32;

    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_RANKINGS = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int SUBSCRIBERS_AT_ONCE = 512;

    private final TranslatorThreads translator;
    private final IntSupplier topSubscribers;
    private final LongSupplier nanoClock;
    private TableSample sample = TableSample.NONE;
    private List<SubscriberRecord> top = List.of();
    private int topWanted;
    private long sampledAt;
    private long rankedAt;

    /**
     * Nothing is asked before the first scrape.
     *
     * @param topSubscribers how many subscribers are wanted now
     * @param nanoClock nanoseconds that never run backwards
     */
    TableSamples(TranslatorThreads translator, IntSupplier topSubscribers, LongSupplier nanoClock) {
        this.translator = translator;
        this.topSubscribers = topSubscribers;
        this.nanoClock = nanoClock;
        sampledAt = nanoClock.getAsLong() - BETWEEN_SAMPLES.toNanos();
        rankedAt = nanoClock.getAsLong() - BETWEEN_RANKINGS.toNanos();
    }

    /** Adds them to the metrics, if there are tables. */
    static void addTo(Metrics metrics, TranslatorThreads translator, Supplier<GatewayConfig> config) {
        if (translator.isStateful()) {
            IntSupplier top = () -> config.get().operation().metrics().topSubscribers();
            metrics.addTables(new TableSamples(translator, top, System::nanoTime)::get);
        }
    }

    /** How it is now, or was a moment ago. What the workers do not answer in time is missing. */
    synchronized TableSample get() {
        long now = nanoClock.getAsLong();
        if (now - sampledAt >= BETWEEN_SAMPLES.toNanos()) {
            sampledAt = now;
            sample = take(now, now + PATIENCE.toNanos());
        }
        return sample;
    }

    private TableSample take(long now, long end) {
        try {
            var addresses = new ArrayList<Pool4Record>();
            long cursor = Page.BEGINNING;
            while (cursor != Page.END && addresses.size() < MOST_ADDRESSES) {
                var page = await(translator.pool4(cursor, MOST_ADDRESSES - addresses.size()), end);
                addresses.addAll(page.items());
                cursor = page.cursor();
            }
            var occupancy = await(translator.occupancy(), end);
            return new TableSample(Optional.of(occupancy), addresses, cursor == Page.END, top(now, end));
        } catch (ExecutionException | TimeoutException e) {
            return TableSample.NONE; // the translator has ended, or is stuck, which other metrics tell
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return TableSample.NONE;
        }
    }

    private List<SubscriberRecord> top(long now, long end)
            throws ExecutionException, InterruptedException, TimeoutException {
        int wanted = topSubscribers.getAsInt();
        if (wanted != topWanted || now - rankedAt >= BETWEEN_RANKINGS.toNanos()) {
            topWanted = wanted;
            rankedAt = now;
            top = List.of(); // unless the walk comes to its end
            top = wanted == 0 ? List.of() : rank(wanted, end);
        }
        return top;
    }

    private List<SubscriberRecord> rank(int wanted, long end)
            throws ExecutionException, InterruptedException, TimeoutException {
        var mostFirst = Comparator.comparingInt(SubscriberRecord::sessions).reversed();
        var first = new ArrayList<SubscriberRecord>();
        long cursor = Page.BEGINNING;
        while (cursor != Page.END) {
            var page = await(translator.subscribers(cursor, SUBSCRIBERS_AT_ONCE), end);
            first.addAll(page.items());
            first.sort(mostFirst);
            first.subList(Math.min(wanted, first.size()), first.size()).clear();
            cursor = page.cursor();
        }
        return List.copyOf(first);
    }

    private <T> T await(CompletableFuture<T> answer, long end)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(Math.max(0, end - nanoClock.getAsLong()), TimeUnit.NANOSECONDS);
    }
}
