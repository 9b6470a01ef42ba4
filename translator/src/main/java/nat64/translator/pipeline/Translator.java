// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;
import nat64.translator.session.SessionView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A translator at work on a port, in a thread of its own that owns the tables. Its methods may be called by any
 * thread.
 */
public final class Translator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Translator.class);

    /** Packets between two looks at the clock. */
    private static final int BATCH = 64;

    /** How long the worker sleeps when nothing comes; sessions expire with a second's precision. */
    private static final int IDLE_MILLIS = 500;

    private final Arena arena;
    private final PacketPort port;
    private final LongSupplier clock;
    private final Runnable onDeviceGone;
    private final Mode mode;
    private final Packet packet;
    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private final Thread worker;
    private volatile boolean running = true;

    private Translator(
            Arena arena,
            ModeSettings settings,
            PacketPort port,
            LongSupplier clock,
            RandomGenerator random,
            Runnable onDeviceGone) {
        this.arena = arena;
        this.port = port;
        this.clock = clock;
        this.onDeviceGone = onDeviceGone;
        mode = Mode.of(arena, settings, port, random);
        packet = new Packet(arena);
        worker = Thread.ofPlatform().name("nat64-worker").unstarted(this::work);
    }

    /**
     * Takes the memory of the tables and begins to translate. Arena and port are the translator's from now on and closed
     * with it.
     *
     * @param arena a shared one
     * @param clock milliseconds that never run backwards
     * @param random for ports and hashes; nobody outside may be able to guess it
     * @param onDeviceGone called by the worker, once, if it ends unasked: somebody has taken the device away
     */
    public static Translator start(
            Arena arena,
            ModeSettings settings,
            PacketPort port,
            LongSupplier clock,
            RandomGenerator random,
            Runnable onDeviceGone) {
        var translator = new Translator(arena, settings, port, clock, random, onDeviceGone);
        translator.worker.start();
        return translator;
    }

    public TranslatorStatistics statistics() {
        return mode.statistics();
    }

    /** Some sessions, {@code most} at most, as soon as the worker has a moment; none once it has ended. */
    public CompletableFuture<List<SessionView>> sessions(int most) {
        var answer = new CompletableFuture<List<SessionView>>();
        requests.add(() -> answer.complete(running ? mode.sessions(most, clock.getAsLong()) : List.of()));
        if (isRunning()) {
            port.wake();
        } else {
            answer.complete(List.of());
        }
        return answer;
    }

    /** Whether packets are being translated: false once closed, or if the device is gone. */
    public boolean isRunning() {
        return running && worker.isAlive();
    }

    /** Ends the work, and gives the port and all memory back. */
    @Override
    public void close() {
        running = false;
        port.wake();
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return; // the memory stays: the worker may still be writing to it
        }
        port.close();
        arena.close();
    }

    private void work() {
        try {
            while (running && !port.isClosed()) {
                workOnce();
            }
        } catch (RuntimeException | Error e) {
            LOG.error("The worker met a defect and ends", e);
            throw e;
        } finally {
            if (running) {
                running = false;
                LOG.error("Nothing is translated any more");
                onDeviceGone.run();
            }
            answerRequests();
        }
    }

    private void workOnce() {
        long now = clock.getAsLong();
        boolean expiring = mode.expire(now);
        int received = 0;
        while (received < BATCH && port.receive(packet)) {
            mode.process(packet, now);
            received++;
        }
        answerRequests();
        if (received == 0 && !expiring) {
            port.await(IDLE_MILLIS);
        }
    }

    private void answerRequests() {
        for (var request = requests.poll(); request != null; request = requests.poll()) {
            request.run();
        }
    }
}
