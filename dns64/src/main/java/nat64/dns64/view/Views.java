// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.view;

import java.util.Set;
import nat64.dns64.settings.Policy;
import nat64.translator.address.Pref64;

/** The view of every client, kept up with the prefixes that work. Safe for many threads. */
public final class Views {

    private final Policy policy;
    private final Set<Pref64> watched;
    private Set<Pref64> dead = Set.of(); // guarded by this
    private volatile ViewTable table;

    /**
     * @param watched prefixes that may stop to work
     */
    public Views(Policy policy, Set<Pref64> watched) {
        this(policy, watched, ViewTable.of(policy, watched));
    }

    private Views(Policy policy, Set<Pref64> watched, ViewTable table) {
        this.policy = policy;
        this.watched = Set.copyOf(watched);
        this.table = table;
    }

    /** Those of a new configuration: what was kept ready for the old ones is never taken for an answer of theirs. */
    public Views next(Policy other, Set<Pref64> otherWatched) {
        return new Views(other, otherWatched, table.next(other, otherWatched, Set.of()));
    }

    /** The views as they are now. */
    public ViewTable now() {
        return table;
    }

    /** These prefixes don't work from now on, and all others do. */
    public synchronized void withdraw(Set<Pref64> newlyDead) {
        dead = Set.copyOf(newlyDead);
        forgetReady();
    }

    /** No response that is in the packet cache now is used again. */
    public synchronized void forgetReady() {
        table = table.next(policy, watched, dead);
    }
}
