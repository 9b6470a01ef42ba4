// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.dnssec;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import nat64.dns64.statistics.SecurityStatus;

/** Counts of security statuses. Safe for many threads. */
public final class SecurityCounters {

    private final Map<SecurityStatus, LongAdder> counts = new EnumMap<>(SecurityStatus.class);

    public SecurityCounters() {
        for (var status : SecurityStatus.values()) {
            counts.put(status, new LongAdder());
        }
    }

    public void count(SecurityStatus status) {
        var count = counts.get(status);
        if (count != null) { // always: the map has every constant
            count.increment();
        }
    }

    /** All statuses are present. */
    public Map<SecurityStatus, Long> sums() {
        var sums = new EnumMap<SecurityStatus, Long>(SecurityStatus.class);
        counts.forEach((status, count) -> sums.put(status, count.sum()));
        return sums;
    }
}
