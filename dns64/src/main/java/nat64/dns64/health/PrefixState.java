// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.health;

import nat64.dns64.settings.WatchedPrefix;

/**
 * The results of the checks of a Pref64 so far.
 *
 * @param up whether it counts as working; so it does before the first check
 * @param contrary checks in a row that said the contrary
 */
record PrefixState(boolean up, int contrary) {

    static final PrefixState INITIAL = new PrefixState(true, 0);

    /** What is known after one more check. */
    PrefixState next(boolean works, WatchedPrefix watched) {
        if (works == up) {
            return new PrefixState(up, 0);
        }
        int needed = up ? watched.downAfter() : watched.upAfter();
        return contrary + 1 < needed ? new PrefixState(up, contrary + 1) : new PrefixState(!up, 0);
    }
}
