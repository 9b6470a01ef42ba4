// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.lang.foreign.Arena;
import java.util.random.RandomGenerator;
import nat64.translator.session.SessionRules;
import nat64.translator.session.SessionTables;
import nat64.translator.session.fragment.FragmentStore;
import nat64.translator.translate.Identifications;

/**
 * What the workers of a stateful translator have in common. The tables and the fragments belong to the worker whose turn
 * it is; the rest takes care of itself.
 */
record SharedState(
        TableLock lock,
        SessionRules rules,
        SessionTables tables,
        FragmentStore fragments,
        Identifications identifications,
        IcmpErrorBudget icmpErrors) {

    /** All memory comes from the arena, which must outlive this object. */
    static SharedState of(Arena arena, TranslatorSettings settings, TableLock lock, RandomGenerator random) {
        var rules = settings.rules();
        var tables = new SessionTables(
                arena, settings.tables(), rules, settings.state().staticBindings(), random);
        return new SharedState(
                lock,
                rules,
                tables,
                new FragmentStore(arena, settings.fragments(), random.nextLong()),
                new Identifications(random.nextInt(), lock.isShared()),
                new IcmpErrorBudget(lock, settings.icmpErrorsPerSecond(), random.nextLong()));
    }
}
