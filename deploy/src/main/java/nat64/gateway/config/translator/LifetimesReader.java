// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.time.Duration;
import java.util.EnumMap;
import nat64.gateway.config.file.Section;
import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.policy.Lifetimes.Timer;

/** Reads the section {@code translator.lifetimes}. */
final class LifetimesReader {

    private LifetimesReader() {}

    static Lifetimes read(Section section) {
        var values = new EnumMap<Timer, Duration>(Timer.class);
        LifetimeKeys.OF_TIMERS.forEach(
                (timer, key) -> values.put(timer, section.value(key).value()));
        return Lifetimes.of(values);
    }
}
