// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.restart;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import nat64.gateway.system.BootClock.Moment;
import nat64.translator.TranslatorThreads;
import nat64.translator.session.record.TableCounts;
import nat64.translator.session.snapshot.RecordBuffer;
import nat64.translator.session.snapshot.SnapshotHeader;
import nat64.translator.session.snapshot.SnapshotWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sessions of a translator in a file for the gateway that starts next on this host: every few seconds if
 * there was traffic, and once more when the translator has stopped. Workers copy some rows between packets; a thread of
 * this class does the rest.
 */
public final class SessionKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);

    /** So many times as long as a write takes is the pause behind it: large tables are written less often. */
    private static final int PAUSE_PER_WRITE = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int RECORDS = 16_384; // copied at a time
    private static final int BYTES_PER_RECORD = 41; // about, with checksums

    private final SessionFile file;
    private final TranslatorThreads translator;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("nat64-sessions").factory());
    private final SessionHeir heir;
    private @Nullable RecordBuffer buffer;
    private long seen = -1; // what was counted before the last write
    private boolean failing;
    private volatile KeptSessions status = KeptSessions.NONE;
    private volatile long completeAt; // by System.nanoTime

    /** What time it is, in all processes of this host. */
    public interface Clock {
        Moment now() throws IOException;
    }

    /** Keeps the sessions of a translator that has not begun. */
    public SessionKeeper(Path file, TranslatorThreads translator, Clock clock) {
        this.file = new SessionFile(file);
        this.translator = translator;
        this.clock = clock;
        heir = new SessionHeir(translator);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Removes what an earlier gateway has kept. */
    public static void forget(Path file) {
        try {
            new SessionFile(file).delete();
        } catch (IOException e) {
            LOG.warn("cannot delete {}: {}", file, e.toString());
        }
    }

    /** Takes what an earlier gateway has kept into the translator, which must not have begun. */
    public void adopt() {
        try {
            heir.adopt(file, clock.now());
        } catch (IOException e) {
            LOG.warn("cannot tell the age of the sessions kept in {}: {}", file.path(), e.getMessage());
        }
        status = status(0, 0, 0);
    }

    /** Writes from now on, in a thread of its own. */
    public void start() {
        again(SHORTEST_PAUSE);
    }

    /** What has been done; any thread may ask. */
    public KeptSessions status() {
        var last = status;
        var age =
                last.writes() == 0 ? OptionalDouble.empty() : OptionalDouble.of((System.nanoTime() - completeAt) / 1e9);
        return new KeptSessions(last.records(), last.writes(), last.failures(), age, last.adopted(), last.refused());
    }

    /** Stops the translator, and writes for the last time. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("the sessions are still being written; what is kept is some seconds old");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        translator.stop();
        write();
        LOG.info("kept {} sessions and resting ports in {} for the next start", status.records(), file.path());
    }

    private void again(Duration pause) {
        Future<?> _ = thread.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        long begin = System.nanoTime();
        writeIfChanged();
        var pause = Duration.ofNanos(System.nanoTime() - begin).multipliedBy(PAUSE_PER_WRITE);
        if (!thread.isShutdown()) {
            again(pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause);
        }
    }

    /** Writes, unless no packet has been translated and no session has ended since: deadlines have stayed then. */
    void writeIfChanged() {
        long begin = System.nanoTime();
        long counted = counted();
        if (counted == seen) {
            completeAt = begin;
        } else if (write()) {
            seen = counted;
        }
    }

    /** Another number once anything may have changed. */
    private long counted() {
        var statistics = translator.statistics();
        return statistics.fromIpv6().packets()
                + statistics.fromIpv4().packets()
                + statistics.tables().values().stream()
                        .mapToLong(table -> table.created() + table.expired())
                        .sum();
    }

    /** Answers whether the file has been written. */
    private boolean write() {
        var before = status;
        long begin = System.nanoTime();
        try {
            var written = new long[1];
            file.write(expectedBytes(), channel -> written[0] = write(channel));
            completeAt = begin;
            status = status(written[0], before.writes() + 1, before.failures());
            if (failing) {
                LOG.info("sessions are kept in {} again", file.path());
            }
            failing = false;
            return true;
        } catch (IOException | RuntimeException e) {
            buffer = null; // a worker may still be writing into it
            status = status(before.records(), before.writes(), before.failures() + 1);
            if (!failing) {
                LOG.warn("cannot keep sessions in {}: {}; trying again", file.path(), e.toString());
            }
            failing = true;
            return false;
        }
    }

    private long expectedBytes() {
        return (long) BYTES_PER_RECORD
                * translator.statistics().tables().values().stream()
                        .mapToInt(TableCounts::sessions)
                        .sum();
    }

    /** Answers how many records there were. */
    private long write(WritableByteChannel channel) throws IOException {
        var moment = clock.now();
        var copy = translator.copy();
        var header = new SnapshotHeader(moment.boot(), moment.millis(), copy.pairing(), copy.pref64s());
        var writer = new SnapshotWriter(channel, header);
        var block = buffer == null ? new RecordBuffer(Arena.ofAuto(), RECORDS) : buffer;
        buffer = block;
        try {
            while (copy.hasMore()) {
                block.clear();
                translator.copy(copy, block).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                writer.write(block);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the translator doesn't answer (" + e + ")", e);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        writer.end();
        return writer.records();
    }

    private KeptSessions status(long records, long writes, long failures) {
        return new KeptSessions(
                records, writes, failures, OptionalDouble.empty(), heir.fates(), Map.copyOf(heir.refused()));
    }
}
