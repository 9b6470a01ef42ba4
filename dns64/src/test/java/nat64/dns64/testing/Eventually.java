// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.testing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about. */
public final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(30); // for a busy machine
    private static final long INTERVAL_MILLIS = 5;

    private Eventually() {}

    /** Returns as soon as the condition holds; fails if it does not for half a minute. */
    public static void holds(BooleanSupplier condition) throws Exception {
        var held = new CompletableFuture<Void>();
        try (var scheduler = Executors.newSingleThreadScheduledExecutor()) {
            var _ = scheduler.scheduleWithFixedDelay(
                    () -> {
                        if (condition.getAsBoolean()) {
                            held.complete(null);
                        }
                    },
                    0,
                    INTERVAL_MILLIS,
                    TimeUnit.MILLISECONDS);
            try {
                held.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            } finally {
                scheduler.shutdownNow();
            }
        }
    }
}
