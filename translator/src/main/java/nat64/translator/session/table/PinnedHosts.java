// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * IPv6 hosts that keep their pool4 address as long as they have bindings there, although another would be chosen for
 * them since pool4 has changed (RFC 6146, section 3.5.1.1; RFC 4787, REQ-2). One thread at a time.
 */
public final class PinnedHosts {

    /** The host is not pinned. */
    public static final int NONE = Rows.NONE;

    private static final int STRIDE = 24;
    private static final int HIGH = 0;
    private static final int LOW = 8;
    private static final int INDEX = 16;
    private static final int BINDINGS = 20;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final Rows rows;
    private final MemorySegment memory;
    private final HashIndex byHost;
    private final Hash hash;

    /** With room for so many hosts. */
    public PinnedHosts(Arena arena, int capacity, Hash hash) {
        rows = new Rows(arena, STRIDE, capacity);
        memory = rows.memory;
        this.hash = hash;
        byHost = new HashIndex(arena, capacity, row -> hash.of(get(row, HIGH), get(row, LOW), 0));
    }

    /** The index of the pool4 address of a host, or NONE. */
    public int find(long ipv6High, long ipv6Low) {
        int row = row(ipv6High, ipv6Low);
        return row == NONE ? NONE : memory.get(INT, rows.at(row) + INDEX);
    }

    /** Counts a binding of a host at an address; false if there is no room, or it is pinned to another one. */
    public boolean add(long ipv6High, long ipv6Low, int index) {
        int row = row(ipv6High, ipv6Low);
        if (row == NONE) {
            row = rows.take();
            if (row == NONE) {
                return false;
            }
            memory.set(LONG, rows.at(row) + HIGH, ipv6High);
            memory.set(LONG, rows.at(row) + LOW, ipv6Low);
            memory.set(INT, rows.at(row) + INDEX, index);
            byHost.put(hash.of(ipv6High, ipv6Low, 0), row);
        } else if (memory.get(INT, rows.at(row) + INDEX) != index) {
            return false;
        }
        count(row, 1);
        return true;
    }

    /** A binding of a host has ended that was counted; true if it was counted here. */
    public boolean remove(long ipv6High, long ipv6Low) {
        int row = row(ipv6High, ipv6Low);
        if (row == NONE) {
            return false;
        }
        if (count(row, -1) == 0) {
            byHost.remove(hash.of(ipv6High, ipv6Low, 0), row);
            rows.free(row);
        }
        return true;
    }

    public boolean hasRoom() {
        return rows.taken() < rows.capacity();
    }

    /** Hosts that are pinned. */
    public int size() {
        return rows.taken();
    }

    private int row(long ipv6High, long ipv6Low) {
        int key = hash.of(ipv6High, ipv6Low, 0);
        for (int slot = byHost.first(key); slot != HashIndex.NONE; slot = byHost.next(key, slot)) {
            int row = byHost.row(slot);
            if (get(row, LOW) == ipv6Low && get(row, HIGH) == ipv6High) {
                return row;
            }
        }
        return NONE;
    }

    private int count(int row, int change) {
        int count = memory.get(INT, rows.at(row) + BINDINGS) + change;
        memory.set(INT, rows.at(row) + BINDINGS, count);
        return count;
    }

    private long get(int row, int field) {
        return memory.get(LONG, rows.at(row) + field);
    }
}
