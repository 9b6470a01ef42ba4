// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.table;

import java.util.Locale;

/** Why a session ended. */
public enum SessionEnd {
    /** No packet for its lifetime: UDP, ICMP, and TCP after one FIN. */
    IDLE,
    /** TCP: only one side has sent a SYN (RFC 6146, section 3.5.2.2: V4 INIT and V6 INIT). */
    OPENING,
    /** TCP: both sides have sent a FIN (V4 FIN + V6 FIN RCV). */
    FIN,
    /** TCP: after a RST, or after a probe of an idle connection that nothing has answered (TRANS). */
    TRANS,
    /** Unanswered, and ended before its time, as there was little room (RFC 6146, section 5.3). */
    EARLY,
    /** The host has lost its pool4 address. */
    POOL4_LOST,
    /** A static binding took one of its addresses. */
    STATIC_BINDING;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Why a session ends whose time is over in that state. */
    public static SessionEnd expiredIn(TcpState state) {
        return switch (state) {
            case STATELESS, ESTABLISHED, V4_FIN_RCV, V6_FIN_RCV -> IDLE;
            case V4_INIT, V6_INIT -> OPENING;
            case V4_V6_FIN_RCV -> FIN;
            case TRANS -> TRANS;
        };
    }

    /** The value of {@code reason} in metrics. */
    public String label() {
        return label;
    }
}
