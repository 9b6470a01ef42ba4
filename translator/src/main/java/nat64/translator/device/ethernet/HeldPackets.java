// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.ethernet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Packets that wait until the MAC address of their next hop is known (RFC 4861, section 7.2.2). Of each neighbor the
 * newest {@value #MOST_PER_NEIGHBOR} are kept, {@value #SLOTS} of all.
 */
final class HeldPackets {

    static final int NONE = -1;
    static final int SLOTS = 256;
    static final int MOST_PER_NEIGHBOR = 8;

    private final MemorySegment memory;
    private final int slotBytes;
    private final int[] lengths = new int[SLOTS];
    private final int[] nexts = new int[SLOTS];
    private int firstFree;

    /** Receives a held packet, which starts behind {@link EthernetHeader#LENGTH} free bytes. */
    interface Visitor {
        void packet(MemorySegment buffer, int at, int length);
    }

    /**
     * Room for packets.
     *
     * @param mtu bytes of the longest packet that is held
     */
    HeldPackets(Arena arena, int mtu) {
        slotBytes = mtu + EthernetHeader.LENGTH;
        memory = arena.allocate((long) SLOTS * slotBytes, 8);
        for (int i = 0; i < SLOTS; i++) {
            nexts[i] = i + 1 < SLOTS ? i + 1 : NONE;
        }
    }

    /** Keeps a copy, in the place of the neighbor's oldest packet if need be; false if there is no room. */
    boolean hold(Neighbor neighbor, MemorySegment buffer, int at, int length) {
        if (length > slotBytes - EthernetHeader.LENGTH) {
            return false;
        }
        if (neighbor.held == MOST_PER_NEIGHBOR) {
            free(takeFirst(neighbor));
        }
        if (firstFree == NONE) {
            return false;
        }
        int slot = firstFree;
        firstFree = nexts[slot];
        nexts[slot] = NONE;
        lengths[slot] = length;
        MemorySegment.copy(buffer, at, memory, start(slot), length);
        if (neighbor.held == 0) {
            neighbor.firstHeld = slot;
        } else {
            nexts[neighbor.lastHeld] = slot;
        }
        neighbor.lastHeld = slot;
        neighbor.held++;
        return true;
    }

    /** Hands out the neighbor's packets, the oldest first, and keeps none of them. */
    void release(Neighbor neighbor, Visitor visitor) {
        while (neighbor.held > 0) {
            int slot = takeFirst(neighbor);
            visitor.packet(memory, start(slot), lengths[slot]);
            free(slot);
        }
    }

    private int start(int slot) {
        return slot * slotBytes + EthernetHeader.LENGTH;
    }

    private int takeFirst(Neighbor neighbor) {
        int slot = neighbor.firstHeld;
        neighbor.firstHeld = nexts[slot];
        neighbor.held--;
        if (neighbor.held == 0) {
            neighbor.firstHeld = NONE;
            neighbor.lastHeld = NONE;
        }
        return slot;
    }

    private void free(int slot) {
        nexts[slot] = firstFree;
        firstFree = slot;
    }
}
