// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import nat64.translator.packet.PacketPort;
import nat64.translator.session.TableCopy;
import nat64.translator.session.record.Adoption;
import nat64.translator.session.record.HeldPort;
import nat64.translator.session.record.ListedBinding;
import nat64.translator.session.record.ListedBlock;
import nat64.translator.session.record.Occupancy;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.Pool4Record;
import nat64.translator.session.record.RecordFilter;
import nat64.translator.session.record.SessionEvents;
import nat64.translator.session.record.SessionOrder;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SubscriberRecord;
import nat64.translator.session.snapshot.RecordBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running translator: a thread for each of its ports, the queues of a device, and the same tables for all. Any thread
 * may call its methods.
 *
 * <p>Whatever a worker needs for a packet is its own, created before its thread starts, except for the tables and the
 * rules. The tables are used under their lock only ({@link nat64.translator.pipeline.TableLock}), so each worker sees
 * them as the last one has left them, and times never run backwards from one holder to the next. The rules are
 * immutable, and a worker reads the current ones once per batch. Packets are read, parsed, rewritten and sent without
 * the lock. A worker handles what its port receives one after another: packets keep their order if the device gives all
 * packets of a flow to one port, as the queues of a TUN device do. Each counter has one writer; a reader may see it a
 * moment late, and never sees half a number.
 */
