// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import nat64.translator.wire.TcpHeader;

/**
 * The state of a TCP session and what a segment makes of it (RFC 6146, section 3.5.2). Pure. A segment is told by one
 * of its flags: RST before SYN before FIN, where more than one is set.
 */
public enum TcpState {
    /** No state at all: UDP and ICMP sessions. */
    STATELESS(0),
    V4_INIT(1),
    V6_INIT(2),
    ESTABLISHED(3),
    V4_FIN_RCV(4),
    V6_FIN_RCV(5),
    V4_V6_FIN_RCV(6),
    TRANS(7);

    private static final TcpState[] BY_CODE = new TcpState[values().length];

    static {
        for (var state : values()) {
            BY_CODE[state.code] = state;
        }
    }

    private final byte code;

    TcpState(int code) {
        this.code = (byte) code;
    }

    /** Which lifetime a segment gives to its session. */
    public enum Lifetime {
        UNCHANGED,
        TCP_EST,
        TCP_TRANS
    }

    /** What a segment is to the state machine. */
    public enum Segment {
        SYN,
        FIN,
        RST,
        OTHER;

        public static Segment of(int flags) {
            if ((flags & TcpHeader.RST) != 0) {
                return RST;
            }
            if ((flags & TcpHeader.SYN) != 0) {
                return SYN;
            }
            return (flags & TcpHeader.FIN) != 0 ? FIN : OTHER;
        }
    }

    /** The state after a segment from that side. */
    public TcpState next(Segment segment, boolean fromIpv6) {
        return switch (this) {
            case STATELESS, V4_V6_FIN_RCV -> this;
            case V6_INIT -> segment == Segment.SYN && !fromIpv6 ? ESTABLISHED : this;
            case V4_INIT -> segment == Segment.SYN && fromIpv6 ? ESTABLISHED : this;
            case ESTABLISHED ->
                switch (segment) {
                    case FIN -> fromIpv6 ? V6_FIN_RCV : V4_FIN_RCV;
                    case RST -> TRANS;
                    default -> this;
                };
            case V4_FIN_RCV -> afterFin(segment, fromIpv6);
            case V6_FIN_RCV -> afterFin(segment, !fromIpv6);
            case TRANS -> segment == Segment.RST ? this : ESTABLISHED;
        };
    }

    /** The lifetime after a segment from that side, in the state that it found. */
    public Lifetime lifetime(Segment segment, boolean fromIpv6) {
        return switch (this) {
            case STATELESS, V4_V6_FIN_RCV -> Lifetime.UNCHANGED;
            case V6_INIT ->
                segment != Segment.SYN ? Lifetime.UNCHANGED : fromIpv6 ? Lifetime.TCP_TRANS : Lifetime.TCP_EST;
            case V4_INIT -> segment == Segment.SYN && fromIpv6 ? Lifetime.TCP_EST : Lifetime.UNCHANGED;
            case ESTABLISHED ->
                switch (segment) {
                    case FIN -> Lifetime.UNCHANGED;
                    case RST -> Lifetime.TCP_TRANS;
                    default -> Lifetime.TCP_EST;
                };
            case V4_FIN_RCV, V6_FIN_RCV ->
                switch (next(segment, fromIpv6)) {
                    case V4_V6_FIN_RCV, TRANS -> Lifetime.TCP_TRANS;
                    default -> Lifetime.TCP_EST;
                };
            case TRANS -> segment == Segment.RST ? Lifetime.UNCHANGED : Lifetime.TCP_EST;
        };
    }

    /** RFC 7857, section 2.2: a RST after the first FIN ends the session in minutes, not in hours. */
    private TcpState afterFin(Segment segment, boolean fromOtherSide) {
        if (segment == Segment.RST) {
            return TRANS;
        }
        return segment == Segment.FIN && fromOtherSide ? V4_V6_FIN_RCV : this;
    }

    /** The byte that stands for the state in table rows and in records that are sent elsewhere; it never changes. */
    public byte code() {
        return code;
    }

    /** Whether a byte stands for a state. */
    public static boolean isCode(int code) {
        return code >= 0 && code < BY_CODE.length;
    }

    /** The state of a code. */
    public static TcpState of(byte code) {
        return BY_CODE[code];
    }
}
