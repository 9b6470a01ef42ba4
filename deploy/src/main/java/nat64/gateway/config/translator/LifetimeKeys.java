// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import static nat64.gateway.config.file.OnChange.RELOAD;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;
import nat64.translator.session.policy.Lifetimes.Timer;

/** The keys of the section {@code translator.lifetimes}, one for each timer. */
public final class LifetimeKeys {

    public static final Keys KEYS = Keys.section("translator.lifetimes");

    static final Map<Timer, ValueKey<Duration>> OF_TIMERS = keys();

    private LifetimeKeys() {}

    private static Map<Timer, ValueKey<Duration>> keys() {
        var keys = new EnumMap<Timer, ValueKey<Duration>>(Timer.class);
        for (var timer : Timer.values()) {
            keys.put(timer, key(timer));
        }
        return Collections.unmodifiableMap(keys);
    }

    /** Each is checked alone, so that a problem has its line. */
    private static ValueKey<Duration> key(Timer timer) {
        var byDefault = text(timer.byDefault());
        var format = Formats.DURATION
                .and(timer::require)
                .withExamples(byDefault, text(timer.byDefault().plusSeconds(1)));
        return KEYS.value(timer.label(), byDefault, format, RELOAD, description(timer));
    }

    private static String description(Timer timer) {
        return switch (timer) {
            case UDP -> "UDP_DEFAULT of RFC 6146, section 4; at least 2m.";
            case TCP_ESTABLISHED -> "TCP_EST; at least 2h.";
            case TCP_OPENING ->
                "TCP_TRANS of connections that are being opened. Less than 4m, down to 10s, is against RFC 5382 but allowed"
                        + " by RFC 7857, section 2.1.";
            case TCP_CLOSING ->
                "TCP_TRANS of connections that were closed or reset, or that are being probed; the same limits.";
            case TCP_INCOMING_SYN -> "TCP_INCOMING_SYN; at least 6s.";
            case ICMP -> "ICMP_DEFAULT; at least 1m.";
        };
    }

    private static String text(Duration duration) {
        if (duration.toHours() > 0 && duration.toSeconds() % 3600 == 0) {
            return duration.toHours() + "h";
        }
        return duration.toSecondsPart() == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
    }
}
