// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import nat64.dns64.wire.ServerCookies;

/** How the servers of tests treat their clients. */
final class Serving {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final byte[] SECRET = new byte[ServerCookies.SECRET_LENGTH];

    private Serving() {}

    static ClientOptions options() {
        var cookies = new ServerCookies(List.of(SECRET));
        return new ClientOptions(() -> cookies, InstantSource.fixed(NOW));
    }

    static InFlight inFlight() {
        return new InFlight(() -> 0, Runnable::run);
    }

    static Future<?> later(Runnable task, long millis) {
        return CompletableFuture.runAsync(task, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    static ResponseRates anyRate() {
        return new ResponseRates(0, 0, () -> 0);
    }
}
