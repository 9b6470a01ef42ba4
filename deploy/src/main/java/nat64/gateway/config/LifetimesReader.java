// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.time.Duration;
import java.util.EnumMap;
import nat64.translator.session.Lifetimes;

/**
 * Reads the section {@code translator.lifetimes}, one by one, so that a refusal names the line of the one it is about.
 */
final class LifetimesReader {

    private LifetimesReader() {}

    static Lifetimes read(Section section) {
        var values = new EnumMap<Lifetimes.Timer, Duration>(Lifetimes.Timer.class);
        for (var timer : Lifetimes.Timer.values()) {
            var byDefault = text(timer.byDefault());
            var format = Formats.DURATION.and(timer::require);
            values.put(
                    timer,
                    section.value(timer.label(), byDefault, new Format<>(byDefault, format.parser()))
                            .value());
        }
        return Lifetimes.of(values);
    }

    private static String text(Duration duration) {
        if (duration.toHours() > 0 && duration.toMinutesPart() == 0) {
            return duration.toHours() + "h";
        }
        return duration.toSecondsPart() == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
    }
}
