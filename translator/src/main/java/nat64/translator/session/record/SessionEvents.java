// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.record;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.function.Supplier;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.address.Pref64s;
import nat64.translator.session.pool4.PortBlocks;
import nat64.translator.session.table.Bib;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.SessionTable;
import nat64.translator.session.table.TcpState;

/**
 * Takes the changes of the tables to one other thread, in order, through a ring of fixed-size records off the heap. If
 * the other thread falls behind so far that the ring is full, events are dropped and counted; who sees {@link #dropped}
 * grow has to list the tables again. A block of ports stands for the bindings in it: these are not announced.
 */
public final class SessionEvents implements SessionListener {

    private static final int BYTES = 64;
    private static final int KIND = 0;
    private static final int PROTOCOL = 1;
    private static final int STATE = 2;
    private static final int FLAGS = 3;
    private static final int TIME_LEFT = 4; // milliseconds
    private static final int AT = 8;
    private static final int CLIENT_HIGH = 16;
    private static final int CLIENT_LOW = 24;
    private static final int POOL4 = 32;
    private static final int PORTS = 36; // x above, t below
    private static final int REMOTE = 40;
    private static final int REMOTE_PORT = 44; // length of the Pref64 above, z below
    private static final int PREF64_HIGH = 48;
    private static final int PREF64_LOW = 56;

    private static final int FROM_IPV4 = 1;
    private static final int ANSWERED = 1 << 1;

    private static final int BOUND = 1;
    private static final int OPENED = 2;
    private static final int CHANGED = 3;
    private static final int CLOSED = 4;
    private static final int UNBOUND = 5;
    private static final int BLOCK_STARTED = 6; // the port fields: first above, last below; REMOTE_PORT as of sessions
    private static final int BLOCK_ENDED = 7;

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final RecordRing ring;
    private final MemorySegment memory;
    private final Supplier<Pref64s> pref64s;
    private final boolean takesSessions;
    private final boolean takesChanges;

    /** Which events are written: fewer leave more room in the ring. */
    public enum Scope {
        /** Blocks of ports, and bindings outside of them, that come and go. */
        BINDINGS,
        /** These, and sessions that come and go. */
        SESSIONS,
        /** These, and sessions that change. */
        CHANGES
    }

    /** Learns of an event; on the thread that polls. */
    public interface Handler {
        void on(SessionEvent event);
    }

    /**
     * A ring with room for so many events, 64 bytes each.
     *
     * @param pref64s those that name every index in the tables
     */
    public SessionEvents(Arena arena, int capacity, Supplier<Pref64s> pref64s) {
        this(arena, capacity, Scope.CHANGES, pref64s);
    }

    /** As {@link #SessionEvents(Arena, int, Supplier)}, of some events. */
    public SessionEvents(Arena arena, int capacity, Scope scope, Supplier<Pref64s> pref64s) {
        this.pref64s = pref64s;
        takesSessions = scope != Scope.BINDINGS;
        takesChanges = scope == Scope.CHANGES;
        ring = new RecordRing(arena, capacity, BYTES);
        memory = ring.memory();
    }

    /** Hands some events to the handler, {@code most} at most, and answers how many. One thread at a time. */
    public int poll(Handler handler, int most) {
        int polled = 0;
        for (long at = ring.poll(); at != RecordRing.NONE; at = ring.poll()) {
            var event = event(at);
            ring.release();
            handler.on(event);
            if (++polled == most) {
                break;
            }
        }
        return polled;
    }

    /** Events that were lost because the ring was full; any thread may ask. */
    public long dropped() {
        return ring.dropped();
    }

    @Override
    public void bound(Protocol protocol, Bib bib, int row, long now) {
        if (!bib.isInBlock(row)) {
            write(BOUND, protocol, bib, row, now);
        }
    }

    @Override
    public void unbound(Protocol protocol, Bib bib, int row, long now) {
        if (!bib.isInBlock(row)) {
            write(UNBOUND, protocol, bib, row, now);
        }
    }

    @Override
    public void blockStarted(PortBlocks blocks, int block, long now) {
        write(BLOCK_STARTED, blocks, block, now);
    }

    @Override
    public void blockEnded(PortBlocks blocks, int block, long now) {
        write(BLOCK_ENDED, blocks, block, now);
    }

    @Override
    public void opened(Protocol protocol, SessionTable sessions, int row, long now) {
        if (takesSessions) {
            write(OPENED, protocol, sessions, row, now);
        }
    }

    @Override
    public void changed(Protocol protocol, SessionTable sessions, int row, long now) {
        if (takesChanges) {
            write(CHANGED, protocol, sessions, row, now);
        }
    }

    @Override
    public void closed(Protocol protocol, SessionTable sessions, int row, long now) {
        if (takesSessions) {
            write(CLOSED, protocol, sessions, row, now);
        }
    }

    private void write(int kind, Protocol protocol, Bib bib, int row, long now) {
        long at = ring.claim();
        if (at != RecordRing.NONE) {
            writeHead(at, kind, protocol, now);
            memory.set(LONG, at + CLIENT_HIGH, bib.ipv6High(row));
            memory.set(LONG, at + CLIENT_LOW, bib.ipv6Low(row));
            memory.set(INT, at + POOL4, bib.ipv4(row));
            memory.set(INT, at + PORTS, (bib.ipv6Port(row) << 16) | bib.ipv4Port(row));
            ring.publish();
        }
    }

