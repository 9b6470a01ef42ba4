// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.policy;

/**
 * What one subscriber may take of the translator (RFC 6888, REQ-4 and REQ-5). A subscriber is an IPv6 prefix, as hosts
 * change their addresses within it. New work beyond a limit is refused; what lives goes on. A limit of 0 is none.
 *
 * @param prefixLength bits of the address that tell subscribers apart
 * @param sessions live at a time, of all protocols together; as many again may be opened from the IPv4 side
 * @param ports of pool4 taken at a time, of all protocols together, without static bindings
 * @param sessionsPerSecond new sessions in a second; as many again may be opened from the IPv4 side
 * @param addressShare of the ports of each pool4 address, for each protocol, a subscriber may take one in so many
 */
public record SubscriberLimits(int prefixLength, int sessions, int ports, int sessionsPerSecond, int addressShare) {

    public static final SubscriberLimits NONE = new SubscriberLimits(64, 0, 0, 0);

    /** Without a limit on the share of an address. */
    public SubscriberLimits(int prefixLength, int sessions, int ports, int sessionsPerSecond) {
        this(prefixLength, sessions, ports, sessionsPerSecond, 0);
    }

    public SubscriberLimits {
        if (prefixLength < 1 || prefixLength > 128) {
            throw new IllegalArgumentException("a prefix has between 1 and 128 bits, not " + prefixLength);
        }
        if (sessions < 0 || ports < 0 || sessionsPerSecond < 0 || addressShare < 0) {
            throw new IllegalArgumentException("a limit cannot be negative");
        }
    }

    public boolean isNone() {
        return sessions == 0 && ports == 0 && sessionsPerSecond == 0 && addressShare == 0;
    }
}
