// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.lang.foreign.Arena;
import java.util.random.RandomGenerator;
import nat64.translator.pipeline.IcmpErrorBudget;
import nat64.translator.pipeline.TableLock;
import nat64.translator.pipeline.stateful.StatefulRules;
import nat64.translator.session.SessionTables;
import nat64.translator.session.fragment.FragmentStore;
import nat64.translator.translate.Identifications;

/**
 * What the workers of a stateful translator have in common. The tables and the fragments need the lock; any thread may use
 * the rest.
 */
final class SharedState {

    private final TableLock lock;
    private final SessionTables tables;
    private final FragmentStore fragments;
    private final Identifications identifications;
    private final IcmpErrorBudget icmpErrors;
    private volatile TranslatorSettings settings;
    private volatile StatefulRules rules;

    /** All memory comes from the arena, which must outlive this object. */
    SharedState(Arena arena, TranslatorSettings settings, TableLock lock, RandomGenerator random) {
        this.settings = settings;
        this.lock = lock;
        rules = settings.rules();
        tables = new SessionTables(
                arena, settings.tables(), rules.session(), settings.state().staticBindings(), random);
        fragments = new FragmentStore(arena, settings.fragments(), random.nextLong());
        identifications = new Identifications(random.nextInt(), lock.isShared());
        icmpErrors = new IcmpErrorBudget(lock, random.nextLong());
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

    /** The current rules; a worker reads them once per batch. */
    StatefulRules rules() {
        return rules;
    }

    /**
     * Prepares a change of settings.
     *
     * @throws IllegalArgumentException if it needs a restart
     */
    SettingsChange reconfigure(TranslatorSettings wanted) {
        var next = wanted.rules(rules.session());
        requireSame("the number of sessions", settings.tables(), wanted.tables());
        requireSame("the limits on fragments", settings.fragments(), wanted.fragments());
        return _ -> {
            settings = wanted;
            rules = next;
            return false;
        };
    }

    private static void requireSame(String what, Object running, Object wanted) {
        if (!running.equals(wanted)) {
            throw new IllegalArgumentException(what + " can only be changed by a restart");
        }
    }
}
