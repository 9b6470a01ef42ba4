// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.message;

/** Sizes of DNS messages in bytes. */
public final class MessageLimits {

    /** The header (RFC 1035, section 4.1.1). */
    public static final int HEADER = 12;
    /** The largest message: its length over TCP has two bytes (RFC 1035, section 4.2.2). */
    public static final int LARGEST_MESSAGE = 65_535;
    /**
     * The largest query over a connection: far more than one question and its options need, so that many wait in little
     * memory.
     */
    public static final int LARGEST_QUERY = 4096;
    /** What every client takes over UDP (RFC 1035, section 4.2.1; RFC 6891, section 6.2.3). */
    public static final int SMALLEST_UDP_PAYLOAD = 512;
    /** What this server sends and asks for over UDP: it fits into a packet of any path (DNS flag day 2020). */
    public static final int UDP_PAYLOAD = 1232;

    private MessageLimits() {}

    /** The longest response over UDP to a client that takes {@code payloadSize} bytes. */
    public static int udpResponse(int payloadSize) {
        return Math.clamp(payloadSize, SMALLEST_UDP_PAYLOAD, UDP_PAYLOAD);
    }
}
