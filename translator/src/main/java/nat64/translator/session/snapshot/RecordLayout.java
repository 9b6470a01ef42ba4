// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.snapshot;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;
import nat64.translator.session.record.BindingRecord;
import nat64.translator.session.record.HeldPort;
import nat64.translator.session.record.SessionRecord;
import nat64.translator.session.record.SessionState;
import nat64.translator.session.table.Protocol;
import nat64.translator.session.table.TcpState;

/**
 * One session or one held port in 44 bytes, the highest byte first. No field refers to a row, a deadline or a clock of
 * this process; a Pref64 is a number in the list of the {@link SnapshotHeader}.
 */
final class RecordLayout {

    static final int BYTES = 44;

    static final int KIND = 0;
    static final int PROTOCOL = 1;
    static final int STATE = 2;
    static final int FLAGS = 3;
    static final int TIME_LEFT = 4; // milliseconds
    static final int CLIENT_HIGH = 8;
    static final int CLIENT_LOW = 16;
    static final int POOL4 = 24;
    static final int PORTS = 28; // x above, t below
    static final int REMOTE = 32;
    static final int REMOTE_PORT = 36; // z above; below it the number of the Pref64, and a zero
    static final int AGE = 40; // seconds

    static final int SESSION = 1;
    static final int HELD_PORT = 2;
    static final int FROM_IPV4 = 1;
    static final int ANSWERED = 1 << 1;
    private static final int ALL_FLAGS = FROM_IPV4 | ANSWERED;

    /** Eight days: more than the longest lifetime, and than the longest rest of a port. */
    static final int LONGEST = 8 * 24 * 3_600_000;

    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private RecordLayout() {}

    /** Whether there is a record, with nothing in it that no writer would write. */
    static boolean isValid(MemorySegment from, long at, int pref64s) {
        int protocol = from.get(BYTE, at + PROTOCOL);
        int timeLeft = from.get(INT, at + TIME_LEFT);
        if (protocol < 0 || protocol >= Protocol.count() || timeLeft < 0 || timeLeft > LONGEST) {
            return false;
        }
        return switch (from.get(BYTE, at + KIND)) {
            case SESSION -> isValidSession(from, at, Protocol.of(protocol), pref64s);
            case HELD_PORT -> isValidPort(from, at);
            default -> false;
        };
    }

    private static boolean isValidSession(MemorySegment from, long at, Protocol protocol, int pref64s) {
        int state = from.get(BYTE, at + STATE);
        int rest = from.get(INT, at + REMOTE_PORT);
        boolean hasState = state != TcpState.STATELESS.code();
        return TcpState.isCode(state)
                && hasState == (protocol == Protocol.TCP)
                && (from.get(BYTE, at + FLAGS) & ~ALL_FLAGS) == 0
                && (protocol != Protocol.ICMP || rest >>> 16 == 0)
                && (rest >>> 8 & 0xff) < pref64s
                && (rest & 0xff) == 0
                && from.get(INT, at + AGE) >= 0;
    }

    private static boolean isValidPort(MemorySegment from, long at) {
        return from.get(BYTE, at + STATE) == 0
                && from.get(BYTE, at + FLAGS) == 0
                && from.get(LONG, at + CLIENT_HIGH) == 0
                && from.get(LONG, at + CLIENT_LOW) == 0
                && from.get(INT, at + PORTS) >>> 16 == 0
                && from.get(INT, at + REMOTE) == 0
                && from.get(INT, at + REMOTE_PORT) == 0
                && from.get(INT, at + AGE) == 0;
    }

    /**
     * Reads a valid record.
     *
     * @param passed milliseconds since it was written, which count against the time left
     */
    static void read(MemorySegment from, long at, List<Pref64> pref64s, long passed, Snapshot.Reader reader) {
        var protocol = Protocol.of(from.get(BYTE, at + PROTOCOL));
        var timeLeft = Duration.ofMillis(Math.max(0, from.get(INT, at + TIME_LEFT) - passed));
        int pool4 = from.get(INT, at + POOL4);
        int ports = from.get(INT, at + PORTS);
        if (from.get(BYTE, at + KIND) == HELD_PORT) {
            reader.on(new HeldPort(protocol, pool4, ports & 0xffff, timeLeft));
            return;
        }
        var client = new Ipv6Address(from.get(LONG, at + CLIENT_HIGH), from.get(LONG, at + CLIENT_LOW));
        int flags = from.get(BYTE, at + FLAGS);
        int rest = from.get(INT, at + REMOTE_PORT);
        reader.on(new SessionRecord(
                new BindingRecord(protocol, client, ports >>> 16, pool4, ports & 0xffff),
                from.get(INT, at + REMOTE),
                rest >>> 16,
                pref64s.get(rest >>> 8 & 0xff),
                new SessionState(
                        TcpState.of(from.get(BYTE, at + STATE)),
                        (flags & FROM_IPV4) != 0,
                        (flags & ANSWERED) != 0,
                        timeLeft,
                        Duration.ofSeconds(from.get(INT, at + AGE)).plusSeconds(passed / 1000))));
    }
}
