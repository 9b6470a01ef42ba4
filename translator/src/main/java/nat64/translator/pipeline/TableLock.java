// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives one worker at a time its turn at what all workers share: tables, the budget of ICMP errors, random numbers. What
 * one has written in its turn, the next one sees. A turn takes a fraction of a microsecond and never does I/O, so a worker
 * that has to wait spins, and naps only if that does not help, because the one whose turn it is has lost its processor.
 * Nobody queues, and so nothing is allocated. A worker that is alone takes its turns for nothing.
 */
final class TableLock {

    /** A few microseconds. */
    private static final int SPINS = 100;

    private static final long NAP_NANOS = 20_000;

    private final boolean shared;
    private final AtomicBoolean taken = new AtomicBoolean();
    private long latest = Long.MIN_VALUE;

    /** For one worker, or for several that share. */
    TableLock(boolean shared) {
        this.shared = shared;
    }

    /** Whether there is more than one worker. */
    boolean isShared() {
        return shared;
    }

    /**
     * Waits for this worker's turn, which lasts until {@link #end}, whatever happens.
     *
     * @param now the worker's time, in milliseconds
     * @return the time of this turn: not before that of any turn before it
     */
    long begin(long now) {
        if (!shared) {
            return now;
        }
        if (!taken.compareAndSet(false, true)) {
            await();
        }
        latest = Math.max(latest, now);
        return latest;
    }

    void end() {
        if (shared) {
            taken.setRelease(false);
        }
    }

    private void await() {
        int spins = 0;
        do {
            if (spins < SPINS) {
                spins++;
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(NAP_NANOS);
            }
        } while (taken.getOpaque() || !taken.compareAndSet(false, true));
    }
}
