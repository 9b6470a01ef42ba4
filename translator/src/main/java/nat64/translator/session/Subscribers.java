// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.SUBSCRIBER_INBOUND_LIMIT;
import static nat64.translator.packet.DropReason.SUBSCRIBER_PORT_LIMIT;
import static nat64.translator.packet.DropReason.SUBSCRIBER_RATE_LIMIT;
import static nat64.translator.packet.DropReason.SUBSCRIBER_SESSION_LIMIT;
import static nat64.translator.session.table.TokenBucket.TOKEN;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Objects;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.packet.DropReason;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.record.Page;
import nat64.translator.session.record.SubscriberRecord;
import nat64.translator.session.table.Hash;
import nat64.translator.session.table.HashIndex;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.Rows;
import nat64.translator.session.table.TokenBucket;
import org.jspecify.annotations.Nullable;

/**
 * How much each subscriber has of sessions and ports, so that {@link SubscriberLimits} can be kept. Counts only while
 * there are limits: a session or binding that is counted is marked so in its row. One thread at a time.
 */
final class Subscribers {

    private static final int STRIDE = 64;
    private static final int HIGH = 0;
    private static final int LOW = 8;
    private static final int SESSIONS = 16; // that the subscriber opened
    private static final int PORTS = 20;
    private static final int INBOUND_SESSIONS = 24; // that IPv4 hosts opened to it
    private static final int TOKENS = 32; // thousandths of a new session
    private static final int FILLED_AT = 40;
    private static final int INBOUND = 16; // tokens of sessions that IPv4 hosts open, so many bytes behind
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /** So many that one heavy subscriber and another one hardly ever meet in one place. */
    private static final int SHARES = 1 << 18;

    private final int capacity;
    private final Hash hash;
    private boolean counting;
    private int prefixLength = 128;
    private long highMask;
    private long lowMask;
    private @Nullable Table table;

    /** Memory for all subscribers, taken when there are limits for the first time. */
    static final class Table {

        private final Rows rows;
        private final MemorySegment memory;
        private final HashIndex index;
        private final MemorySegment shares; // taken ports by subscriber and pool4 address, in a place by their hash

        private Table(Arena arena, int capacity, Hash hash) {
            rows = new Rows(arena, STRIDE, capacity);
            memory = rows.memory;
            shares = arena.allocate(INT.byteSize() * SHARES, 64);
            index = new HashIndex(
                    arena,
                    capacity,
                    row -> hash.of(memory.get(LONG, rows.at(row) + HIGH), memory.get(LONG, rows.at(row) + LOW), 0));
        }
    }

    /**
     * For so many subscribers: there can be as many as sessions, and one that has a binding and is about to open one.
     */
    Subscribers(int capacity, Hash hash) {
        this.capacity = capacity;
        this.hash = hash;
    }

    /** What {@link #count} needs; any thread may ask. */
    Table prepare(Arena arena) {
        return table == null ? new Table(arena, capacity, hash) : table;
    }

    /** Counts from now on, by prefixes of that length. Nothing may be counted yet. */
    void count(Table prepared, int length) {
        table = prepared;
        prefixLength = length;
        highMask = length >= 64 ? -1L : -1L << (64 - length);
        lowMask = length <= 64 ? 0 : -1L << (128 - length);
        counting = true;
    }

    /** No longer counts what is new; what is counted must be shown to {@link #closed} and {@link #unbound}. */
    void stop() {
        counting = false;
    }

    boolean isCounting() {
        return counting;
    }

    int prefixLength() {
        return prefixLength;
    }

    /** Whether two addresses are of the same subscriber. */
    boolean areSame(long high, long low, long otherHigh, long otherLow) {
        return ((high ^ otherHigh) & highMask) == 0 && ((low ^ otherLow) & lowMask) == 0;
    }

    /** Whether the subscriber of an address may open one more session, and one more binding for it. */
    DropReason admit(SubscriberLimits limits, long high, long low, boolean bind, long now) {
        int row = counting && !limits.isNone() ? find(high & highMask, low & lowMask) : Rows.NONE;
        if (row == Rows.NONE) {
            return NONE;
        }
        if (limits.sessions() > 0 && count(row, SESSIONS) >= limits.sessions()) {
            return SUBSCRIBER_SESSION_LIMIT;
        }
        if (bind && limits.ports() > 0 && count(row, PORTS) >= limits.ports()) {
            return SUBSCRIBER_PORT_LIMIT;
        }
        return takes(row, TOKENS, limits, now) ? NONE : SUBSCRIBER_RATE_LIMIT;
    }

    /**
     * Whether an IPv4 host may open one more session to the subscriber of an address. These have limits of the same
     * size and a count of their own: strangers must not use up what the subscriber itself may open.
     */
    DropReason admitInbound(SubscriberLimits limits, long high, long low, long now) {
        int row = counting && !limits.isNone() ? find(high & highMask, low & lowMask) : Rows.NONE;
        if (row == Rows.NONE) {
            return NONE;
        }
        if (limits.sessions() > 0 && count(row, INBOUND_SESSIONS) >= limits.sessions()) {
            return SUBSCRIBER_INBOUND_LIMIT;
        }
        return takes(row, TOKENS + INBOUND, limits, now) ? NONE : SUBSCRIBER_INBOUND_LIMIT;
    }

