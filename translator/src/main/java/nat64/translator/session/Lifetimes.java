// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import java.time.Duration;

/**
 * How long a session without packets lives (RFC 6146, section 4).
 *
 * @param udp UDP_DEFAULT, at least UDP_MIN
 * @param tcpEstablished TCP_EST
 * @param tcpOpening TCP_TRANS of connections that are being opened (RFC 7857, section 2.1)
 * @param tcpClosing TCP_TRANS of connections that are closed, reset, or being asked whether they live
 * @param tcpIncomingSyn TCP_INCOMING_SYN, for a SYN from the IPv4 side that waits for its counterpart
 * @param icmp ICMP_DEFAULT
 */
public record Lifetimes(
        Duration udp,
        Duration tcpEstablished,
        Duration tcpOpening,
        Duration tcpClosing,
        Duration tcpIncomingSyn,
        Duration icmp) {

    /** RFC 7857, section 2.1, allows less than its 4 minutes; below this, a lost segment would end a connection. */
    private static final Duration SHORTEST_TRANSITORY = Duration.ofSeconds(10);

    private static final Duration LONGEST = Duration.ofDays(7);

    /** The values of RFC 6146, section 4; TCP_EST stands for 2 hours and 4 minutes with the probe. */
    public static final Lifetimes RFC_6146 = new Lifetimes(
            Duration.ofMinutes(5),
            Duration.ofHours(2),
            Duration.ofMinutes(4),
            Duration.ofMinutes(4),
            Duration.ofSeconds(6),
            Duration.ofMinutes(1));

    public Lifetimes {
        require("udp", udp, Duration.ofMinutes(2), "UDP_MIN of RFC 6146, section 4");
        require("tcp-established", tcpEstablished, Duration.ofHours(2), "TCP_EST of RFC 6146, section 4");
        require("tcp-opening", tcpOpening, SHORTEST_TRANSITORY, "enough to try twice");
        require("tcp-closing", tcpClosing, SHORTEST_TRANSITORY, "enough to try twice");
        require("tcp-incoming-syn", tcpIncomingSyn, Duration.ofSeconds(6), "TCP_INCOMING_SYN of RFC 6146, section 4");
        require("icmp", icmp, Duration.ofMinutes(1), "RFC 5508, REQ-2");
    }

    private static void require(String name, Duration value, Duration shortest, String source) {
        if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("lifetime %s must be between %ds (%s) and 7d, not %ds"
                    .formatted(name, shortest.toSeconds(), source, value.toSeconds()));
        }
    }
}
