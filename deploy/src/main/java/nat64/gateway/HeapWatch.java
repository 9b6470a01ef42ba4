// SPDX-License-Identifier: Apache-2.0
package nat64.gateway;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts what uses the Java heap when the heap is full, or when an error has ended one of its threads, and leaves the
 * rest of the process alone. For one thread, which looks from time to time.
 */
final class HeapWatch {

    /** Of the old generation, in use after a collection: what is left is too little for a running server. */
    static final double FULL = 0.95;

    private static final Logger LOG = LoggerFactory.getLogger("nat64");

    private final DoubleSupplier used;
    private final BooleanSupplier isRunning;
    private final Runnable restart;

    /**
     * @param used part of the heap after the last collection, 0 to 1
     * @param isRunning whether all threads of the server run
     * @param restart ends the server, whatever is left of it, and starts another
     */
    HeapWatch(DoubleSupplier used, BooleanSupplier isRunning, Runnable restart) {
        this.used = used;
        this.isRunning = isRunning;
        this.restart = restart;
    }

    /** Watches the heap of this process. */
    static HeapWatch ofThisProcess(BooleanSupplier isRunning, Runnable restart) {
        return new HeapWatch(HeapWatch::usedAfterCollection, isRunning, restart);
    }

    /** Restarts the server if it has to be. Never throws. */
    void look() {
        try {
            double part = used.getAsDouble();
            if (part >= FULL) {
                LOG.error(
                        "the Java heap is full ({} %): restarting the DNS64; raise -Xmx in NAT64_JAVA_OPTIONS, or lower"
                                + " dns64.cache-size",
                        Math.round(100 * part));
                restart.run();
            } else if (!isRunning.getAsBoolean()) {
                LOG.error("a thread of the DNS64 has ended because of an error: restarting the DNS64");
                restart.run();
            }
        } catch (OutOfMemoryError | RuntimeException e) {
            restartAfter(e);
        }
    }

    private void restartAfter(Throwable cause) {
        try {
            restart.run();
            LOG.error("restarted the DNS64 after an error", cause);
        } catch (OutOfMemoryError | RuntimeException e) { // the next look tries again
            LOG.debug("cannot restart the DNS64", e);
        }
    }

    /** Of the largest pool that survives collections; 0 before the first one. */
    private static double usedAfterCollection() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()))
                .map(HeapWatch::usedAfterCollection)
                .orElse(0.0);
    }

    private static double usedAfterCollection(MemoryPoolMXBean pool) {
        var usage = pool.getCollectionUsage();
        return usage.getMax() <= 0 ? 0 : (double) usage.getUsed() / usage.getMax();
    }
}
