// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host.routes;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When to read the routes of a device again, so that 100,000 of them don't keep a processor busy: after a change of the
 * kernel's network, but then for at most a twentieth of the time, and without one for at most a hundredth, though once
 * a minute in any case. Safe for many threads.
 */
public final class RouteLooks {

    private static final int SHARE_AFTER_CHANGE = 20;
    private static final int SHARE = 100;
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier clock;
    private boolean isRequired = true; // guarded by this, like the rest
    private boolean isHeard;
    private long begun;
    private long ended;
    private long cost;

    /** @param clock in nanoseconds */
    public RouteLooks(LongSupplier clock) {
        this.clock = clock;
    }

    /** Something of the network has changed, not necessarily these routes. */
    public synchronized void hear() {
        isHeard = true;
    }

    /** What was read is of no use any more. */
    public synchronized void require() {
        isRequired = true;
    }

    public synchronized boolean isDue() {
        long rest = clock.getAsLong() - ended;
        return isRequired || rest >= (isHeard ? cost * SHARE_AFTER_CHANGE : Math.min(cost * SHARE, LONGEST_NANOS));
    }

    /** They are about to be read; what is heard from now on is new. */
    public synchronized void begin() {
        isRequired = false;
        isHeard = false;
        begun = clock.getAsLong();
    }

    /** They have been read. */
    public synchronized void end() {
        ended = clock.getAsLong();
        cost = ended - begun;
    }
}
