// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session.policy;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** How long a session without packets lives: a value for each {@link Timer} (RFC 6146, section 4). Immutable. */
public final class Lifetimes {

    private static final Duration LONGEST = Duration.ofDays(7);

    /** The values of RFC 6146, section 4; TCP_EST stands for 2 hours and 4 minutes with the probe. */
    public static final Lifetimes RFC_6146 = new Lifetimes(Map.of());

    /** A lifetime that the operator may set. */
    public enum Timer {
        /** UDP_DEFAULT. */
        UDP("udp", Duration.ofMinutes(5), Duration.ofMinutes(2), "UDP_MIN of RFC 6146, section 4"),
        /** TCP_EST. */
        TCP_ESTABLISHED("tcp-established", Duration.ofHours(2), Duration.ofHours(2), "TCP_EST of RFC 6146, section 4"),
        /** TCP_TRANS of connections that are being opened; RFC 7857, section 2.1, allows less than its 4 minutes. */
        TCP_OPENING("tcp-opening", Duration.ofMinutes(4), Duration.ofSeconds(10), "enough to try twice"),
        /** TCP_TRANS of connections that are closed, reset, or being probed (RFC 7857, section 2.1). */
        TCP_CLOSING("tcp-closing", Duration.ofMinutes(4), Duration.ofSeconds(10), "enough to try twice"),
        /** TCP_INCOMING_SYN, of a SYN from the IPv4 side that waits for its counterpart. */
        TCP_INCOMING_SYN(
                "tcp-incoming-syn",
                Duration.ofSeconds(6),
                Duration.ofSeconds(6),
                "TCP_INCOMING_SYN of RFC 6146, section 4"),
        /** ICMP_DEFAULT. */
        ICMP("icmp", Duration.ofMinutes(1), Duration.ofMinutes(1), "RFC 5508, REQ-2");

        private final String label;
        private final Duration byDefault;
        private final Duration minimum;
        private final String source;

        Timer(String label, Duration byDefault, Duration minimum, String source) {
            this.label = label;
            this.byDefault = byDefault;
            this.minimum = minimum;
            this.source = source;
        }

        /** The name in configurations. */
        public String label() {
            return label;
        }

        public Duration byDefault() {
            return byDefault;
        }

        public Duration minimum() {
            return minimum;
        }

        /** What sets the minimum. */
        public String source() {
            return source;
        }

        /**
         * Answers the value.
         *
         * @throws IllegalArgumentException if the timer may not have it; the message says why
         */
        public Duration require(Duration value) {
            if (value.compareTo(minimum) < 0 || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("lifetime %s must be between %ds (%s) and 7d, not %ds"
                        .formatted(label, minimum.toSeconds(), source, value.toSeconds()));
            }
            return value;
        }
    }

    private final long[] millis = new long[Timer.values().length]; // by ordinal, within this object only

    private Lifetimes(Map<Timer, Duration> values) {
        for (var timer : Timer.values()) {
            millis[index(timer)] =
                    timer.require(values.getOrDefault(timer, timer.byDefault())).toMillis();
        }
    }

    /**
     * The default values but for these.
     *
     * @throws IllegalArgumentException if one is too short or too long; the message says why
     */
    public static Lifetimes of(Map<Timer, Duration> values) {
        return new Lifetimes(values);
    }

    public Duration of(Timer timer) {
        return Duration.ofMillis(millis(timer));
    }

    /** The same but for one value, which is checked as by {@link #of(Map)}. */
    public Lifetimes with(Timer timer, Duration value) {
        var values = asMap();
        values.put(timer, value);
        return new Lifetimes(values);
    }

    public long millis(Timer timer) {
        return millis[index(timer)];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lifetimes that && Arrays.equals(millis, that.millis);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(millis);
    }

    @Override
    public String toString() {
        return asMap().toString();
    }

    private Map<Timer, Duration> asMap() {
        var map = new EnumMap<Timer, Duration>(Timer.class);
        for (var timer : Timer.values()) {
            map.put(timer, of(timer));
        }
        return map;
    }

    @SuppressWarnings("EnumOrdinal") // a place in an array of this object, kept nowhere else
    private static int index(Timer timer) {
        return timer.ordinal();
    }
}
