// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

/** ICMPv6 types and codes (RFC 4443). */
public final class Icmpv6 {

    public static final int DESTINATION_UNREACHABLE = 1;
    public static final int PACKET_TOO_BIG = 2;
    public static final int TIME_EXCEEDED = 3;
    public static final int PARAMETER_PROBLEM = 4;
    public static final int ECHO_REQUEST = 128;
    public static final int ECHO_REPLY = 129;

    /** Code of Parameter Problem: unknown Next Header. */
    public static final int UNKNOWN_NEXT_HEADER = 1;

    private static final int FIRST_INFORMATIONAL = 128;

    private Icmpv6() {}

    /** Whether a message of this type is an error (RFC 4443, section 2.1). */
    public static boolean isError(int type) {
        return type < FIRST_INFORMATIONAL;
    }

    public static boolean isEcho(int type) {
        return type == ECHO_REQUEST || type == ECHO_REPLY;
    }
}
