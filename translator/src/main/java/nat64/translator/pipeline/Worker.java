// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import nat64.translator.packet.Packet;
import nat64.translator.packet.PacketPort;

/** Translates what comes in by one port, in a thread of its own. What belongs to it alone is never locked. */
final class Worker {

    /** Packets between two looks at the clock. */
    private static final int BATCH = 64;

    /** Larger packets are translated at once: many of them would push each other out of the processor's own cache. */
    private static final int SMALL = 4096;

    /** How long a worker sleeps when nothing comes; sessions expire with a second's precision. */
    private static final int IDLE_MILLIS = 500;

    private final PacketPort port;
    private final PacketTranslator mode;
    private final Packet[] packets;
    private final LongSupplier clock;
    private final Runnable betweenBatches;

    /** With slots that live as long as the arena. */
    Worker(Arena arena, PacketPort port, PacketTranslator mode, LongSupplier clock, Runnable betweenBatches) {
        this.port = port;
        this.mode = mode;
        this.clock = clock;
        this.betweenBatches = betweenBatches;
        packets = new Packet[PacketTranslator.MOST_AT_ONCE];
        Arrays.setAll(packets, _ -> new Packet(arena));
    }

    /** Translates as long as it shall, and the port is open. */
    void work(BooleanSupplier goesOn) {
        port.attach();
        while (goesOn.getAsBoolean() && !port.isClosed()) {
            workOnce();
        }
    }

    private void workOnce() {
        long now = clock.getAsLong();
        boolean expiring = mode.expire(now);
        int received = 0;
        int most = mode.packetsAtOnce();
        boolean more = true;
        while (more && received < BATCH) {
            int count = receive(most);
            more = count == most || (count > 0 && isLarge(packets[count - 1]));
            mode.process(packets, count, now);
            received += count;
        }
        mode.flush();
        betweenBatches.run();
        if (received == 0 && !expiring) {
            port.await(IDLE_MILLIS);
        }
    }

    /** Fills slots, and answers how many. */
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
