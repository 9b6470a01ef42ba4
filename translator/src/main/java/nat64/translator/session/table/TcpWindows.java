// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Which sequence numbers come next from each side of a TCP session, so that a segment that ends or restarts a
 * connection counts only if its sender has seen the connection (RFC 7857, section 2.2; RFC 5961, sections 3 and 4). In
 * bytes of the session's row that nothing else uses.
 *
 * <p>A side is <em>known</em> from its SYN on, or once the other side has acknowledged what it has sent. Where that is
 * not so, as after a session was adopted from another process, everything is admitted. Numbers that are far from what
 * is known never become known by themselves, so that a stranger cannot move the window; they are noted, and count as
 * soon as the other side acknowledges them.
 */
public final class TcpWindows {

    private static final int FLAGS = 28;
    private static final int NOTED_END = 42; // the lower half of it
    private static final int EXPECTED = 56; // from IPv6 above, from IPv4 below

    private static final int IPV6_KNOWN = 1 << 20;
    private static final int IPV4_KNOWN = 1 << 21;
    private static final int BOTH_KNOWN = IPV6_KNOWN | IPV4_KNOWN;
    private static final int IPV6_NOTED = 1 << 22;
    private static final int IPV4_NOTED = 1 << 23;
    private static final int ANY_NOTED = IPV6_NOTED | IPV4_NOTED;

    /** The largest window without scaling: how far a RST, SYN or FIN may be from the next number expected. */
    private static final int CLOSE = 0xffff;

    /** How far data may be from it, with a large window and losses on the way here: 16 MiB. */
    private static final int FAR = 1 << 24;

    private static final int FAR_BITS = 25; // of the distance from the nearest to the farthest

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;

    private final MemorySegment memory;

    TcpWindows(MemorySegment rows) {
        memory = rows;
    }

    /** A side sends the SYN that opens the session, for the first time or again. */
    public void open(int row, boolean fromIpv6, TcpSegment syn) {
        store(row, fromIpv6, syn.end(), 0);
        flags(row, known(fromIpv6));
    }

    /** A side answers the SYN of the other with its own. */
    public void answer(int row, boolean fromIpv6, TcpSegment syn) {
        int opened = expected(row, !fromIpv6);
        boolean isOpenKnown = (flags(row) & known(!fromIpv6)) != 0;
        store(row, fromIpv6, syn.end(), opened);
        flags(row, known(fromIpv6) | (isOpenKnown ? known(!fromIpv6) : 0));
        if (isOpenKnown && syn.isAck() && !isClose(syn.acknowledgment(), opened)) {
            note(row, !fromIpv6, opened); // the SYN with the right acknowledgment may still come
        }
    }

    /**
     * Whether a segment from a side is near what is expected from there, or answers what the other side has just begun;
     * true if it is not known what to expect.
     */
    public boolean admits(int row, boolean fromIpv6, TcpSegment segment) {
        return !segment.hasNumbers() || isClose(row, fromIpv6, segment.sequence()) || confirms(row, fromIpv6, segment);
    }

    /** Whether a sequence number from a side is near what is expected from there; true if that is not known. */
    public boolean isClose(int row, boolean fromIpv6, int sequence) {
        return (flags(row) & known(fromIpv6)) == 0 || isClose(sequence, expected(row, fromIpv6));
    }

    /** Whether a sequence number from a side is the next one expected from there; true if that is not known. */
    public boolean isNext(int row, boolean fromIpv6, int sequence) {
        return (flags(row) & known(fromIpv6)) == 0 || sequence == expected(row, fromIpv6);
    }

    /**
     * Whether a side may have sent a sequence number not long ago, as a packet that an ICMP error quotes has (RFC 5927,
     * section 4.1): not far before what is expected from there, and hardly behind it; true if that is not known.
     */
    public boolean mayHaveSent(int row, boolean fromIpv6, int sequence) {
        boolean isKnown = (flags(row) & known(fromIpv6)) != 0;
        int before = expected(row, fromIpv6) + CLOSE - sequence;
        return !isKnown || Integer.compareUnsigned(before, FAR + CLOSE) <= 0;
    }

    /**
     * Takes note of the numbers of a segment that passes. Of a side that is not known, 0 is expected: numbers near that
     * are moved and stay unknown, which saves the look at the flags.
     */
    public void follow(int row, boolean fromIpv6, TcpSegment segment) {
        long expected = memory.get(LONG, SessionTable.at(row) + EXPECTED);
        int own = (int) (fromIpv6 ? expected >>> 32 : expected);
        int other = (int) (fromIpv6 ? expected : expected >>> 32);
        int sent = segment.sequence() - own;
        int acknowledged = segment.acknowledgment() - other;
        boolean areNear = ((sent + FAR) | (acknowledged + FAR)) >>> FAR_BITS == 0;
        if (areNear && segment.isAck()) {
            if (segment.end() - own > 0 || acknowledged > 0) {
                store(row, fromIpv6, later(own, segment.end()), later(other, segment.acknowledgment()));
            }
        } else if (segment.hasNumbers()) {
            find(row, fromIpv6, segment);
        }
    }

    /** A segment that is not where it is expected, or of which nothing is expected. */
    private void find(int row, boolean fromIpv6, TcpSegment segment) {
        if (confirms(row, fromIpv6, segment)) {
            store(row, fromIpv6, segment.end(), segment.acknowledgment());
            flags(row, BOTH_KNOWN);
        } else if (segment.isAck() || segment.kind() == TcpState.Segment.SYN) {
            note(row, fromIpv6, segment.end());
        }
    }

    /** Whether a segment acknowledges just what was noted of the other side. */
    private boolean confirms(int row, boolean fromIpv6, TcpSegment segment) {
        return segment.isAck()
                && (flags(row) & noted(!fromIpv6)) != 0
                && memory.get(SHORT, SessionTable.at(row) + NOTED_END) == (short) segment.acknowledgment();
    }

    private void note(int row, boolean fromIpv6, int end) {
        memory.set(SHORT, SessionTable.at(row) + NOTED_END, (short) end);
        flags(row, (flags(row) & ~ANY_NOTED) | noted(fromIpv6));
    }

    private int expected(int row, boolean fromIpv6) {
        long expected = memory.get(LONG, SessionTable.at(row) + EXPECTED);
        return (int) (fromIpv6 ? expected >>> 32 : expected);
    }

    private void store(int row, boolean fromIpv6, int own, int other) {
        int ipv6 = fromIpv6 ? own : other;
        int ipv4 = fromIpv6 ? other : own;
        memory.set(LONG, SessionTable.at(row) + EXPECTED, ((long) ipv6 << 32) | (ipv4 & 0xffff_ffffL));
    }

    private int flags(int row) {
        return memory.get(INT, SessionTable.at(row) + FLAGS);
    }

    private void flags(int row, int flags) {
        int others = flags(row) & ~(BOTH_KNOWN | ANY_NOTED);
        memory.set(INT, SessionTable.at(row) + FLAGS, others | (flags & (BOTH_KNOWN | ANY_NOTED)));
    }

    private static int known(boolean ofIpv6) {
        return ofIpv6 ? IPV6_KNOWN : IPV4_KNOWN;
    }

    private static int noted(boolean ofIpv6) {
        return ofIpv6 ? IPV6_NOTED : IPV4_NOTED;
    }

    private static boolean isClose(int number, int expected) {
        return Integer.compareUnsigned(number - expected + CLOSE, 2 * CLOSE) <= 0;
    }

    private static int later(int number, int other) {
        return other - number > 0 ? other : number;
    }
}
