// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one worker has counted of the packets of one side. Only the worker writes; any thread may read. Nothing here is
 * ever reset.
 */
@SuppressWarnings("EnumOrdinal") // one cell per constant, within one run of the program
public final class Counters {

    private static final TransportClass[] PROTOCOLS = TransportClass.values();
    private static final ForwardingPath[] PATHS = ForwardingPath.values();

    private static final int PACKETS = 0;
    private static final int OCTETS = 1;
    private static final int CELLS = 2; // of each protocol and path
    private static final int FIRST_REASON = PROTOCOLS.length * PATHS.length * CELLS;

    /** By protocol number: one look at each packet. */
    private static final byte[] FIRST_CELLS = new byte[256];

    static {
        for (int protocol = 0; protocol < FIRST_CELLS.length; protocol++) {
            FIRST_CELLS[protocol] = (byte) cell(TransportClass.of(protocol), ForwardingPath.TRANSLATED);
        }
    }

    private final AtomicLongArray cells = new AtomicLongArray(FIRST_REASON + DropReason.ALL.size());

    /**
     * Packets of one protocol that took one path.
     *
     * @param packets as on the wire
     * @param octets as they came in, IP headers included
     */
    public record Forwarded(TransportClass protocol, ForwardingPath path, long packets, long octets) {

        /** The sum of two counts of the same protocol and path. */
        public Forwarded plus(Forwarded other) {
            if (other.protocol != protocol || other.path != path) {
                throw new IllegalArgumentException(this + " and " + other + " count different packets");
            }
            return new Forwarded(protocol, path, packets + other.packets, octets + other.octets);
        }
    }

    /**
     * A packet went through.
     *
     * @param protocol its IPv4 Protocol or IPv6 Next Header
     * @param hairpinned whether it took {@link ForwardingPath#HAIRPINNED}
     * @param packets those that it is on the wire
     */
    public void forwarded(int protocol, boolean hairpinned, int packets, int octets) {
        int cell = FIRST_CELLS[protocol & 0xff] + (hairpinned ? CELLS : 0);
        add(cell + PACKETS, packets);
        add(cell + OCTETS, octets);
    }

    public void dropped(DropReason reason) {
        dropped(reason, 1);
    }

    public void dropped(DropReason reason, int packets) {
        add(FIRST_REASON + reason.ordinal(), packets);
    }

    /** Packets that went through: each protocol on each path, in the order of the constants. */
    public List<Forwarded> forwarded() {
        var all = new ArrayList<Forwarded>();
        for (var protocol : PROTOCOLS) {
            for (var path : PATHS) {
                int cell = cell(protocol, path);
                all.add(new Forwarded(protocol, path, cells.getOpaque(cell + PACKETS), cells.getOpaque(cell + OCTETS)));
            }
        }
        return all;
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

    private static int cell(TransportClass protocol, ForwardingPath path) {
        return (protocol.ordinal() * PATHS.length + path.ordinal()) * CELLS;
    }

    private void add(int cell, long amount) {
        cells.setOpaque(cell, cells.getPlain(cell) + amount);
    }
}
