// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import java.lang.foreign.Arena;
import java.util.random.RandomGenerator;
import nat64.translator.session.Filtering;
import nat64.translator.session.fragment.FragmentStore;
import nat64.translator.session.pool4.Pool4;
import nat64.translator.translate.Identifications;

/**
 * What the workers of a stateful translator have in common. The tables and the fragments belong to the worker whose turn
 * it is; the rest takes care of itself.
 *
 * @param pool4 immutable
 */
record SharedState(
        TableLock lock,
        Pool4 pool4,
        Filtering filtering,
        FragmentStore fragments,
        Identifications identifications,
        IcmpErrorBudget icmpErrors) {

    /** All memory comes from the arena, which must outlive this object. */
    static SharedState of(Arena arena, TranslatorSettings settings, TableLock lock, RandomGenerator random) {
        var pool4 = new Pool4(settings.pool4());
        var policy = new Filtering.Policy(settings.pref64s(), settings.clients(), settings.translateNonGlobal());
        return new SharedState(
                lock,
                pool4,
                new Filtering(
                        arena, policy, settings.state(), pool4, settings.lifetimes(), settings.maxSessions(), random),
                new FragmentStore(arena, settings.fragments(), random.nextLong()),
                new Identifications(random.nextInt(), lock.isShared()),
                new IcmpErrorBudget(lock, settings.icmpErrorsPerSecond(), random.nextLong()));
    }
}
