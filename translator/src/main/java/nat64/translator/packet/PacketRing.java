// SPDX-License-Identifier: Apache-2.0
package nat64.translator.packet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Packets that wait, all of them equally long, in the order in which they came: a fixed number of slots, off-heap. When
 * all are taken, no packet is put in until the oldest leaves. One thread at a time.
 */
public final class PacketRing {

    /** No slot. */
    public static final int NONE = -1;

    private static final int LENGTH = 0; // 0 once the packet was taken out
    private static final int DEADLINE = 8;
    private static final int OCTETS = 16;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final MemorySegment memory;
    private final int capacity;
    private final int longest;
    private int oldest;
    private int size;

    /**
     * Reserves the slots.
     *
     * @param longest octets of the longest packet
     */
    public PacketRing(Arena arena, int capacity, int longest) {
        this.capacity = capacity;
        this.longest = (longest + 7) & ~7;
        memory = arena.allocate(at(capacity), 64);
    }

    /**
     * Copies a packet into a slot, or answers NONE if it is too long or there is no room.
     *
     * @param deadline until when it waits; it is not {@link #due} before those that were put in earlier
     */
    public int put(Packet packet, long deadline) {
        if (size == capacity || packet.length() > longest) {
            return NONE;
        }
        int slot = (oldest + size++) % capacity;
        memory.set(INT, at(slot) + LENGTH, packet.length());
        memory.set(LONG, at(slot) + DEADLINE, deadline);
        MemorySegment.copy(packet.buffer(), packet.start(), memory, at(slot) + OCTETS, packet.length());
        return slot;
    }

    /** Whether there is no room: a slot that was taken out of the middle is free once it is the oldest. */
    public boolean isFull() {
        return size == capacity;
    }

    /** The slot of a packet that has waited to the end, or NONE; it must then be taken out. */
    public int due(long now) {
        while (size > 0) {
            if (memory.get(INT, at(oldest) + LENGTH) > 0) {
                return memory.get(LONG, at(oldest) + DEADLINE) - now <= 0 ? oldest : NONE;
            }
            oldest = (oldest + 1) % capacity;
            size--;
        }
        return NONE;
    }

    /** Moves what is in a slot into the packet, not parsed yet. */
    public void takeOut(int slot, Packet packet) {
        int length = memory.get(INT, at(slot) + LENGTH);
        packet.received(length);
        MemorySegment.copy(memory, at(slot) + OCTETS, packet.buffer(), packet.start(), length);
        forget(slot);
    }

    public void forget(int slot) {
        memory.set(INT, at(slot) + LENGTH, 0);
    }

    private long at(int slot) {
        return (long) slot * (OCTETS + longest);
    }
}
