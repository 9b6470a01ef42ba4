// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that other threads want to have done with the tables: a worker takes one bounded step of it between two batches
 * of packets. Any thread may submit; a task is with one worker at a time.
 */
final class WorkerTasks {

    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final BooleanSupplier running;
    private final Runnable wake;

    /** Wakes a worker for each task, as long as any is running. */
    WorkerTasks(BooleanSupplier running, Runnable wake) {
        this.running = running;
        this.wake = wake;
    }

    /** Something to do, in one step or several. */
    sealed interface Task {

        /** Takes the next step with one part of the translator, at this time. True if there are more. */
        boolean step(PacketTranslator part, long now);

        /** The task has failed, or will never be done. */
        void fail(RuntimeException reason);
    }

    /** A question that is answered in one step. */
    record Question<T>(Answering<T> answering, CompletableFuture<T> answer) implements Task {

        /** Answers with one part of the translator, at this time. */
        interface Answering<T> {
            T answer(PacketTranslator part, long now);
        }

        @Override
        public boolean step(PacketTranslator part, long now) {
            answer.complete(answering.answer(part, now));
            return false;
        }

        @Override
        public void fail(RuntimeException reason) {
            answer.completeExceptionally(reason);
        }
    }

    /** A change of settings, or a copy of the tables. */
    record Steps(Stepping stepping, CompletableFuture<@Nullable Void> done) implements Task {

        /** Takes the next step with one part of the translator, at this time. True if there are more. */
        interface Stepping {
            boolean step(PacketTranslator part, long now);
        }

        @Override
        public boolean step(PacketTranslator part, long now) {
            boolean more = stepping.step(part, now);
            if (!more) {
                done.complete(null);
            }
            return more;
        }

        @Override
        public void fail(RuntimeException reason) {
            done.completeExceptionally(reason);
        }
    }

    /** Answers as soon as a worker has a moment; fails if the translator has ended. */
    <T> CompletableFuture<T> ask(Question.Answering<T> answering) {
        var question = new Question<>(answering, new CompletableFuture<>());
        add(question);
        return question.answer;
    }

    /** Does something step by step; fails if the translator has ended before. */
    CompletableFuture<@Nullable Void> take(Steps.Stepping stepping) {
        var task = new Steps(stepping, new CompletableFuture<>());
        add(task);
        return task.done;
    }

    /** Takes a step of one task. True if there may be more to do. */
    boolean step(PacketTranslator part, long now) {
        var task = tasks.poll();
        if (task == null) {
            return false;
        }
        try {
            if (task.step(part, now)) {
                tasks.add(task);
            }
        } catch (RuntimeException e) {
            task.fail(e);
        } catch (OutOfMemoryError e) { // answers take heap, which others may have used up; packets don't
            task.fail(new IllegalStateException("the Java heap is full", e));
        }
        return true;
    }

    /** The translator has ended. */
    void cancelAll() {
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            task.fail(new IllegalStateException("the translator has ended"));
        }
    }

    private void add(Task task) {
        tasks.add(task);
        if (running.getAsBoolean()) {
            wake.run();
        } else {
            cancelAll();
        }
    }
}
