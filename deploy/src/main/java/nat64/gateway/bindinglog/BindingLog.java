// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.bindinglog;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import nat64.gateway.config.translator.log.BindingLogConfig;
import nat64.translator.TranslatorThreads;
import nat64.translator.session.record.ListedBinding;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionEvent;
import nat64.translator.session.record.SessionEvents;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of bindings while the gateway runs. A thread takes events out of the translator's ring and makes records of
 * them; the workers never wait for it. Translator and log have clocks of their own: the translator's is {@link
 * System#nanoTime} in milliseconds.
 */
public final class BindingLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("nat64");

    /** Events that may wait, 64 bytes each: half a second at 500,000 a second. */
    public static final int RING = 1 << 18;

    private static final int EVENTS_AT_ONCE = 4096;
    private static final int ROWS_AT_ONCE = 100; // the tables are locked meanwhile
    private static final long PAUSE_NANOS = 10_000_000;
    private static final long LONGEST_WAIT_FOR_ROOM = 50; // milliseconds
    private static final int PATIENCE = 10; // seconds
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(3);
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final List<Sink> sinks;
    private final Recorder recorder;
    private final boolean destinations;
    private final Thread thread = Thread.ofPlatform().daemon().name("nat64-log").unstarted(this::work);
    private boolean started;
    private volatile boolean closing;
    private volatile @Nullable TranslatorThreads translator;
    private volatile @Nullable SessionEvents events;

    BindingLog(List<Sink> sinks, boolean destinations) {
        this.sinks = List.copyOf(sinks);
        this.destinations = destinations;
        recorder = new Recorder(sinks);
    }

    /**
     * Opens the outputs.
     *
     * @return nothing if there are none
     * @throws IOException if the file cannot be opened; the message says what helps
     */
    public static Optional<BindingLog> open(BindingLogConfig config) throws IOException {
        var sinks = Sinks.of(config);
        return sinks.isEmpty() ? Optional.empty() : Optional.of(new BindingLog(sinks, config.destinations()));
    }

    /** Takes the events of a translator from now on, before its first packet. */
    public void listen(TranslatorThreads source) {
        translator = source;
        events = source.listen(RING, destinations ? SessionEvents.Scope.SESSIONS : SessionEvents.Scope.BINDINGS)
                .join();
    }

    /** Takes the events of a ring from now on; what was there before is not known. */
    public void listen(SessionEvents ring) {
        events = ring;
    }

    /** Starts to write: first the bindings that exist, then changes. */
    public void start() {
        started = true;
        sinks.forEach(Sink::start);
        thread.start();
    }

    /** What was done; any thread may ask. */
    public BindingLogStatus status() {
        var ring = events;
        return new BindingLogStatus(
                sinks.stream().collect(Collectors.toMap(Sink::format, Sink::written)),
                sinks.stream().collect(Collectors.toMap(Sink::format, Sink::lost)),
                ring == null ? 0 : ring.dropped());
    }

    private void work() {
        try {
            recorder.begin(now());
            if (translator != null) {
                listPresent(translator);
            }
            while (!closing) {
                if (record() == 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.error("The binding log has ended because of a defect: all that follows is lost", e);
        }
    }

    private void listPresent(TranslatorThreads source) {
        list(
                cursor -> source.blocks(RecordFilter.ALL, cursor, ROWS_AT_ONCE),
                listed -> recorder.present(listed.block(), now()));
        list(cursor -> source.bindings(RecordFilter.ALL, cursor, ROWS_AT_ONCE), this::present);
        if (destinations) {
            list(
                    cursor -> source.sessions(RecordFilter.ALL, cursor, ROWS_AT_ONCE),
                    session -> recorder.present(session, now()));
        }
    }

    /** The record of its block tells of a binding in a block. */
    private void present(ListedBinding listed) {
        if (!listed.isInBlock()) {
            recorder.present(listed.binding(), now());
        }
    }

    /** Goes through a list page by page, and through the events meanwhile. */
    private <T> void list(Function<Long, CompletableFuture<Page<T>>> pages, Consumer<T> each) {
        long cursor = Page.BEGINNING;
        try {
            while (cursor != Page.END && !closing) {
                var page = pages.apply(cursor).get(PATIENCE, TimeUnit.SECONDS);
                page.items().forEach(each);
                cursor = page.cursor();
                long end = now() + LONGEST_WAIT_FOR_ROOM;
                do {
                    record();
                } while (!sinks.stream().allMatch(Sink::hasRoom) && now() < end && !closing);
            }
        } catch (CancellationException | ExecutionException | TimeoutException e) {
            LOG.warn("the binding log lacks bindings that were there before it: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes records of the events that wait, some at most, and answers how many there were. */
    private int record() {
        var ring = events;
        if (ring == null) {
            return 0;
        }
        long now = now();
        long offset = now - System.nanoTime() / NANOS_PER_MILLI;
        SessionEvents.Handler handler = (SessionEvent event) -> recorder.on(event, offset, now);
        int polled = ring.poll(handler, EVENTS_AT_ONCE);
        recorder.dropped(ring.dropped(), now);
        recorder.flushDue(now);
        return polled;
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    /** Stops the translator, and writes what is left. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (started) {
            Optional.ofNullable(translator).ifPresent(TranslatorThreads::stop);
            while (record() > 0) {
                // until the last event
            }
            recorder.end(now());
        }
        sinks.forEach(sink -> sink.end(now()));
        long deadline = System.nanoTime() + PATIENCE_AT_END.toNanos();
        sinks.forEach(sink -> sink.close(deadline));
    }
}
