// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.pool4;

import java.time.Duration;

/**
 * How long a pool4 port of UDP or ICMP stays unused after its binding has ended, so that no other host gets what was
 * meant for the host before (RFC 6888, REQ-8). TCP ports are free at once: their connections are tracked to the end.
 *
 * @param time 0 for none
 * @param ports how many ports of each protocol are held at most; beyond, the one held longest is freed
 */
public record QuarantineSettings(Duration time, int ports) {

    /** RFC 6888, REQ-8. */
    public static final QuarantineSettings DEFAULT = new QuarantineSettings(Duration.ofMinutes(2), 16_384);

    public static final int MOST_PORTS = 1 << 24;

    public QuarantineSettings {
        if (time.isNegative() || time.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("a port can be held for a day at most, not " + time.toSeconds() + "s");
        }
        if (ports < 1 || ports > MOST_PORTS) {
            throw new IllegalArgumentException("between 1 and 16777216 ports can be held, not " + ports);
        }
    }
}
