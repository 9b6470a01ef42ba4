// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.SUBSCRIBER_PORT_LIMIT;
import static nat64.translator.packet.DropReason.SUBSCRIBER_RATE_LIMIT;
import static nat64.translator.packet.DropReason.SUBSCRIBER_SESSION_LIMIT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nat64.translator.packet.DropReason;
import nat64.translator.session.table.Hash;
import nat64.translator.session.table.HashIndex;
import nat64.translator.session.table.Rows;

/**
 * How much each subscriber has of sessions and ports, so that {@link SubscriberLimits} can be kept. One thread at a time.
 */
final class Subscribers {

    private static final int STRIDE = 48;
    private static final int HIGH = 0;
    private static final int LOW = 8;
    private static final int SESSIONS = 16;
    private static final int PORTS = 20;
    private static final int TOKENS = 24; // thousandths of a new session
    private static final int FILLED_AT = 32;
    private static final long TOKEN = 1000;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final boolean counting;
    private final long highMask;
    private final long lowMask;
    private final Rows rows;
    private final MemorySegment memory;
    private final HashIndex index;
    private final Hash hash;

    /** With room for so many subscribers; there can be as many as bindings and sessions together. */
    Subscribers(Arena arena, SubscriberLimits limits, int capacity, Hash hash) {
        counting = !limits.isNone();
        this.hash = hash;
        int length = limits.prefixLength();
        highMask = length >= 64 ? -1L : -1L << (64 - length);
        lowMask = length <= 64 ? 0 : -1L << (128 - length);
        rows = new Rows(arena, STRIDE, counting ? capacity : 1);
        memory = rows.memory;
        index = new HashIndex(arena, rows.capacity(), row -> hash.of(get(row, HIGH), get(row, LOW), 0));
    }

    /** Whether the subscriber of an address may open one more session, and one more binding for it. */
    DropReason admit(SubscriberLimits limits, long high, long low, boolean bind, long now) {
        int row = counting ? find(high & highMask, low & lowMask) : Rows.NONE;
        if (row == Rows.NONE) {
            return NONE;
        }
        if (limits.sessions() > 0 && count(row, SESSIONS) >= limits.sessions()) {
            return SUBSCRIBER_SESSION_LIMIT;
        }
        if (bind && limits.ports() > 0 && count(row, PORTS) >= limits.ports()) {
            return SUBSCRIBER_PORT_LIMIT;
        }
        refill(row, limits.sessionsPerSecond(), now);
        return limits.sessionsPerSecond() > 0 && get(row, TOKENS) < TOKEN ? SUBSCRIBER_RATE_LIMIT : NONE;
    }

    void opened(long high, long low, long now) {
        if (counting) {
            int row = findOrCreate(high & highMask, low & lowMask, now);
            count(row, SESSIONS, 1);
            set(row, TOKENS, Math.max(-TOKEN, get(row, TOKENS) - TOKEN));
        }
    }

    void closed(long high, long low) {
        release(high, low, SESSIONS);
    }

    void bound(long high, long low, long now) {
        if (counting) {
            count(findOrCreate(high & highMask, low & lowMask, now), PORTS, 1);
        }
    }

    void unbound(long high, long low) {
        release(high, low, PORTS);
    }

    private void release(long high, long low, int field) {
        if (!counting) {
            return;
        }
        int row = find(high & highMask, low & lowMask);
        count(row, field, -1);
        if (count(row, SESSIONS) == 0 && count(row, PORTS) == 0) {
            index.remove(hash.of(get(row, HIGH), get(row, LOW), 0), row);
            rows.free(row);
        }
    }

    private void refill(int row, int perSecond, long now) {
        long full = perSecond * TOKEN;
        long gained = Math.min(now - get(row, FILLED_AT), TOKEN) * perSecond;
        set(row, TOKENS, Math.min(full, get(row, TOKENS) + gained));
        set(row, FILLED_AT, now);
    }

    private int findOrCreate(long high, long low, long now) {
        int row = find(high, low);
        if (row == Rows.NONE) {
            row = rows.take();
            set(row, HIGH, high);
            set(row, LOW, low);
            set(row, FILLED_AT, now - TOKEN); // a full second's worth of new sessions
            index.put(hash.of(high, low, 0), row);
        }
        return row;
    }

    private int find(long high, long low) {
        int key = hash.of(high, low, 0);
        for (int slot = index.first(key); slot != HashIndex.NONE; slot = index.next(key, slot)) {
            int row = index.row(slot);
            if (get(row, HIGH) == high && get(row, LOW) == low) {
                return row;
            }
        }
        return Rows.NONE;
    }

    private int count(int row, int field) {
        return memory.get(INT, rows.at(row) + field);
    }

    private void count(int row, int field, int change) {
        memory.set(INT, rows.at(row) + field, count(row, field) + change);
    }

    private long get(int row, int field) {
        return memory.get(LONG, rows.at(row) + field);
    }

    private void set(int row, int field, long value) {
        memory.set(LONG, rows.at(row) + field, value);
    }
}
