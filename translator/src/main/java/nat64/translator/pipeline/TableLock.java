// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock on all that workers share: tables, the budget of ICMP errors, random numbers. It is held for a fraction of a
 * microsecond and never during I/O, so a worker that has to wait spins, and sleeps only if that does not help because
 * the holder has lost its processor. There is no queue, and so nothing is allocated. Whatever was written under the
 * lock is visible to the next holder, and the time that {@link #lock} returns never runs backwards. A single worker
 * locks nothing. Not reentrant.
 */
public final class TableLock {

    /** A few microseconds. */
    private static final int SPINS = 100;

    private static final long SLEEP_NANOS = 20_000;

    private final boolean shared;
    private final AtomicBoolean locked = new AtomicBoolean();
    private long latest = Long.MIN_VALUE;

    /** For one worker, or for several. */
    public TableLock(boolean shared) {
        this.shared = shared;
    }

    /** Whether there is more than one worker. */
    public boolean isShared() {
        return shared;
    }

    /**
     * Waits for the lock. {@link #unlock} must follow, in a {@code finally} block.
     *
     * @param now the worker's time, in milliseconds
     * @return the time to use under the lock: not before that of any earlier holder
     */
    public long lock(long now) {
        if (!shared) {
            return now;
        }
        if (!locked.compareAndSet(false, true)) {
            await();
        }
        latest = Math.max(latest, now);
        return latest;
    }

    /** Waits for the lock, for work that needs no time. */
    public void lock() {
        lock(Long.MIN_VALUE);
    }

    public void unlock() {
        if (shared) {
            locked.setRelease(false);
        }
    }

    private void await() {
        int spins = 0;
        do {
            if (spins < SPINS) {
                spins++;
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(SLEEP_NANOS);
            }
        } while (locked.getOpaque() || !locked.compareAndSet(false, true));
    }
}
