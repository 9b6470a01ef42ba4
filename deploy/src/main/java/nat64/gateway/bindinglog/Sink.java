// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import nat64.gateway.bindinglog.format.Batch;
import nat64.gateway.bindinglog.format.Encoder;
import nat64.gateway.bindinglog.format.LogRecord;
import nat64.gateway.bindinglog.format.LogRecord.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records to one output through a queue of bounded size. One thread adds records and never waits; a thread of the
 * sink's own writes them, and tries again while that fails. If the queue is full, records are lost: that is counted,
 * and told by a record of its own as soon as there is room.
 */
final class Sink {

    /** Of up to 64 KiB each. */
    static final int MOST_WAITING = 128;

    private static final Logger LOG = LoggerFactory.getLogger("nat64");
    private static final long LONGEST_UNSENT = 200; // milliseconds
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Encoder encoder;
    private final Output output;
    private final BlockingQueue<Batch> waiting;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread;

    private Batch batch = new Batch();
    private long began; // when the first record of the batch was added
    private long untold; // lost records, of which no record tells yet
    private long told; // of which the batch tells

    private boolean isFailing; // of the sink's thread

    Sink(Encoder encoder, Output output) {
        this(encoder, output, MOST_WAITING);
    }

    /** For tests: with room for so many batches. */
    Sink(Encoder encoder, Output output, int room) {
        this.encoder = encoder;
        this.output = output;
        waiting = new ArrayBlockingQueue<>(room);
        thread = Thread.ofPlatform()
                .daemon()
                .name("nat64-log-" + encoder.format())
                .unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    String format() {
        return encoder.format();
    }

    /** Records of bindings and sessions that the output has taken; any thread may ask, as of {@link #lost}. */
    long written() {
        return written.get();
    }

    long lost() {
        return lost.get();
    }

    /** Whether at least half of the queue is free. */
    boolean hasRoom() {
        return waiting.remainingCapacity() > waiting.size();
    }

    /** Adds a record. Never waits. */
    void add(LogRecord record, long now) {
        if (untold > 0 && waiting.remainingCapacity() > 0) {
            tellLosses(now);
        }
        encode(record, now);
    }

    /** The batch that tells of losses is the one that counts them as told. */
    private void tellLosses(long now) {
        if (!batch.hasRoom()) {
            handOver(now);
        }
        long number = untold;
        untold = 0;
        told += number;
        encode(new LogRecord.Lost(now, number, Place.QUEUE), now);
    }

    private void encode(LogRecord record, long now) {
        if (!batch.hasRoom()) {
            handOver(now);
        }
        if (batch.isEmpty()) {
            began = now;
        }
        encoder.encode(record, batch, now);
    }

    /** Has written what was added some time ago. While batches wait, a new one is filled before it joins them. */
    void flushDue(long now) {
        if (!batch.isEmpty() && waiting.isEmpty() && (now - began >= LONGEST_UNSENT || now < began)) {
            handOver(now);
        }
    }

    private void handOver(long now) {
        encoder.finish(batch, now);
        if (!waiting.offer(batch)) {
            lost.addAndGet(batch.records());
            untold += told + batch.records();
            encoder.dropped();
        }
        told = 0;
        batch = new Batch();
    }

    /** Writes the rest, and then ends. No record may be added after this call. */
    void end(long now) {
        if (!batch.isEmpty()) {
            handOver(now);
        }
        ending.countDown();
    }

    /**
     * Waits until all is written, after {@link #end}; what is not by then is lost.
     *
     * @param deadline by System.nanoTime
     */
    void close(long deadline) {
        if (thread.getState() == Thread.State.NEW) {
            output.close();
            return;
        }
        try {
            if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                output.close(); // which ends a write that waits
                var _ = thread.join(SHORTEST_PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long left = waiting.stream().mapToLong(Batch::records).sum();
        if (left > 0) {
            lost.addAndGet(left);
            LOG.warn("the binding log ends, and {} records for {} are lost", left, output);
        }
    }

    private void work() {
        try (output) {
            while (true) {
                var next = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (next != null) {
                    write(next);
                } else if (isEnding()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isEnding() {
        return ending.getCount() == 0;
    }

    /** Tries until it is written; at the end, once more only. */
    private void write(Batch next) throws InterruptedException {
        var pause = SHORTEST_PAUSE;
        while (true) {
            boolean isLastTry = isEnding();
            try {
                output.write(next);
                written.addAndGet(next.records());
                succeeded();
                return;
            } catch (IOException e) {
                failed(e);
            }
            if (isLastTry) {
                lost.addAndGet(next.records());
                return;
            }
            var _ = ending.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void failed(IOException e) {
        if (!isFailing) {
            LOG.warn("cannot write the binding log to {}: {}; trying again", output, e.toString());
        }
        isFailing = true;
    }

    private void succeeded() {
        if (isFailing) {
            LOG.info("the binding log is written to {} again", output);
        }
        isFailing = false;
    }
}
