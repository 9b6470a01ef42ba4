// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.server;

import java.util.Set;
import nat64.translator.address.Pref64;

/** The view of every client, kept up with the prefixes that work. Safe for many threads. */
final class Views {

    private final Policy policy;
    private final Set<Pref64> watched;
    private volatile ViewTable table;

    /**
     * @param watched prefixes that may stop to work
     */
    Views(Policy policy, Set<Pref64> watched) {
        this.policy = policy;
        this.watched = Set.copyOf(watched);
        this.table = ViewTable.of(policy, watched);
    }

    /** The views as they are now. */
    ViewTable now() {
        return table;
    }

    /** These prefixes don't work from now on, and all others do. */
    synchronized void withdraw(Set<Pref64> dead) {
        table = table.next(policy, watched, dead);
    }
}
