// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.function.Predicate;
import nat64.translator.packet.Packet;
import nat64.translator.wire.Octets;

/**
 * Collects the datagrams of some flows, so that those of one flow can be written together. The packets of a flow keep
 * their order; those of different flows may not. For one thread.
 */
final class Coalescing {

    /** Flows whose datagrams are collected at the same time; a power of two. */
    private static final int FLOWS = 8;

    private final Predicate<Packet> write;
    private final CoalescedDatagrams[] flows = new CoalescedDatagrams[FLOWS];
    private int refused;

    /** With {@code write} answering whether the device has taken a packet. */
    Coalescing(Arena arena, Predicate<Packet> write) {
        this.write = write;
        Arrays.setAll(flows, _ -> new CoalescedDatagrams(arena));
    }

    /** Writes the packet, or keeps a copy; false if it was refused. */
    boolean send(Packet packet) {
        if (CoalescedDatagrams.isTcp(packet)) {
            return write.test(packet);
        }
        int header = CoalescedDatagrams.headerLength(packet);
        if (header == CoalescedDatagrams.NO_DATAGRAM) { // it may be a fragment of a flow of which some are kept
            writeAll();
            return write.test(packet);
        }
        int ports = Octets.u32(packet.buffer(), packet.start() + header);
        var flow = flows[(ports ^ ports >>> 16) & (FLOWS - 1)];
        if (!flow.add(packet, header)) {
            write(flow);
            flow.add(packet, header);
        }
        return true;
    }

    /** Writes all that is kept, and answers how many packets were refused since the last time that had been kept. */
    int flush() {
        writeAll();
        int answer = refused;
        refused = 0;
        return answer;
    }

    private void writeAll() {
        for (var flow : flows) {
            if (flow.count() > 0) {
                write(flow);
            }
        }
    }

    private void write(CoalescedDatagrams flow) {
        int datagrams = flow.count();
        if (!write.test(flow.take())) {
            refused += datagrams;
        }
    }
}
