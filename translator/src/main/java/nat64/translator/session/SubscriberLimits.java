// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

/**
 * What one subscriber may take of the translator (RFC 6888, REQ-4 and REQ-5). A subscriber is an IPv6 prefix, as hosts
 * change their addresses within it. New work beyond a limit is refused; what lives goes on. A limit of 0 is none.
 *
 * @param prefixLength bits of the address that tell subscribers apart
 * @param sessions live at a time, of all protocols together
 * @param ports of pool4 taken at a time, of all protocols together, without static bindings
 * @param sessionsPerSecond new sessions in a second
 */
public record SubscriberLimits(int prefixLength, int sessions, int ports, int sessionsPerSecond) {

    public static final SubscriberLimits NONE = new SubscriberLimits(64, 0, 0, 0);

    public SubscriberLimits {
        if (prefixLength < 1 || prefixLength > 128) {
            throw new IllegalArgumentException("a prefix has between 1 and 128 bits, not " + prefixLength);
        }
        if (sessions < 0 || ports < 0 || sessionsPerSecond < 0) {
            throw new IllegalArgumentException("a limit cannot be negative");
        }
    }

    boolean isNone() {
        return sessions == 0 && ports == 0 && sessionsPerSecond == 0;
    }
}
