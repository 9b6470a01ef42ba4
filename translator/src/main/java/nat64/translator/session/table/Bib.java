// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The Binding Information Base of one protocol: which IPv6 transport address (X', x) is which pool4 transport address
 * (T, t) (RFC 6146, section 3.1). Of ICMP the ports are identifiers. A binding is addressed by its row. One thread
 * at a time.
 */
public final class Bib {

    /** No such binding. */
    public static final int NONE = Rows.NONE;

    private static final int STRIDE = 32;
    private static final int IPV6_HIGH = 0;
    private static final int IPV6_LOW = 8;
    private static final int IPV4 = 16;
    private static final int PORTS = 20; // x above, t below
    private static final int SESSIONS = 24;
    private static final int FLAGS = 28;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final int TAKEN = 1;
    private static final int STATIC = 1 << 1;
    private static final int COUNTED = 1 << 2;
    private static final int PINNED = 1 << 3;
    private static final int ENDING = 1 << 4;
    private static final int IN_BLOCK = 1 << 5;

    private final Rows rows;
    private final MemorySegment memory;
    private final HashIndex byIpv6;
    private final HashIndex byIpv4;
    private final Hash hash;

    public Bib(Arena arena, int capacity, Hash hash) {
        rows = new Rows(arena, STRIDE, capacity);
        memory = rows.memory;
        this.hash = hash;
        byIpv6 = new HashIndex(arena, capacity, this::hashIpv6);
        byIpv4 = new HashIndex(arena, capacity, this::hashIpv4);
    }

    public int find(long ipv6High, long ipv6Low, int ipv6Port) {
        int key = hash.of(ipv6High, ipv6Low, ipv6Port);
        for (int slot = byIpv6.first(key); slot != HashIndex.NONE; slot = byIpv6.next(key, slot)) {
            int row = byIpv6.row(slot);
            if (ipv6Low(row) == ipv6Low && ipv6High(row) == ipv6High && ipv6Port(row) == ipv6Port) {
                return row;
            }
        }
        return NONE;
    }

    public int find(int ipv4, int ipv4Port) {
        int key = hash.of(ipv4, ipv4Port, 0);
        for (int slot = byIpv4.first(key); slot != HashIndex.NONE; slot = byIpv4.next(key, slot)) {
            int row = byIpv4.row(slot);
            if (ipv4(row) == ipv4 && ipv4Port(row) == ipv4Port) {
                return row;
            }
        }
        return NONE;
    }

    /** A new binding without sessions, or NONE if there is no room. Neither address may be bound yet. */
    public int create(long ipv6High, long ipv6Low, int ipv6Port, int ipv4, int ipv4Port) {
        int row = rows.take();
        if (row == NONE) {
            return NONE;
        }
        long at = rows.at(row);
        memory.set(LONG, at + IPV6_HIGH, ipv6High);
        memory.set(LONG, at + IPV6_LOW, ipv6Low);
        memory.set(INT, at + IPV4, ipv4);
        memory.set(INT, at + PORTS, (ipv6Port << 16) | ipv4Port);
        memory.set(INT, at + FLAGS, TAKEN);
        byIpv6.put(hashIpv6(row), row);
        byIpv4.put(hashIpv4(row), row);
        return row;
    }

    public void remove(int row) {
        byIpv6.remove(hashIpv6(row), row);
        byIpv4.remove(hashIpv4(row), row);
        rows.free(row);
    }

    public long ipv6High(int row) {
        return memory.get(LONG, rows.at(row) + IPV6_HIGH);
    }

    public long ipv6Low(int row) {
        return memory.get(LONG, rows.at(row) + IPV6_LOW);
    }

    public int ipv6Port(int row) {
        return memory.get(INT, rows.at(row) + PORTS) >>> 16;
    }

    public int ipv4(int row) {
        return memory.get(INT, rows.at(row) + IPV4);
    }

    public int ipv4Port(int row) {
        return memory.get(INT, rows.at(row) + PORTS) & 0xffff;
    }

    public int sessions(int row) {
        return memory.get(INT, rows.at(row) + SESSIONS);
    }

    public void sessions(int row, int count) {
        memory.set(INT, rows.at(row) + SESSIONS, count);
    }

    /** Whether the operator has made it: it does not need sessions to live. */
    public boolean isStatic(int row) {
        return has(row, STATIC);
    }

    public void isStatic(int row, boolean value) {
        set(row, STATIC, value);
    }

    /** Whether it is counted among the ports of its subscriber. */
    public boolean isCounted(int row) {
        return has(row, COUNTED);
    }

    public void isCounted(int row, boolean value) {
        set(row, COUNTED, value);
    }

    /** Whether it is counted in {@link PinnedHosts}. */
    public boolean isPinned(int row) {
        return has(row, PINNED);
    }

    public void isPinned(int row, boolean value) {
        set(row, PINNED, value);
    }

    /** Whether its sessions are being ended, so that it gets no more. */
    public boolean isEnding(int row) {
        return has(row, ENDING);
    }

    public void isEnding(int row, boolean value) {
        set(row, ENDING, value);
    }

    /** Whether it is counted in a block of ports of its subscriber, which stands for it in logs. */
    public boolean isInBlock(int row) {
        return has(row, IN_BLOCK);
    }

    public void isInBlock(int row, boolean value) {
        set(row, IN_BLOCK, value);
    }

    /** Whether a binding is in this row; for those who walk through all, from 0 to {@link #rowsTouched}. */
    public boolean isLive(int row) {
        return has(row, TAKEN);
    }

    public int rowsTouched() {
        return rows.touched();
    }

    /** Bindings that live; any thread may ask. */
    public int size() {
        return rows.taken();
    }

    private boolean has(int row, int flag) {
        return (memory.get(INT, rows.at(row) + FLAGS) & flag) != 0;
    }

    private void set(int row, int flag, boolean value) {
        long at = rows.at(row) + FLAGS;
        int others = memory.get(INT, at) & ~flag;
        memory.set(INT, at, value ? others | flag : others);
    }

    private int hashIpv6(int row) {
        return hash.of(ipv6High(row), ipv6Low(row), ipv6Port(row));
    }

    private int hashIpv4(int row) {
        return hash.of(ipv4(row), ipv4Port(row), 0);
    }
}
