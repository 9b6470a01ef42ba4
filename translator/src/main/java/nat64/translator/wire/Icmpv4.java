// SPDX-License-Identifier: Apache-2.0
package nat64.translator.wire;

/** ICMPv4 types and codes (RFC 792, RFC 1812). */
public final class Icmpv4 {

    public static final int ECHO_REPLY = 0;
    public static final int DESTINATION_UNREACHABLE = 3;
    public static final int SOURCE_QUENCH = 4;
    public static final int REDIRECT = 5;
    public static final int ECHO_REQUEST = 8;
    public static final int TIME_EXCEEDED = 11;
    public static final int PARAMETER_PROBLEM = 12;

    /** Code of Destination Unreachable: the host does not support the protocol. */
    public static final int PROTOCOL_UNREACHABLE = 2;

    /** Code of Destination Unreachable: the packet is too big and has Don't Fragment set. */
    public static final int FRAGMENTATION_NEEDED = 4;

    private Icmpv4() {}

    /** Whether a message of this type quotes the packet that caused it (RFC 1122, section 3.2.2). */
    public static boolean isError(int type) {
        return switch (type) {
            case DESTINATION_UNREACHABLE, SOURCE_QUENCH, REDIRECT, TIME_EXCEEDED, PARAMETER_PROBLEM -> true;
            default -> false;
        };
    }

    public static boolean isEcho(int type) {
        return type == ECHO_REQUEST || type == ECHO_REPLY;
    }
}
