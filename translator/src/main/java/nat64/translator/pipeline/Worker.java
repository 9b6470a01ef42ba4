// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;

/** Translates what comes in by one port, in a thread of its own. What belongs to it alone is never locked. */
final class Worker {

    /** Packets between two looks at the clock. */
    private static final int BATCH = 64;

    /** How long a worker sleeps when nothing comes; sessions expire with a second's precision. */
    private static final int IDLE_MILLIS = 500;

    private final PacketPort port;
    private final Mode mode;
    private final Packet packet;
    private final LongSupplier clock;
    private final Runnable betweenBatches;

    Worker(PacketPort port, Mode mode, Packet packet, LongSupplier clock, Runnable betweenBatches) {
        this.port = port;
        this.mode = mode;
        this.packet = packet;
        this.clock = clock;
        this.betweenBatches = betweenBatches;
    }

    /** Translates as long as it shall, and the port is open. */
    void work(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean() && !port.isClosed()) {
            workOnce();
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
        mode.flush();
        betweenBatches.run();
        if (received == 0 && !expiring) {
            port.await(IDLE_MILLIS);
        }
    }
}
