// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Which IPv4 addresses may send to which binding, because there is a session between the two: address-dependent
 * filtering (RFC 6146, section 3.5; RFC 4787, section 5). Ports of the IPv4 side do not matter. One thread at a time.
 */
public final class AddressDependentFilter {

    static final int NONE = Rows.NONE;

    private static final int STRIDE = 16;
    private static final int IPV4 = 0;
    private static final int IPV4_PORT = 4;
    private static final int REMOTE = 8;
    private static final int SESSIONS = 12;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final Rows rows;
    private final MemorySegment memory;
    private final HashIndex index;
    private final Hash hash;

    /** With room for as many pairs as there can be sessions. */
    public AddressDependentFilter(Arena arena, int capacity, Hash hash) {
        rows = new Rows(arena, STRIDE, capacity);
        memory = rows.memory;
        this.hash = hash;
        index = new HashIndex(arena, capacity, row -> key(get(row, IPV4), get(row, IPV4_PORT), get(row, REMOTE)));
    }

    public boolean permits(int ipv4, int ipv4Port, int remote) {
        return find(ipv4, ipv4Port, remote) != NONE;
    }

    /** Counts a session that begins; answers the row to {@link #remove} at its end. */
    public int add(int ipv4, int ipv4Port, int remote) {
        int row = find(ipv4, ipv4Port, remote);
        if (row == NONE) {
            row = rows.take();
            set(row, IPV4, ipv4);
            set(row, IPV4_PORT, ipv4Port);
            set(row, REMOTE, remote);
            index.put(key(ipv4, ipv4Port, remote), row);
        }
        set(row, SESSIONS, get(row, SESSIONS) + 1);
        return row;
    }

    /** A session ends that {@link #add} answered this row for. */
    public void remove(int row) {
        int left = get(row, SESSIONS) - 1;
        set(row, SESSIONS, left);
        if (left == 0) {
            index.remove(key(get(row, IPV4), get(row, IPV4_PORT), get(row, REMOTE)), row);
            rows.free(row);
        }
    }

    private int find(int ipv4, int ipv4Port, int remote) {
        int key = key(ipv4, ipv4Port, remote);
        for (int slot = index.first(key); slot != HashIndex.NONE; slot = index.next(key, slot)) {
            int row = index.row(slot);
            if (get(row, REMOTE) == remote && get(row, IPV4) == ipv4 && get(row, IPV4_PORT) == ipv4Port) {
                return row;
            }
        }
        return NONE;
    }

    private int key(int ipv4, int ipv4Port, int remote) {
        return hash.of(ipv4, ipv4Port, remote);
    }

    private int get(int row, int field) {
        return memory.get(INT, rows.at(row) + field);
    }

    private void set(int row, int field, int value) {
        memory.set(INT, rows.at(row) + field, value);
    }
}
