// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.snapshot;

import static nat64.translator.session.snapshot.RecordLayout.BYTE;
import static nat64.translator.session.snapshot.RecordLayout.INT;
import static nat64.translator.session.snapshot.RecordLayout.LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionTable;

/** Room for records that wait to be written. Adding one makes no objects. One thread at a time. */
public final class RecordBuffer {

    private final MemorySegment memory;
    private final int capacity;
    private int count;

    /** With room for so many records, {@link SnapshotFormat#MOST_RECORDS} at most. */
    public RecordBuffer(Arena arena, int capacity) {
        this.capacity = Math.min(capacity, SnapshotFormat.MOST_RECORDS);
        memory = arena.allocate((long) this.capacity * RecordLayout.BYTES, Long.BYTES);
    }

    /** As many records as fit into one block of a snapshot. */
    public static RecordBuffer ofBlock(Arena arena) {
        return new RecordBuffer(arena, SnapshotFormat.MOST_RECORDS);
    }

    public void clear() {
        count = 0;
    }

    public int count() {
        return count;
    }

    public boolean isFull() {
        return count == capacity;
    }

    /** Adds the session of a row as of a time of the tables' clock; there is room for it. */
    public void add(Protocol protocol, SessionTable sessions, int row, long time) {
        long at = next();
        int flags = (sessions.isFromIpv4(row) ? RecordLayout.FROM_IPV4 : 0)
                | (sessions.isAnswered(row) ? RecordLayout.ANSWERED : 0);
        memory.set(BYTE, at + RecordLayout.KIND, (byte) RecordLayout.SESSION);
        memory.set(BYTE, at + RecordLayout.PROTOCOL, protocol.code());
        memory.set(BYTE, at + RecordLayout.STATE, sessions.state(row).code());
        memory.set(BYTE, at + RecordLayout.FLAGS, (byte) flags);
        memory.set(INT, at + RecordLayout.TIME_LEFT, timeLeft(sessions.timeLeft(row, time)));
        memory.set(LONG, at + RecordLayout.CLIENT_HIGH, sessions.ipv6High(row));
        memory.set(LONG, at + RecordLayout.CLIENT_LOW, sessions.ipv6Low(row));
        memory.set(INT, at + RecordLayout.POOL4, sessions.ipv4(row));
        memory.set(INT, at + RecordLayout.PORTS, (sessions.ipv6Port(row) << 16) | sessions.ipv4Port(row));
        memory.set(INT, at + RecordLayout.REMOTE, sessions.remote(row));
        memory.set(INT, at + RecordLayout.REMOTE_PORT, (sessions.remotePort(row) << 16) | (sessions.prefix(row) << 8));
        memory.set(INT, at + RecordLayout.AGE, Math.max(0, sessions.age(row, time)));
    }

    /** Adds a held port, which is free in so many milliseconds; there is room for it. */
    public void add(Protocol protocol, int pool4, int port, int timeLeft) {
        long at = next();
        memory.asSlice(at, RecordLayout.BYTES).fill((byte) 0);
        memory.set(BYTE, at + RecordLayout.KIND, (byte) RecordLayout.HELD_PORT);
        memory.set(BYTE, at + RecordLayout.PROTOCOL, protocol.code());
        memory.set(INT, at + RecordLayout.TIME_LEFT, timeLeft(timeLeft));
        memory.set(INT, at + RecordLayout.POOL4, pool4);
        memory.set(INT, at + RecordLayout.PORTS, port);
    }

    /** The records. */
    MemorySegment content() {
        return memory.asSlice(0, (long) count * RecordLayout.BYTES);
    }

    private long next() {
        return (long) count++ * RecordLayout.BYTES;
    }

    private static int timeLeft(int milliseconds) {
        return Math.clamp(milliseconds, 0, RecordLayout.LONGEST);
    }
}