    private void write(int kind, Protocol protocol, SessionTable sessions, int row, long now) {
        long at = ring.claim();
        if (at != RecordRing.NONE) {
            var pref64 = pref64s.get().get(sessions.prefix(row)).prefix();
            writeHead(at, kind, protocol, now);
            memory.set(BYTE, at + STATE, sessions.state(row).code());
            memory.set(BYTE, at + FLAGS, flags(sessions, row));
            memory.set(INT, at + TIME_LEFT, sessions.timeLeft(row, now));
            memory.set(LONG, at + CLIENT_HIGH, sessions.ipv6High(row));
            memory.set(LONG, at + CLIENT_LOW, sessions.ipv6Low(row));
            memory.set(INT, at + POOL4, sessions.ipv4(row));
            memory.set(INT, at + PORTS, (sessions.ipv6Port(row) << 16) | sessions.ipv4Port(row));
            memory.set(INT, at + REMOTE, sessions.remote(row));
            memory.set(INT, at + REMOTE_PORT, (pref64.length() << 16) | sessions.remotePort(row));
            memory.set(LONG, at + PREF64_HIGH, pref64.high());
            memory.set(LONG, at + PREF64_LOW, pref64.low());
            ring.publish();
        }
    }

    private void write(int kind, PortBlocks blocks, int block, long now) {
        long at = ring.claim();
        if (at != RecordRing.NONE) {
            writeHead(at, kind, Protocol.TCP, now);
            memory.set(LONG, at + CLIENT_HIGH, blocks.ownerHigh(block));
            memory.set(LONG, at + CLIENT_LOW, blocks.ownerLow(block));
            memory.set(INT, at + POOL4, blocks.address(block));
            memory.set(INT, at + PORTS, (blocks.firstPort(block) << 16) | blocks.lastPort(block));
            memory.set(INT, at + REMOTE_PORT, blocks.settings().prefixLength() << 16);
            ring.publish();
        }
    }

    private static byte flags(SessionTable sessions, int row) {
        return (byte) ((sessions.isFromIpv4(row) ? FROM_IPV4 : 0) | (sessions.isAnswered(row) ? ANSWERED : 0));
    }

    private void writeHead(long at, int kind, Protocol protocol, long now) {
        memory.set(BYTE, at + KIND, (byte) kind);
        memory.set(BYTE, at + PROTOCOL, protocol.code());
        memory.set(LONG, at + AT, now);
    }

    private SessionEvent event(long slot) {
        long at = memory.get(LONG, slot + AT);
        int kind = memory.get(BYTE, slot + KIND);
        return switch (kind) {
            case BOUND -> new SessionEvent.Bound(at, binding(slot));
            case OPENED -> new SessionEvent.Opened(at, session(slot));
            case CHANGED -> new SessionEvent.Changed(at, session(slot));
            case CLOSED -> new SessionEvent.Closed(at, session(slot));
            case UNBOUND -> new SessionEvent.Unbound(at, binding(slot));
            case BLOCK_STARTED -> new SessionEvent.BlockStarted(at, block(slot));
            case BLOCK_ENDED -> new SessionEvent.BlockEnded(at, block(slot));
            default -> throw new IllegalStateException("no kind of event: " + kind);
        };
    }

    private BindingRecord binding(long slot) {
        int ports = memory.get(INT, slot + PORTS);
        return new BindingRecord(
                Protocol.of(memory.get(BYTE, slot + PROTOCOL)),
                new Ipv6Address(memory.get(LONG, slot + CLIENT_HIGH), memory.get(LONG, slot + CLIENT_LOW)),
                ports >>> 16,
                memory.get(INT, slot + POOL4),
                ports & 0xffff);
    }

    private BlockRecord block(long slot) {
        int ports = memory.get(INT, slot + PORTS);
        return new BlockRecord(
                new Ipv6Prefix(
                        memory.get(LONG, slot + CLIENT_HIGH),
                        memory.get(LONG, slot + CLIENT_LOW),
                        memory.get(INT, slot + REMOTE_PORT) >>> 16),
                memory.get(INT, slot + POOL4),
                ports >>> 16,
                ports & 0xffff);
    }

    private SessionRecord session(long slot) {
        int remotePort = memory.get(INT, slot + REMOTE_PORT);
        var pref64 = new Ipv6Prefix(
                memory.get(LONG, slot + PREF64_HIGH), memory.get(LONG, slot + PREF64_LOW), remotePort >>> 16);
        return new SessionRecord(
                binding(slot),
                memory.get(INT, slot + REMOTE),
                remotePort & 0xffff,
                new Pref64(pref64),
                new SessionState(
                        TcpState.of(memory.get(BYTE, slot + STATE)),
                        (memory.get(BYTE, slot + FLAGS) & FROM_IPV4) != 0,
                        (memory.get(BYTE, slot + FLAGS) & ANSWERED) != 0,
                        Duration.ofMillis(Math.max(0, memory.get(INT, slot + TIME_LEFT)))));
    }
}
