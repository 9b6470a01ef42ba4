// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * What is known of each block of ports, off the heap, and those that rest in the order in which they began to. Blocks
 * are numbered through all addresses.
 */
final class BlockRows {

    private static final int NONE = PortAllocator.NONE;

    private static final int STRIDE = 32;
    private static final int OWNER = 0; // these four: + 1
    private static final int NEXT_OF_OWNER = 4;
    private static final int OLDER = 8;
    private static final int NEWER = 12;
    private static final int BINDINGS = 16;
    private static final int RESTING = 20; // 1 if it rests
    private static final int UNTIL = 24;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final int perAddress;
    private final int wordsPerAddress;
    private Part[] parts;
    private int oldest = NONE;
    private int newest = NONE;
    private int used;
    private int resting;

    /**
     * The blocks of the addresses from an index on: there is one part for the start, and one for each reload with new
     * addresses.
     *
     * @param taken a bit for each block that is not free
     */
    record Part(int firstAddress, MemorySegment rows, MemorySegment taken) {}

    BlockRows(Arena arena, int perAddress, int addresses) {
        this.perAddress = perAddress;
        wordsPerAddress = Math.ceilDiv(perAddress, Long.SIZE);
        parts = new Part[] {part(arena, 0, addresses)};
    }

    /** The parts with one for some addresses more. */
    Part[] grown(Arena arena, int firstAddress, int addresses) {
        var all = Arrays.copyOf(parts, parts.length + 1);
        all[parts.length] = part(arena, firstAddress, addresses);
        return all;
    }

    /** The parts. */
    Part[] parts() {
        return parts;
    }

    void use(Part[] grown) {
        parts = grown;
    }

    private Part part(Arena arena, int firstAddress, int addresses) {
        return new Part(
                firstAddress,
                arena.allocate((long) STRIDE * perAddress * addresses, 64),
                arena.allocate((long) Long.BYTES * wordsPerAddress * addresses, 64));
    }

    /** Whether a subscriber has a block, or it rests. */
    boolean isTaken(int block) {
        return (word(block) & bit(block)) != 0;
    }

    /** The first free block from one to the other, or NONE; both are of the same address. */
    int findFree(int from, int to) {
        int beginning = from - from % perAddress;
        long allowed = -1L << (from - beginning);
        for (int number = (from - beginning) & -Long.SIZE; beginning + number <= to; number += Long.SIZE) {
            long free = ~word(beginning + number) & allowed;
            if (free != 0) {
                int found = beginning + number + Long.numberOfTrailingZeros(free);
                return found <= to ? found : NONE;
            }
            allowed = -1L;
        }
        return NONE;
    }

    /** Counts a binding in a block. */
    void addBinding(int block) {
        int bindings = bindings(block);
        if (bindings == 0) {
            used++;
            stopResting(block);
            isTaken(block, true);
        }
        set(block, BINDINGS, bindings + 1);
    }

    /** A binding has ended; answers whether it was the last one. */
    boolean removeBinding(int block) {
        int left = bindings(block) - 1;
        set(block, BINDINGS, left);
        used -= left == 0 ? 1 : 0;
        return left == 0;
    }

    /** A block without bindings rests until a time. */
    void rest(int block, long until) {
        stopResting(block);
        isTaken(block, true);
        set(block, RESTING, 1);
        partOf(block).rows.set(LONG, at(block) + UNTIL, until);
        set(block, OLDER, newest + 1);
        if (newest == NONE) {
            oldest = block;
        } else {
            set(newest, NEWER, block + 1);
        }
        newest = block;
        resting++;
    }

    /** A block without bindings belongs to no subscriber any longer. */
    void free(int block) {
        stopResting(block);
        isTaken(block, false);
        owner(block, NONE);
        nextOfOwner(block, NONE);
    }

    private void stopResting(int block) {
        if (!isResting(block)) {
            return;
        }
        int older = get(block, OLDER) - 1;
        int newer = get(block, NEWER) - 1;
        if (older == NONE) {
            oldest = newer;
        } else {
            set(older, NEWER, newer + 1);
        }
        if (newer == NONE) {
            newest = older;
        } else {
            set(newer, OLDER, older + 1);
        }
        set(block, OLDER, 0);
        set(block, NEWER, 0);
        set(block, RESTING, 0);
        resting--;
    }

    int oldestResting() {
        return oldest;
    }

    /** Blocks with bindings. */
    int used() {
        return used;
    }

    /** Blocks that rest. */
    int resting() {
        return resting;
    }

    boolean isResting(int block) {
        return get(block, RESTING) != 0;
    }

    long until(int block) {
        return partOf(block).rows.get(LONG, at(block) + UNTIL);
    }

    int bindings(int block) {
        return get(block, BINDINGS);
    }

    /** The row of the subscriber who has a block or has had it before it began to rest, or NONE. */
    int owner(int block) {
        return get(block, OWNER) - 1;
    }

    void owner(int block, int row) {
        set(block, OWNER, row + 1);
    }

    /** Another block of the same subscriber, or NONE. */
    int nextOfOwner(int block) {
        return get(block, NEXT_OF_OWNER) - 1;
    }

    void nextOfOwner(int block, int next) {
        set(block, NEXT_OF_OWNER, next + 1);
    }

    private int get(int block, int field) {
        var part = partOf(block);
        return part.rows.get(INT, at(part, block) + field);
    }

    private void set(int block, int field, int value) {
        var part = partOf(block);
        part.rows.set(INT, at(part, block) + field, value);
    }

    private long at(int block) {
        return at(partOf(block), block);
    }

    private long at(Part part, int block) {
        return (block - (long) part.firstAddress * perAddress) * STRIDE;
    }

    private long word(int block) {
        var part = partOf(block);
        return part.taken.get(LONG, atWord(part, block));
    }

    private void isTaken(int block, boolean value) {
        var part = partOf(block);
        long others = word(block) & ~bit(block);
        part.taken.set(LONG, atWord(part, block), value ? others | bit(block) : others);
    }

    /** Where the 64 bits are that hold the block's. */
    private long atWord(Part part, int block) {
        long first = (long) (block / perAddress - part.firstAddress) * wordsPerAddress;
        return (first + block % perAddress / Long.SIZE) * Long.BYTES;
    }

    private long bit(int block) {
        return 1L << (block % perAddress);
    }

    private Part partOf(int block) {
        int address = block / perAddress;
        int part = parts.length - 1;
        while (parts[part].firstAddress > address) {
            part--;
        }
        return parts[part];
    }
}
