// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one worker has counted of the packets of one side. Only the worker writes; any thread may read. Nothing here is
 * ever reset.
 */
@SuppressWarnings("EnumOrdinal") // one cell per reason, within one run of the program
public final class Counters {

    private static final int PACKETS = 0;
    private static final int OCTETS = 1;
    private static final int FIRST_REASON = 2;

    private final AtomicLongArray cells = new AtomicLongArray(FIRST_REASON + DropReason.ALL.size());

    /** A packet went through; {@code packets} are those that it is on the wire. */
    public void forwarded(int packets, int octets) {
        add(PACKETS, packets);
        add(OCTETS, octets);
    }

    public void dropped(DropReason reason) {
        dropped(reason, 1);
    }

    public void dropped(DropReason reason, int packets) {
        add(FIRST_REASON + reason.ordinal(), packets);
    }

    public long packets() {
        return cells.getOpaque(PACKETS);
    }

    public long octets() {
        return cells.getOpaque(OCTETS);
    }

    /** Packets dropped under every reason but {@link DropReason#NONE}. */
    public Map<DropReason, Long> dropped() {
        var dropped = new EnumMap<DropReason, Long>(DropReason.class);
        for (var reason : DropReason.ALL) {
            if (reason != DropReason.NONE) {
                dropped.put(reason, cells.getOpaque(FIRST_REASON + reason.ordinal()));
            }
        }
        return dropped;
    }

    private void add(int cell, long amount) {
        cells.setOpaque(cell, cells.getPlain(cell) + amount);
    }
}
