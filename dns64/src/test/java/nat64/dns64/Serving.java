// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import nat64.dns64.limit.ClientNetworks;
import nat64.dns64.limit.ExpensiveAnswers;
import nat64.dns64.limit.ResponseRates;
import nat64.dns64.message.ServerCookies;
import nat64.dns64.query.ClientOptions;
import nat64.dns64.query.QueryAdmission;
import nat64.dns64.query.QueryLimits;

/** How the servers of tests treat their clients. */
public final class Serving {

    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final byte[] SECRET = new byte[ServerCookies.SECRET_LENGTH];

    private Serving() {}

    public static ClientOptions options() {
        var cookies = new ServerCookies(List.of(SECRET));
        return new ClientOptions(() -> cookies, InstantSource.fixed(NOW));
    }

    /** For as many large answers as anyone wants: time passes with each look at the clock. */
    public static QueryLimits limits() {
        var looks = new AtomicLong();
        return limits(() -> TimeUnit.HOURS.toNanos(looks.incrementAndGet()));
    }

    /**
     * The limits of a server.
     *
     * @param nanoTime by which large answers are counted
     */
    public static QueryLimits limits(LongSupplier nanoTime) {
        return new QueryLimits(
                new QueryAdmission(ClientNetworks.DEFAULT, () -> 0, Runnable::run),
                new ExpensiveAnswers(ClientNetworks.DEFAULT, 0, nanoTime));
    }

    public static Future<?> later(Runnable task, long millis) {
        return CompletableFuture.runAsync(task, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    public static ResponseRates anyRate() {
        return new ResponseRates(0, ClientNetworks.DEFAULT, 0, () -> 0);
    }
}
