// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import nat64.translator.TranslatorThreads.Surroundings;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;

/** Translates what one port receives, in a thread of its own. */
final class Worker {

    /** Packets between two looks at the clock. */
    private static final int BATCH = 64;

    /** Larger packets are translated one by one: several of them would not fit into the processor's own cache. */
    private static final int SMALL = 4096;

    /** How long a worker waits for a packet; sessions expire with a second's precision. */
    private static final int IDLE_MILLIS = 500;

    private final PacketPort port;
    private final PacketTranslator translator;
    private final Packet[] packets;
    private final LongSupplier clock;
    private final LongSupplier nanoClock;
    private final WorkerTasks tasks;
    private final AtomicLong heartbeat;
    private final BatchTimes batchTimes = new BatchTimes();

    /** With slots that live as long as the arena. */
    Worker(Arena arena, PacketPort port, PacketTranslator translator, Surroundings surroundings, WorkerTasks tasks) {
        this.port = port;
        this.translator = translator;
        clock = surroundings.clock();
        nanoClock = surroundings.nanoClock();
        this.tasks = tasks;
        heartbeat = new AtomicLong(clock.getAsLong());
        packets = new Packet[PacketTranslator.MOST_AT_ONCE];
        Arrays.setAll(packets, _ -> new Packet(arena));
    }

    /** Translates until it is told to stop, or the port is closed. */
    void work(BooleanSupplier running) {
        port.attach();
        while (running.getAsBoolean() && !port.isClosed()) {
            workOnce();
        }
    }

    /**
     * When it last began a round, in milliseconds of its clock: at least twice a second, unless it is frozen or stuck.
     * Any thread may ask.
     */
    long heartbeat() {
        return heartbeat.getOpaque();
    }

    /** How long its batches took. Any thread may ask. */
    BatchTimes.Counts batchTimes() {
        return batchTimes.counts();
    }

    private void workOnce() {
        long began = nanoClock.getAsLong();
        long now = clock.getAsLong();
        heartbeat.setOpaque(now);
        boolean expiring = translator.expire(now);
        int received = 0;
        int most = translator.packetsAtOnce();
        boolean more = true;
        while (more && received < BATCH) {
            int count = receive(most);
            more = count == most || (count > 0 && isLarge(packets[count - 1]));
            translator.process(packets, count, now);
            received += count;
        }
        translator.flush();
        if (received > 0) {
            batchTimes.add(nanoClock.getAsLong() - began);
        }
        boolean busy = tasks.step(translator, now);
        if (received == 0 && !expiring && !busy) {
            port.await(IDLE_MILLIS);
        }
    }

    /** Receives packets, and returns how many. */
    private int receive(int most) {
        int count = 0;
        while (count < most && port.receive(packets[count])) {
            count++;
            if (isLarge(packets[count - 1])) {
                break;
            }
        }
        return count;
    }

    private static boolean isLarge(Packet packet) {
        return packet.length() > SMALL;
    }
}
