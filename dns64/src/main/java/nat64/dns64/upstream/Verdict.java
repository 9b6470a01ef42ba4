// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.upstream;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of an answer whose signatures were to be checked (RFC 4033, section 5). */
public enum Verdict {
    /** Signatures lead from a trust anchor to all of it. */
    SECURE,
    /** It is proven that there need be no signatures, or no trust anchor is above it. */
    INSECURE,
    /** Signatures are wrong or missing. */
    BOGUS,
    /** Keys could not be had, or not in time. */
    UNFINISHED,
    /** Too many others were being checked. */
    OVERLOADED;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, as metrics spell it. */
    public String label() {
        return label;
    }

    /** Counts of verdicts. Safe for many threads. */
    static final class Counters {

        private final Map<Verdict, LongAdder> counts = new EnumMap<>(Verdict.class);

        Counters() {
            for (var verdict : values()) {
                counts.put(verdict, new LongAdder());
            }
        }

        void count(Verdict verdict) {
            var count = counts.get(verdict);
            if (count != null) { // always: the map has every constant
                count.increment();
            }
        }

        /** All verdicts are there. */
        Map<Verdict, Long> sums() {
            var sums = new EnumMap<Verdict, Long>(Verdict.class);
            counts.forEach((verdict, count) -> sums.put(verdict, count.sum()));
            return sums;
        }
    }
}
