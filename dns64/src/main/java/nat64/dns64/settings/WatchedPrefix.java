// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

import java.time.Duration;
import nat64.translator.address.Pref64;

/**
 * A Pref64 that may stop to work.
 *
 * @param check prefixes with the same check work and fail together
 * @param interval from the end of one check to the next
 * @param downAfter failures in a row after which it counts as out of order
 * @param upAfter successes in a row after which it counts as working again
 */
public record WatchedPrefix(Pref64 pref64, PrefixCheck check, Duration interval, int downAfter, int upAfter) {

    public WatchedPrefix {
        if (!interval.isPositive() || downAfter < 1 || upAfter < 1) {
            throw new IllegalArgumentException("a prefix is checked at intervals, and a count is at least 1");
        }
    }
}