public final class TranslatorThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TranslatorThreads.class);

    private final Arena arena;
    private final List<PacketPort> ports;
    private final Surroundings surroundings;
    private final List<? extends PacketTranslator> parts;
    private final WorkerTasks tasks;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private volatile Phase phase = Phase.PREPARED;

    /** The tables are those of the workers while these run, and of the caller before and after. */
    private enum Phase {
        PREPARED,
        WORKING,
        STOPPED,
        CLOSED
    }

    /**
     * What a translator needs besides packets.
     *
     * @param clock milliseconds that never run backwards
     * @param random for ports and hashes; not predictable by other hosts; used by one thread at a time
     * @param onDeviceGone called by a worker, once, if it ends without {@link #close}: the device was removed
     * @param nanoClock nanoseconds that never run backwards, by which batches are timed
     */
    public record Surroundings(
            LongSupplier clock, RandomGenerator random, Runnable onDeviceGone, LongSupplier nanoClock) {

        /** Batches are timed by the same clock, in whole milliseconds. */
        public Surroundings(LongSupplier clock, RandomGenerator random, Runnable onDeviceGone) {
            this(clock, random, onDeviceGone, () -> TimeUnit.MILLISECONDS.toNanos(clock.getAsLong()));
        }
    }

    private TranslatorThreads(
            Arena arena,
            PacketTranslatorSettings settings,
            List<? extends PacketPort> ports,
            Surroundings surroundings) {
        this.arena = arena;
        this.ports = List.copyOf(ports);
        this.surroundings = surroundings;
        parts = PacketTranslator.of(arena, settings, ports, surroundings.random());
        tasks = new WorkerTasks(running::get, ports.getFirst()::wake);
        for (int i = 0; i < ports.size(); i++) {
            var part = parts.get(i);
            var worker = new Worker(arena, ports.get(i), part, surroundings, tasks);
            workers.add(worker);
            threads.add(Thread.ofPlatform().name("nat64-worker-" + i).unstarted(() -> work(worker)));
        }
    }

    /**
     * Reserves the memory of the tables and begins to translate. Arena and ports belong to the translator from now on,
     * and are closed with it.
     *
     * @param arena a shared one
     * @param ports at least one; each gets a thread
     */
    public static TranslatorThreads start(
            Arena arena,
            PacketTranslatorSettings settings,
            List<? extends PacketPort> ports,
            Surroundings surroundings) {
        var translator = prepare(arena, settings, ports, surroundings);
        translator.begin();
        return translator;
    }

    /** As {@link #start}, but nothing is translated before {@link #begin}; until then, one thread may use it. */
    public static TranslatorThreads prepare(
            Arena arena,
            PacketTranslatorSettings settings,
            List<? extends PacketPort> ports,
            Surroundings surroundings) {
        return new TranslatorThreads(arena, settings, ports, surroundings);
    }

    /** Begins to translate. */
    public void begin() {
        phase = Phase.WORKING;
        threads.forEach(Thread::start);
    }

    /** What all workers have done together. */
    public TranslatorStatistics statistics() {
        return parts.stream()
                .map(PacketTranslator::statistics)
                .reduce(TranslatorStatistics::plus)
                .orElseThrow()
                .withBatches(workers.stream().map(Worker::batchTimes).toList());
    }

    /**
     * Changes settings while packets flow. Sessions are kept, and no packet is dropped because of it. One change at a
     * time: the next may begin once the future is complete.
     *
     * @return complete once all workers go by the new settings; completes exceptionally if the translator ends before
     * @throws IllegalArgumentException if the change needs a restart, and nothing was changed; the message says which
     *     setting
     * @throws IllegalStateException if the change before is not complete
     */
    public CompletableFuture<@Nullable Void> reconfigure(PacketTranslatorSettings settings) {
        if (!running.get()) {
            return CompletableFuture.failedFuture(new IllegalStateException("the translator has ended"));
        }
        var change = parts.getFirst().reconfigure(settings);
        return take((_, now) -> change.step(now));
    }

    /** A page of sessions, {@code most} at most; {@link Page#BEGINNING} is the first cursor. */
    public CompletableFuture<Page<SessionRecord>> sessions(RecordFilter filter, long cursor, int most) {
        return ask((stateful, now) -> stateful.sessions(filter, cursor, most, now));
    }

    /** The sessions that come first in an order, {@code most} at most. */
    public CompletableFuture<List<SessionRecord>> firstSessions(RecordFilter filter, SessionOrder order, int most) {
        var ranking = stateful(parts.getFirst()).rank(filter, order, most, now());
        return take((part, now) -> stateful(part).rank(ranking, now))
                .thenCompose(_ -> ask((stateful, now) -> stateful.ranked(ranking, now)));
    }

    /** A page of bindings, {@code most} at most; {@link Page#BEGINNING} is the first cursor. */
    public CompletableFuture<Page<ListedBinding>> bindings(RecordFilter filter, long cursor, int most) {
        return ask((stateful, now) -> stateful.bindings(filter, cursor, most, now));
    }

    /** A page of blocks of ports that subscribers have, {@code most} at most. */
    public CompletableFuture<Page<ListedBlock>> blocks(RecordFilter filter, long cursor, int most) {
        return ask((stateful, now) -> stateful.blocks(filter, cursor, most, now));
    }

    /** A page of pool4 addresses, {@code most} at most, with those that drain. */
    public CompletableFuture<Page<Pool4Record>> pool4(long cursor, int most) {
        return ask((stateful, now) -> stateful.pool4(cursor, most, now));
    }

    /** What the tables hold besides sessions and bindings. */
    public CompletableFuture<Occupancy> occupancy() {
        return ask(StatefulTranslator::occupancy);
    }

    /** A page of subscribers, {@code most} at most; there are none without limits. */
    public CompletableFuture<Page<SubscriberRecord>> subscribers(long cursor, int most) {
        return ask((stateful, now) -> stateful.subscribers(cursor, most, now));
    }

    /**
     * Has changes of bindings and sessions written into a ring, for one consumer on a thread of its own. The ring lives
     * as long as the translator.
     */
    public CompletableFuture<SessionEvents> listen(int capacity, SessionEvents.Scope scope) {
        return ask((stateful, _) -> stateful.listen(capacity, scope));
    }

    /** Ends what {@link #listen} has begun. */
    public CompletableFuture<SessionEvents> ignore(SessionEvents events) {
        return ask((stateful, _) -> {
            stateful.ignore(events);
            return events;
        });
    }

    /** Takes a session from another process into the tables, with its binding and its port; again changes nothing. */
    public CompletableFuture<Adoption> adopt(SessionRecord session) {
        return ask((stateful, now) -> stateful.adopt(session, now));
    }

    /**
     * Gives hosts the pool4 addresses that they have had in another process.
     *
     * @throws IllegalStateException after {@link #begin}
     */
    public void pairAs(long seed) {
        if (phase != Phase.PREPARED) {
            throw new IllegalStateException("hosts may have bindings");
        }
        stateful(parts.getFirst()).pairAs(seed);
    }

    /** Keeps a port unused that another process has released; false if it is bound, or not of pool4. */
    public CompletableFuture<Boolean> hold(HeldPort port) {
        return ask((stateful, now) -> stateful.hold(port, now));
    }

    /** Begins a copy of all sessions and held ports as of now. */
    public TableCopy copy() {
        return stateful(parts.getFirst()).copy(now());
    }

    /** Copies rows into a buffer until it is full or there are no more. The buffer is the workers' meanwhile. */
    public CompletableFuture<@Nullable Void> copy(TableCopy copy, RecordBuffer into) {
        return take((part, now) -> stateful(part).copy(copy, into, now));
    }

    /** Whether packets are being translated: false after {@link #close}, or if the device is gone. */
    public boolean isRunning() {
        return running.get() && threads.stream().allMatch(Thread::isAlive);
    }

    /**
     * The workers that have done nothing for longer than a time, by the names of their threads: they are frozen or
     * stuck, as each looks for packets at least twice a second. None after the translator has ended.
     */
    public List<String> silentWorkers(Duration time) {
        long latest = now() - time.toMillis();
        return IntStream.range(0, workers.size())
                .filter(i -> isRunning() && workers.get(i).heartbeat() - latest < 0)
                .mapToObj(i -> threads.get(i).getName())
                .toList();
    }

    /** Ends the threads, then closes the ports and the arena. */
    @Override
    public void close() {
        stop();
        if (phase == Phase.STOPPED) {
            phase = Phase.CLOSED;
            ports.forEach(PacketPort::close);
            arena.close();
        }
    }

    /** Ends the threads. What they knew stays, and one thread may use it until {@link #close}. */
    public void stop() {
        if (phase == Phase.CLOSED) {
            return;
        }
        running.set(false);
        ports.forEach(PacketPort::wake);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return; // the memory stays: a worker may still be writing to it
        }
        phase = Phase.STOPPED;
    }

    /** Whether there are sessions at all: a stateless translator refuses all questions about them. */
    public boolean isStateful() {
        return parts.getFirst() instanceof StatefulTranslator;
    }

    private <T> CompletableFuture<T> ask(Question<T> question) {
        return isCallers()
                ? CompletableFuture.completedFuture(question.answer(stateful(parts.getFirst()), now()))
                : tasks.ask((part, now) -> question.answer(stateful(part), now));
    }

    private CompletableFuture<@Nullable Void> take(WorkerTasks.Steps.Stepping stepping) {
        if (!isCallers()) {
            return tasks.take(stepping);
        }
        while (stepping.step(parts.getFirst(), now())) {
            // no packet waits
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Whether no worker uses the tables. */
    private boolean isCallers() {
        return phase == Phase.PREPARED || phase == Phase.STOPPED;
    }

    private long now() {
        return surroundings.clock().getAsLong();
    }

    private static StatefulTranslator stateful(PacketTranslator part) {
        return switch (part) {
            case StatefulTranslator stateful -> stateful;
            case Siit _ -> throw new IllegalStateException("a stateless translator has no sessions");
        };
    }

    private interface Question<T> {
        T answer(StatefulTranslator translator, long now);
    }

    /** One worker that ends stops the others: without its queue, some flows would pass and others not. */
    private void work(Worker worker) {
        try {
            worker.work(running::get);
        } catch (RuntimeException | Error e) {
            LOG.error("A worker ends because of a defect", e);
            throw e;
        } finally {
            if (running.compareAndSet(true, false)) {
                LOG.error("The translator has stopped");
                ports.forEach(PacketPort::wake);
                surroundings.onDeviceGone().run();
            }
            tasks.cancelAll();
        }
    }
}
