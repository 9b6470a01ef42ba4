// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * How full something is.
 *
 * @param what its name
 * @param used of {@code room}
 */
record Fill(String what, long used, long room) {

    private static final int PERCENT = 100;
    private static final int NEARLY_FULL = 80;
    private static final int FULL = 97;

    /** The fullest of those with any room. */
    static Optional<Fill> fullest(Collection<Fill> fills) {
        return fills.stream().filter(fill -> fill.room > 0).max(Comparator.comparingLong(Fill::percent));
    }

    long percent() {
        return PERCENT * used / room;
    }

    boolean isNearlyFull() {
        return percent() >= NEARLY_FULL;
    }

    boolean isFull() {
        return percent() >= FULL;
    }

    @Override
    public String toString() {
        return "%s: %d of %d (%d %%)".formatted(what, used, room, percent());
    }
}
