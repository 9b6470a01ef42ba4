// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import nat64.translator.pipeline.IcmpErrorBudget;
import nat64.translator.pipeline.TableLock;
import nat64.translator.pipeline.stateful.StatefulRules;
import nat64.translator.session.SessionTables;
import nat64.translator.session.fragment.FirstFragments;
import nat64.translator.session.fragment.FragmentStore;
import nat64.translator.session.record.SessionEvents;
import nat64.translator.translate.Identifications;

/**
 * What the workers of a stateful translator have in common. The tables and the fragments need the lock; any thread may
 * use the rest.
 */
final class SharedState {

    private final Arena arena;
    private final TableLock lock;
    private final SessionTables tables;
    private final FragmentStore fragments;
    private final Identifications identifications;
    private final IcmpErrorBudget icmpErrors;
    private final long fragmentSecret;
    private final List<SessionEvents> rings = new CopyOnWriteArrayList<>(); // as many as consumers, which are few
    private volatile TranslatorSettings settings;
    private volatile StatefulRules rules;

    /** All memory comes from the arena, which must outlive this object. */
    SharedState(Arena arena, TranslatorSettings settings, TableLock lock, RandomGenerator random) {
        this.settings = settings;
        this.arena = arena;
        this.lock = lock;
        rules = settings.rules();
        tables = new SessionTables(
                arena, settings.tables(), rules.session(), settings.state().staticBindings(), random);
        fragments = new FragmentStore(arena, settings.fragments(), random.nextLong());
        identifications = new Identifications(random.nextInt(), lock.isShared());
        icmpErrors = new IcmpErrorBudget(lock, random.nextLong());
        fragmentSecret = random.nextLong();
    }

    TableLock lock() {
        return lock;
    }

    SessionTables tables() {
        return tables;
    }

    FragmentStore fragments() {
        return fragments;
    }

    Identifications identifications() {
        return identifications;
    }

    IcmpErrorBudget icmpErrors() {
        return icmpErrors;
    }

    /** Keys the hashes of {@link FirstFragments}. */
    long fragmentSecret() {
        return fragmentSecret;
    }

    /** The current rules; a worker reads them once per batch. */
    StatefulRules rules() {
        return rules;
    }

    /** Runs something under the lock, which gets the time to use. */
    <T> T locked(long now, LongFunction<T> work) {
        long time = lock.lock(now);
        try {
            return work.apply(time);
        } finally {
            lock.unlock();
        }
    }

    /** Makes a ring of session events, which lives as long as the arena. */
    SessionEvents listen(int capacity, SessionEvents.Scope scope) {
        var events = new SessionEvents(arena, capacity, scope, tables::pref64s);
        rings.add(events);
        lock.lock();
        try {
            tables.listen(events);
        } finally {
            lock.unlock();
        }
        return events;
    }

    /** Session events that were lost because a ring was full, of all rings since the start; any thread may ask. */
    long lostEvents() {
        return rings.stream().mapToLong(SessionEvents::dropped).sum();
    }

    void ignore(SessionEvents events) {
        lock.lock();
        try {
            tables.ignore(events);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Prepares a change of settings.
     *
     * @throws IllegalArgumentException if it needs a restart, or cannot be; nothing has changed then
     * @throws IllegalStateException if another change is not done
     */
    SettingsChange reconfigure(TranslatorSettings wanted) {
        requireSame(
                "translator.port-blocks",
                settings.tables().blocks(),
                wanted.tables().blocks());
        requireSame("translator.max-sessions and the sizes of the tables", settings.tables(), wanted.tables());
        requireSame("the limits on fragments", settings.fragments(), wanted.fragments());
        var next = wanted.rules(rules.session());
        var steps = tables.reconfigure(next.session(), wanted.state().staticBindings());
        return now -> {
            settings = wanted;
            rules = next; // the tables follow, step by step
            long time = lock.lock(now);
            try {
                return steps.step(time);
            } finally {
                lock.unlock();
            }
        };
    }

    private static void requireSame(String what, Object running, Object wanted) {
        if (!running.equals(wanted)) {
            throw new IllegalArgumentException(what + " can only be changed by a restart");
        }
    }
}
