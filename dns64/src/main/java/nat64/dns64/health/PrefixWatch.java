// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.health;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import nat64.dns64.settings.WatchedPrefix;
import nat64.dns64.view.Views;
import nat64.translator.address.Pref64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks Pref64s again and again, and withdraws from all views those that don't work. Safe for many threads; ends when
 * its executor is shut down.
 */
public final class PrefixWatch {

    private static final Logger LOG = LoggerFactory.getLogger(PrefixWatch.class);

    private final List<WatchedPrefix> watched;
    private final Views views;
    private final Executor executor;
    private final Map<Pref64, PrefixState> states = new LinkedHashMap<>(); // guarded by this
    private volatile boolean isStopped;

    /**
     * @param executor runs checks, which block
     */
    public PrefixWatch(List<WatchedPrefix> watched, Views views, Executor executor) {
        this.watched = watched;
        this.views = views;
        this.executor = executor;
        watched.forEach(prefix -> states.put(prefix.pref64(), PrefixState.INITIAL));
    }

    /** That of a new configuration: it knows of each prefix what is known now. This one ends. */
    public synchronized PrefixWatch next(List<WatchedPrefix> others, Views otherViews) {
        isStopped = true;
        var next = new PrefixWatch(others, otherViews, executor);
        next.states.replaceAll((prefix, initial) -> states.getOrDefault(prefix, initial));
        otherViews.withdraw(next.dead());
        return next;
    }

    /**
     * The prefixes that may stop to work while others go on; where all fail together, there is nothing to choose.
     *
     * @param announced all prefixes of all views
     */
    public static Set<Pref64> apart(List<WatchedPrefix> watched, List<Pref64> announced) {
        var own = watched.stream().map(WatchedPrefix::pref64).collect(Collectors.toSet());
        boolean together = watched.stream().map(WatchedPrefix::check).distinct().count() <= 1;
        return together && own.containsAll(announced) ? Set.of() : own;
    }

    /** Begins with a check of each. */
    public void start() {
        watched.forEach(prefix -> executor.execute(() -> check(prefix)));
    }

    /** Whether each works, in the order of the settings. */
    public synchronized Map<Pref64, Boolean> up() {
        var up = new LinkedHashMap<Pref64, Boolean>();
        states.forEach((prefix, state) -> up.put(prefix, state.up()));
        return Collections.unmodifiableMap(up);
    }

    private void check(WatchedPrefix prefix) {
        if (isStopped) {
            return;
        }
        boolean works = false;
        try {
            works = prefix.check().works();
        } catch (RuntimeException e) {
            LOG.error("cannot check the Pref64 {}", prefix.pref64(), e);
        }
        learn(prefix, works);
        CompletableFuture.delayedExecutor(prefix.interval().toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(() -> check(prefix));
    }

    private synchronized Set<Pref64> dead() {
        return states.entrySet().stream()
                .filter(entry -> !entry.getValue().up())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Takes one more result in. */
    synchronized void learn(WatchedPrefix prefix, boolean works) {
        var before = states.getOrDefault(prefix.pref64(), PrefixState.INITIAL);
        var after = before.next(works, prefix);
        states.put(prefix.pref64(), after);
        if (before.up() == after.up()) {
            return;
        }
        views.withdraw(dead());
        if (after.up()) {
            LOG.info("The Pref64 {} works again: it is used in answers again", prefix.pref64());
        } else {
            LOG.warn(
                    "The Pref64 {} does not work: it is withdrawn from answers and from ipv4only.arpa, except for"
                            + " clients that have no other",
                    prefix.pref64());
        }
    }
}
