// SPDX-License-Identifier: Apache-2.0
package nat64.translator.translate;

import static nat64.translator.wire.IcmpHeader.message;

import nat64.translator.wire.IcmpHeader;
import nat64.translator.wire.Icmpv4;
import nat64.translator.wire.Icmpv6;

/**
 * Maps ICMPv4 messages to ICMPv6 messages and back (RFC 7915, sections 4.2 and 5.2). A message is its type and its
 * code, as {@link IcmpHeader#message(int, int)} has them.
 */
final class IcmpMapping {

    /** There is no counterpart: the message is dropped. */
    static final int NOTHING = -1;

    private static final int NO_ROUTE_V6 = message(Icmpv6.DESTINATION_UNREACHABLE, 0);
    private static final int PROHIBITED_V6 = message(Icmpv6.DESTINATION_UNREACHABLE, 1);
    private static final int PORT_UNREACHABLE_V6 = message(Icmpv6.DESTINATION_UNREACHABLE, 4);

    private IcmpMapping() {}

    static int type(int message) {
        return message >>> 8;
    }

    /** Whether this ICMPv6 message may have an extension (RFC 4884, section 4.6). */
    static boolean mayExtendIpv6(int message) {
        int type = type(message);
        return type == Icmpv6.DESTINATION_UNREACHABLE || type == Icmpv6.TIME_EXCEEDED;
    }

    /** Whether this ICMPv4 message, translated from an ICMPv6 message with an extension, may have one. */
    static boolean mayExtendIpv4(int message) {
        int type = type(message);
        return type == Icmpv4.DESTINATION_UNREACHABLE || type == Icmpv4.TIME_EXCEEDED;
    }

    /** The ICMPv4 message for an ICMPv6 one, or {@link #NOTHING}. */
    static int toIpv4(int type, int code) {
        return switch (type) {
            case Icmpv6.ECHO_REQUEST -> message(Icmpv4.ECHO_REQUEST, 0);
            case Icmpv6.ECHO_REPLY -> message(Icmpv4.ECHO_REPLY, 0);
            case Icmpv6.DESTINATION_UNREACHABLE ->
                switch (code) {
                    case 0, 2, 3 -> message(Icmpv4.DESTINATION_UNREACHABLE, 1);
                    case 1 -> message(Icmpv4.DESTINATION_UNREACHABLE, 10);
                    case 4 -> message(Icmpv4.DESTINATION_UNREACHABLE, 3);
                    default -> NOTHING;
                };
            case Icmpv6.PACKET_TOO_BIG -> message(Icmpv4.DESTINATION_UNREACHABLE, Icmpv4.FRAGMENTATION_NEEDED);
            case Icmpv6.TIME_EXCEEDED -> message(Icmpv4.TIME_EXCEEDED, code);
            case Icmpv6.PARAMETER_PROBLEM ->
                switch (code) {
                    case 0 -> message(Icmpv4.PARAMETER_PROBLEM, 0);
                    case Icmpv6.UNKNOWN_NEXT_HEADER ->
                        message(Icmpv4.DESTINATION_UNREACHABLE, Icmpv4.PROTOCOL_UNREACHABLE);
                    default -> NOTHING;
                };
            default -> NOTHING;
        };
    }

    /** The ICMPv6 message for an ICMPv4 one, or {@link #NOTHING}. */
    static int toIpv6(int type, int code) {
        return switch (type) {
            case Icmpv4.ECHO_REQUEST -> message(Icmpv6.ECHO_REQUEST, 0);
            case Icmpv4.ECHO_REPLY -> message(Icmpv6.ECHO_REPLY, 0);
            case Icmpv4.DESTINATION_UNREACHABLE ->
                switch (code) {
                    case 0, 1, 5, 6, 7, 8, 11, 12 -> NO_ROUTE_V6;
                    case Icmpv4.PROTOCOL_UNREACHABLE -> message(Icmpv6.PARAMETER_PROBLEM, Icmpv6.UNKNOWN_NEXT_HEADER);
                    case 3 -> PORT_UNREACHABLE_V6;
                    case Icmpv4.FRAGMENTATION_NEEDED -> message(Icmpv6.PACKET_TOO_BIG, 0);
                    case 9, 10, 13, 15 -> PROHIBITED_V6;
                    default -> NOTHING;
                };
            case Icmpv4.TIME_EXCEEDED -> message(Icmpv6.TIME_EXCEEDED, code);
            case Icmpv4.PARAMETER_PROBLEM -> code == 0 || code == 2 ? message(Icmpv6.PARAMETER_PROBLEM, 0) : NOTHING;
            default -> NOTHING;
        };
    }

    /**
     * Translates a pointer into the IPv6 header to the IPv4 header (RFC 7915, figure 6), or returns {@link #NOTHING}.
     */
    static int pointerToIpv4(int pointer) {
        return switch (pointer) {
            case 0 -> 0;
            case 1 -> 1;
            case 4, 5 -> 2;
            case 6 -> 9;
            case 7 -> 8;
            default -> pointer >= 8 && pointer <= 23 ? 12 : pointer >= 24 && pointer <= 39 ? 16 : NOTHING;
        };
    }

    /**
     * Translates a pointer into the IPv4 header to the IPv6 header (RFC 7915, figure 3), or returns {@link #NOTHING}.
     */
    static int pointerToIpv6(int pointer) {
        return switch (pointer) {
            case 0 -> 0;
            case 1 -> 1;
            case 2, 3 -> 4;
            case 8 -> 7;
            case 9 -> 6;
            case 12, 13, 14, 15 -> 8;
            case 16, 17, 18, 19 -> 24;
            default -> NOTHING;
        };
    }
}
