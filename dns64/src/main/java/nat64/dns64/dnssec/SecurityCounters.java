// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.dnssec;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import nat64.dns64.statistics.SecurityStatus;

/** Counts of verdicts. Safe for many threads. */
public final class SecurityCounters {

    private final Map<SecurityStatus, LongAdder> counts = new EnumMap<>(SecurityStatus.class);

    public SecurityCounters() {
        for (var verdict : SecurityStatus.values()) {
            counts.put(verdict, new LongAdder());
        }
    }

    public void count(SecurityStatus verdict) {
        var count = counts.get(verdict);
        if (count != null) { // always: the map has every constant
            count.increment();
        }
    }

    /** All verdicts are there. */
    public Map<SecurityStatus, Long> sums() {
        var sums = new EnumMap<SecurityStatus, Long>(SecurityStatus.class);
        counts.forEach((verdict, count) -> sums.put(verdict, count.sum()));
        return sums;
    }
}
