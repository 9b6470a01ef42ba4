// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The session table of one protocol (RFC 6146, section 3.2): who, (X', x) as (T, t), speaks with whom, (Z, z), until
 * when. A row carries the whole tuple, so a packet of a known session touches one index slot and one row, from either
 * side, and no binding. All changes go through {@link #create}, {@link #state}, {@link #refresh}, {@link #revive} and
 * {@link #remove}. A session is addressed by its row. One thread at a time, but for what a {@link RowPrefetch} needs.
 *
 * <p>Times are milliseconds that never run backwards. The row keeps its deadline as an {@code int}, compared by
 * difference: no lifetime may exceed 24 days.
 */
public final class SessionTable {

    /** No such session. */
    public static final int NONE = Rows.NONE;

    /** The session that was looked at has had packets since. */
    public static final int LIVES_ON = -2;

    private static final int MILLIS_PER_SECOND = 1000;

    private static final int STRIDE = 64;
    private static final int IPV6_HIGH = 0;
    private static final int IPV6_LOW = 8;
    private static final int IPV4 = 16;
    private static final int REMOTE = 20;
    private static final int PORTS = 24; // x above, t below
    private static final int REMOTE_PORT = 28; // and above it flags, from 1 << 20 on those of TcpWindows
    private static final int BINDING = 32;
    private static final int DEADLINE = 36;
    private static final int STATE = 40;
    private static final int PREFIX = 41; // and behind it two bytes of TcpWindows
    private static final int FILTER_ROW = 44;
    private static final int EXPIRY_LINKS = 48; // of the wheel, eight bytes; the last eight are those of TcpWindows

    private static final int TAKEN = 1 << 16;
    private static final int FROM_IPV4 = 1 << 17;
    private static final int COUNTED = 1 << 18;
    private static final int FILTERED = 1 << 19;
    private static final int ANSWERED = 1 << 24;

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final Bib bib;
    private final Rows rows;
    private final MemorySegment memory;
    private final MemorySegment openedAt; // seconds, of each row; apart, as no packet of a known session needs it
    private final HashIndex byIpv6;
    private final HashIndex byIpv4;
    private final ExpiryWheel wheel;
    private final Hash hash;
    private final TcpWindows windows;

    public SessionTable(Arena arena, int capacity, Bib bib, Hash hash) {
        this.bib = bib;
        this.hash = hash;
        rows = new Rows(arena, STRIDE, capacity);
        memory = rows.memory;
        openedAt = arena.allocate((long) Integer.BYTES * capacity, Integer.BYTES);
        byIpv6 = new HashIndex(arena, capacity, this::hashIpv6);
        byIpv4 = new HashIndex(arena, capacity, this::hashIpv4);
        wheel = new ExpiryWheel(arena, memory, STRIDE, EXPIRY_LINKS);
        windows = new TcpWindows(memory);
    }

    /** The session of a packet from the IPv6 side: from (X', x) to (Z, z). */
    public int find(long ipv6High, long ipv6Low, int ipv6Port, int remote, int remotePort) {
        int key = hash(ipv6High, ipv6Low, ipv6Port, remote, remotePort);
        for (int slot = byIpv6.first(key); slot != HashIndex.NONE; slot = byIpv6.next(key, slot)) {
            int row = byIpv6.row(slot);
            if (ipv6Low(row) == ipv6Low
                    && ipv6High(row) == ipv6High
                    && remote(row) == remote
                    && ipv6Port(row) == ipv6Port
                    && remotePort(row) == remotePort) {
                return row;
            }
        }
        return NONE;
    }

    /** The session of a packet from the IPv4 side: from (Z, z) to (T, t). */
    public int find(int ipv4, int ipv4Port, int remote, int remotePort) {
        int key = hash(ipv4, ipv4Port, remote, remotePort);
        for (int slot = byIpv4.first(key); slot != HashIndex.NONE; slot = byIpv4.next(key, slot)) {
            int row = byIpv4.row(slot);
            if (remote(row) == remote
                    && ipv4(row) == ipv4
                    && ipv4Port(row) == ipv4Port
                    && remotePort(row) == remotePort) {
                return row;
            }
        }
        return NONE;
    }

    /** The hash of a packet that {@link #find(long, long, int, int, int)} will be asked about. */
    public int hash(long ipv6High, long ipv6Low, int ipv6Port, int remote, int remotePort) {
        return hash.of(ipv6High, ipv6Low, ((long) remote << 32) | ((long) ipv6Port << 16) | remotePort);
    }

    /** The hash of a packet that {@link #find(int, int, int, int)} will be asked about. */
    public int hash(int ipv4, int ipv4Port, int remote, int remotePort) {
        return hash.of(((long) ipv4 << 32) | (remote & 0xffff_ffffL), ((long) ipv4Port << 16) | remotePort, 0);
    }

    /** Fetches the index slot of a packet from the IPv6 side; any thread may. */
    public void fetchByIpv6(RowPrefetch prefetch, int hash) {
        prefetch.fetchSlot(this, byIpv6, hash);
    }

    /** Fetches the index slot of a packet from the IPv4 side; any thread may. */
    public void fetchByIpv4(RowPrefetch prefetch, int hash) {
        prefetch.fetchSlot(this, byIpv4, hash);
    }

    /** Some bytes of a row, if there is such a row; they are only to be fetched. */
    int peek(int row) {
        return row < 0 ? row : remote(row);
    }

    /**
     * A new session of a binding, opened by the IPv6 host, without TCP state and under the Pref64 of index 0; or NONE
     * if there is no room.
     */
    public int create(int binding, int remote, int remotePort, long deadline) {
        int row = rows.take();
        if (row == NONE) {
            return NONE;
        }
        long at = at(row);
        memory.set(LONG, at + IPV6_HIGH, bib.ipv6High(binding));
        memory.set(LONG, at + IPV6_LOW, bib.ipv6Low(binding));
        memory.set(INT, at + IPV4, bib.ipv4(binding));
        memory.set(INT, at + REMOTE, remote);
        memory.set(INT, at + PORTS, (bib.ipv6Port(binding) << 16) | bib.ipv4Port(binding));
        memory.set(INT, at + REMOTE_PORT, TAKEN | remotePort);
        memory.set(INT, at + BINDING, binding);
        memory.set(INT, at + DEADLINE, (int) deadline);
        byIpv6.put(hashIpv6(row), row);
        byIpv4.put(hashIpv4(row), row);
        wheel.add(row, deadline);
        bib.sessions(binding, bib.sessions(binding) + 1);
        return row;
    }

    /** Notes when the session was opened. */
    public void openedAt(int row, long time) {
        openedAt.setAtIndex(INT, row, (int) (time / MILLIS_PER_SECOND));
    }

    /** How many seconds ago the session was opened. */
    public int age(int row, long now) {
        return (int) (now / MILLIS_PER_SECOND) - openedAt.getAtIndex(INT, row);
    }

    /** Notes that the IPv4 host spoke first. */
    public void markFromIpv4(int row) {
        set(row, FROM_IPV4, true);
    }

    /** Notes that both sides have sent. */
    public void markAnswered(int row) {
        set(row, ANSWERED, true);
    }

    public boolean isAnswered(int row) {
        return has(row, ANSWERED);
    }

    /** Whether a packet from that side is the first answer. */
    public boolean isAnswer(int row, boolean fromIpv6) {
        int flags = memory.get(INT, at(row) + REMOTE_PORT);
        return (flags & ANSWERED) == 0 && ((flags & FROM_IPV4) != 0) == fromIpv6;
    }

    /** Whether it is counted among the sessions of its subscriber. */
    public boolean isCounted(int row) {
        return has(row, COUNTED);
    }

    public void isCounted(int row, boolean value) {
        set(row, COUNTED, value);
    }

    public void state(int row, TcpState state) {
        memory.set(BYTE, at(row) + STATE, state.code());
    }

    /** Gives the session a new deadline. A later one costs a store; the wheel learns of it when it comes by. */
    public void refresh(int row, long deadline) {
        long at = at(row) + DEADLINE;
        boolean sooner = (int) deadline - memory.get(INT, at) < 0;
        memory.set(INT, at, (int) deadline);
        if (sooner) {
            wheel.remove(row);
            wheel.add(row, deadline);
        }
    }

    /** The index of the Pref64 under which the IPv6 host sees Z. */
    public void prefix(int row, int prefix) {
        memory.set(BYTE, at(row) + PREFIX, (byte) prefix);
    }

    /**
     * Looks at the next session that the wheel brings up, NONE if there is none now. If its deadline has passed it is
     * off the wheel and must be {@link #remove}d or {@link #revive}d; if it lives on, the answer is LIVES_ON.
     */
    public int pollExpired(long now) {
        int row = wheel.poll(now);
        if (row == NONE) {
            return NONE;
        }
        int left = timeLeft(row, now);
        if (left <= 0) {
            return row;
        }
        wheel.add(row, now + left);
        return LIVES_ON;
    }

    /** Gives a session that {@link #pollExpired} answered another deadline. */
    public void revive(int row, long deadline) {
        memory.set(INT, at(row) + DEADLINE, (int) deadline);
        wheel.add(row, deadline);
    }

    /** Has a session no longer come up by {@link #pollExpired}: it must be {@link #remove}d. */
    public void stopTimer(int row) {
        wheel.remove(row);
    }

    /** Removes a session that {@link #pollExpired} answered or whose timer was stopped; its binding stays. */
    public void remove(int row) {
        int binding = binding(row);
        byIpv6.remove(hashIpv6(row), row);
        byIpv4.remove(hashIpv4(row), row);
        rows.free(row);
        bib.sessions(binding, bib.sessions(binding) - 1);
    }

    public long ipv6High(int row) {
        return memory.get(LONG, at(row) + IPV6_HIGH);
    }

    public long ipv6Low(int row) {
        return memory.get(LONG, at(row) + IPV6_LOW);
    }

    public int ipv6Port(int row) {
        return memory.get(INT, at(row) + PORTS) >>> 16;
    }

    public int ipv4(int row) {
        return memory.get(INT, at(row) + IPV4);
    }

    public int ipv4Port(int row) {
        return memory.get(INT, at(row) + PORTS) & 0xffff;
    }

    public int remote(int row) {
        return memory.get(INT, at(row) + REMOTE);
    }

    public int remotePort(int row) {
        return memory.get(INT, at(row) + REMOTE_PORT) & 0xffff;
    }

    public int binding(int row) {
        return memory.get(INT, at(row) + BINDING);
    }

    /** Milliseconds until the session expires. */
    public int timeLeft(int row, long now) {
        return memory.get(INT, at(row) + DEADLINE) - (int) now;
    }

    public int prefix(int row) {
        return memory.get(BYTE, at(row) + PREFIX) & 0xff;
    }

    /** Whether the session holds a row of {@link AddressDependentFilter}. */
    public boolean isFiltered(int row) {
        return has(row, FILTERED);
    }

    /** The row of {@link AddressDependentFilter} that the session holds. */
    public int filterRow(int row) {
        return memory.get(INT, at(row) + FILTER_ROW);
    }

    public void filterRow(int row, int filterRow) {
        memory.set(INT, at(row) + FILTER_ROW, filterRow);
        set(row, FILTERED, true);
    }

    /** The sequence numbers of TCP sessions. */
    public TcpWindows windows() {
        return windows;
    }

    /** Whether a TCP session is established; what {@link #state} would tell, in less time. */
    public boolean isEstablished(int row) {
        return memory.get(BYTE, at(row) + STATE) == TcpState.ESTABLISHED.code();
    }

    public TcpState state(int row) {
        return TcpState.of(memory.get(BYTE, at(row) + STATE));
    }

    /** Whether the IPv4 host spoke first. */
    public boolean isFromIpv4(int row) {
        return has(row, FROM_IPV4);
    }

    /** Whether a session is in this row; for those who walk through all, from 0 to {@link #rowsTouched}. */
    public boolean isLive(int row) {
        return has(row, TAKEN);
    }

    public int rowsTouched() {
        return rows.touched();
    }

    public int capacity() {
        return rows.capacity();
    }

    /** Sessions that live; any thread may ask. */
    public int size() {
        return rows.taken();
    }

    /** Where a row starts; faster than {@link Rows#at}, as the size is a constant. */
    static long at(int row) {
        return (long) row * STRIDE;
    }

    private boolean has(int row, int flag) {
        return (memory.get(INT, at(row) + REMOTE_PORT) & flag) != 0;
    }

    private void set(int row, int flag, boolean value) {
        long at = at(row) + REMOTE_PORT;
        int others = memory.get(INT, at) & ~flag;
        memory.set(INT, at, value ? others | flag : others);
    }

    private int hashIpv6(int row) {
        return hash(ipv6High(row), ipv6Low(row), ipv6Port(row), remote(row), remotePort(row));
    }

    private int hashIpv4(int row) {
        return hash(ipv4(row), ipv4Port(row), remote(row), remotePort(row));
    }
}