    /** A session opens; answers whether it is counted. */
    boolean opened(long high, long low, boolean inbound, long now) {
        if (counting) {
            int row = findOrCreate(high & highMask, low & lowMask, now);
            int tokens = TOKENS + (inbound ? INBOUND : 0);
            count(row, inbound ? INBOUND_SESSIONS : SESSIONS, 1);
            set(row, tokens, Math.max(-TOKEN, get(row, tokens) - TOKEN));
        }
        return counting;
    }

    /** A session that is counted ends. */
    void closed(long high, long low, boolean inbound) {
        release(high, low, inbound ? INBOUND_SESSIONS : SESSIONS);
    }

    /** Names a pool4 address of a protocol, by the address's index. */
    static long place(Protocol protocol, int address) {
        return ((long) protocol.code() << 32) | address;
    }

    /** Whether a subscriber that has fewer ports than this of one pool4 address may take another one. */
    boolean mayBind(long high, long low, long place, int most) {
        return !counting || table().shares.get(INT, share(high, low, place)) < most;
    }

    /** A port is taken; answers whether it is counted. */
    boolean bound(long high, long low, long place, long now) {
        if (counting) {
            count(findOrCreate(high & highMask, low & lowMask, now), PORTS, 1);
            countShare(high, low, place, 1);
        }
        return counting;
    }

    /** A port that is counted is released. */
    void unbound(long high, long low, long place) {
        countShare(high, low, place, -1);
        release(high, low, PORTS);
    }

    private void countShare(long high, long low, long place, int change) {
        long at = share(high, low, place);
        table().shares.set(INT, at, table().shares.get(INT, at) + change);
    }

    private long share(long high, long low, long place) {
        return INT.byteSize() * (hash.of(high & highMask, low & lowMask, place) & (SHARES - 1));
    }

    /** Some subscribers; there are none while nothing is counted. */
    Page<SubscriberRecord> list(long cursor, int most) {
        var items = new ArrayList<SubscriberRecord>();
        var listed = table;
        if (listed == null) {
            return new Page<>(items, Page.END);
        }
        long end = Math.min(cursor + SessionTables.ROWS_PER_STEP, listed.rows.touched());
        int row = (int) cursor;
        for (; row < end && items.size() < most; row++) {
            if (isUsed(row)) {
                var prefix = new Ipv6Prefix(get(row, HIGH), get(row, LOW), prefixLength);
                int sessions = count(row, SESSIONS) + count(row, INBOUND_SESSIONS);
                items.add(new SubscriberRecord(prefix, sessions, count(row, PORTS)));
            }
        }
        return new Page<>(items, row == listed.rows.touched() ? Page.END : row);
    }

    private void release(long high, long low, int field) {
        int row = find(high & highMask, low & lowMask);
        count(row, field, -1);
        if (!isUsed(row)) {
            var of = table();
            of.index.remove(hash.of(get(row, HIGH), get(row, LOW), 0), row);
            of.rows.free(row);
        }
    }

    private boolean isUsed(int row) {
        return count(row, SESSIONS) > 0 || count(row, INBOUND_SESSIONS) > 0 || count(row, PORTS) > 0;
    }

    /** Whether there is a token, after those have been added that have become due. */
    private boolean takes(int row, int tokens, SubscriberLimits limits, long now) {
        int perSecond = limits.sessionsPerSecond();
        int filledAt = tokens + FILLED_AT - TOKENS;
        long level = TokenBucket.refilled(get(row, tokens), now - get(row, filledAt), perSecond, perSecond * TOKEN);
        set(row, tokens, level);
        set(row, filledAt, now);
        return perSecond == 0 || level >= TOKEN;
    }

    private int findOrCreate(long high, long low, long now) {
        int row = find(high, low);
        if (row == Rows.NONE) {
            row = table().rows.take();
            set(row, HIGH, high);
            set(row, LOW, low);
            set(row, FILLED_AT, now - TOKEN); // a full second's worth of new sessions
            set(row, FILLED_AT + INBOUND, now - TOKEN);
            table().index.put(hash.of(high, low, 0), row);
        }
        return row;
    }

    private int find(long high, long low) {
        var index = table().index;
        int key = hash.of(high, low, 0);
        for (int slot = index.first(key); slot != HashIndex.NONE; slot = index.next(key, slot)) {
            int row = index.row(slot);
            if (get(row, HIGH) == high && get(row, LOW) == low) {
                return row;
            }
        }
        return Rows.NONE;
    }

    private Table table() {
        return Objects.requireNonNull(table);
    }

    private int count(int row, int field) {
        return table().memory.get(INT, table().rows.at(row) + field);
    }

    private void count(int row, int field, int change) {
        table().memory.set(INT, table().rows.at(row) + field, count(row, field) + change);
    }

    private long get(int row, int field) {
        return table().memory.get(LONG, table().rows.at(row) + field);
    }

    private void set(int row, int field, long value) {
        table().memory.set(LONG, table().rows.at(row) + field, value);
    }
}
