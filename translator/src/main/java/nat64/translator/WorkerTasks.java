// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that other threads want to have done with the tables: a worker takes one bounded step of it between two batches of
 * packets. Any thread may submit; at any time one worker at most is busy with a task.
 */
final class WorkerTasks {

    private final Queue<Entry<?>> entries = new ConcurrentLinkedQueue<>();
    private final BooleanSupplier running;
    private final Runnable wake;

    /** Wakes a worker for each task, as long as any is running. */
    WorkerTasks(BooleanSupplier running, Runnable wake) {
        this.running = running;
        this.wake = wake;
    }

    /** A task in steps. */
    interface Task {

        /** Takes the next step with one part of the translator, at this time. True if there are more. */
        boolean step(PacketTranslator part, long now);
    }

    private record Entry<T>(Task task, @Nullable T result, CompletableFuture<T> future) {

        void complete() {
            future.complete(result);
        }

        void cancel() {
            future.completeExceptionally(new IllegalStateException("the translator has ended"));
        }
    }

    /** The future gets the result after the last step; it fails if the translator has ended, or if a step fails. */
    <T> CompletableFuture<T> submit(Task task, @Nullable T result) {
        var entry = new Entry<T>(task, result, new CompletableFuture<>());
        entries.add(entry);
        if (running.getAsBoolean()) {
            wake.run();
        } else {
            cancelAll();
        }
        return entry.future;
    }

    /** Takes a step of one task. True if there is more to do. */
    boolean step(PacketTranslator part, long now) {
        var entry = entries.poll();
        if (entry == null) {
            return false;
        }
        try {
            if (entry.task.step(part, now)) {
                entries.add(entry);
            } else {
                entry.complete();
            }
        } catch (RuntimeException e) {
            entry.future.completeExceptionally(e);
        }
        return true;
    }

    /** The translator has ended. */
    void cancelAll() {
        for (var entry = entries.poll(); entry != null; entry = entries.poll()) {
            entry.cancel();
        }
    }
}
