// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.inspect;

import java.util.function.LongSupplier;

/** How often something may be done: some times at once, and once per period in the long run. Any thread may use it. */
final class Allowance {

    private final int most;
    private final long periodNanos;
    private final LongSupplier nanoTime;
    private long left; // guarded by this
    private long since; // guarded by this

    /** @param most at once, and at the beginning */
    Allowance(int most, long periodNanos, LongSupplier nanoTime) {
        this.most = most;
        this.periodNanos = periodNanos;
        this.nanoTime = nanoTime;
        this.left = most;
        this.since = nanoTime.getAsLong();
    }

    /** Whether it may be done once more now; if so, it counts. */
    synchronized boolean take() {
        long periods = (nanoTime.getAsLong() - since) / periodNanos;
        since += periods * periodNanos;
        left = Math.min(most, left + periods);
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
