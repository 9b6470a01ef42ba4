// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import nat64.translator.packet.PacketPort;
import nat64.translator.session.record.SessionView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A translator at work on some ports, the queues of a device: a thread for each, and tables for all. Its methods may be
 * called by any thread.
 *
 * <p>Who sees what: whatever a worker needs for a packet is its own, made before its thread starts, but for the tables.
 * These are touched in turns only ({@link TableLock}); the end of a turn happens before the beginning of the next, so each
 * worker sees them as the last one has left them, and times never run backwards from turn to turn. Packets are read,
 * parsed, rewritten and sent outside of turns. A worker handles what its port gives it one after another: packets keep
 * their order if the device gives all packets of a flow to one port, as the queues of a TUN device do. Counters have one
 * writer each, or are written in turns; who reads them may be late by a moment, and never sees half a number.
 */
public final class TranslatorThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TranslatorThreads.class);

    private final Arena arena;
    private final List<PacketPort> ports;
    private final LongSupplier clock;
    private final Runnable onDeviceGone;
    private final List<PacketTranslator> modes;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean running = new AtomicBoolean(true);

    private TranslatorThreads(
            Arena arena,
            PacketTranslatorSettings settings,
            List<? extends PacketPort> ports,
            LongSupplier clock,
            RandomGenerator random,
            Runnable onDeviceGone) {
        this.arena = arena;
        this.ports = List.copyOf(ports);
        this.clock = clock;
        this.onDeviceGone = onDeviceGone;
        modes = PacketTranslator.of(arena, settings, ports, random);
        for (int i = 0; i < ports.size(); i++) {
            var mode = modes.get(i);
            var worker = new Worker(arena, ports.get(i), mode, clock, () -> answerRequests(mode));
            threads.add(Thread.ofPlatform().name("nat64-worker-" + i).unstarted(() -> work(worker, mode)));
        }
    }

    /**
     * Takes the memory of the tables and begins to translate. Arena and ports are the translator's from now on and closed
     * with it.
     *
     * @param arena a shared one
     * @param ports at least one; each gets a thread
     * @param clock milliseconds that never run backwards
     * @param random for ports and hashes; nobody outside may be able to guess it; used by one thread at a time
     * @param onDeviceGone called by a worker, once, if it ends unasked: somebody has taken the device away
     */
    public static TranslatorThreads start(
            Arena arena,
            PacketTranslatorSettings settings,
            List<? extends PacketPort> ports,
            LongSupplier clock,
            RandomGenerator random,
            Runnable onDeviceGone) {
        var translator = new TranslatorThreads(arena, settings, ports, clock, random, onDeviceGone);
        translator.threads.forEach(Thread::start);
        return translator;
    }

    public TranslatorStatistics statistics() {
        return modes.stream()
                .map(PacketTranslator::statistics)
                .reduce(TranslatorStatistics::plus)
                .orElseThrow();
    }

    /** Some sessions, {@code most} at most, as soon as a worker has a moment; none once they have ended. */
    public CompletableFuture<List<SessionView>> sessions(int most) {
        var request = new Request(most, new CompletableFuture<>());
        requests.add(request);
        if (isRunning()) {
            ports.getFirst().wake();
        } else {
            request.answer.complete(List.of());
        }
        return request.answer;
    }

    /** Whether packets are being translated: false once closed, or if the device is gone. */
    public boolean isRunning() {
        return running.get() && threads.stream().allMatch(Thread::isAlive);
    }

    /** Ends the work, and gives the ports and all memory back. */
    @Override
    public void close() {
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
        ports.forEach(PacketPort::close);
        arena.close();
    }

    /** One worker that ends takes the others with it: without their queue, some flows would pass and others not. */
    private void work(Worker worker, PacketTranslator mode) {
        try {
            worker.work(running::get);
        } catch (RuntimeException | Error e) {
            LOG.error("A worker met a defect and ends", e);
            throw e;
        } finally {
            if (running.compareAndSet(true, false)) {
                LOG.error("Nothing is translated any more");
                ports.forEach(PacketPort::wake);
                onDeviceGone.run();
            }
            answerRequests(mode);
        }
    }

    private void answerRequests(PacketTranslator mode) {
        for (var request = requests.poll(); request != null; request = requests.poll()) {
            request.answer.complete(running.get() ? mode.sessions(request.most, clock.getAsLong()) : List.of());
        }
    }

    private record Request(int most, CompletableFuture<List<SessionView>> answer) {}
}
