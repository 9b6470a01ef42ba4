// SPDX-License-Identifier: Apache-2.0
package nat64.dns64;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import nat64.dns64.message.ServerCookies;
import nat64.dns64.query.ClientOptions;
import nat64.dns64.query.QueryAdmission;
import nat64.dns64.transport.ResponseRates;

/** How the servers of tests treat their clients. */
public final class Serving {

    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final byte[] SECRET = new byte[ServerCookies.SECRET_LENGTH];

    private Serving() {}

    public static ClientOptions options() {
        var cookies = new ServerCookies(List.of(SECRET));
        return new ClientOptions(() -> cookies, InstantSource.fixed(NOW));
    }

    public static QueryAdmission inFlight() {
        return new QueryAdmission(() -> 0, Runnable::run);
    }

    public static Future<?> later(Runnable task, long millis) {
        return CompletableFuture.runAsync(task, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    public static ResponseRates anyRate() {
        return new ResponseRates(0, 0, () -> 0);
    }
}
