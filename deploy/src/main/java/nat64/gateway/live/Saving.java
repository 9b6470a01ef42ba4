// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.live;

import java.io.IOException;
import java.util.Optional;
import nat64.gateway.config.LoadedConfig;
import nat64.gateway.config.translator.StatefulConfig;
import nat64.translator.session.policy.StaticBinding;

/**
 * A change of static bindings that is saved to their table.
 *
 * @param next how the bindings that count will differ from those of the files as they are now
 * @param file the change of the table; nothing if it is as it should be already
 */
public record Saving(LiveBindings next, Optional<BindingsTable.Change> file) {

    /**
     * Another binding, or one that was added before and not saved.
     *
     * @param first the first address of pool4 now
     * @throws IllegalArgumentException if the same one is in a file already, or there is no table
     * @throws IOException if the table cannot be written; the message says what helps
     */
    public static Saving add(StaticBinding binding, LiveBindings live, LoadedConfig running, int first)
            throws IOException {
        var file = stateful(running);
        var other = LiveBindings.named(binding, file, first);
        var next = live.added().contains(other) ? live : live.add(binding, file, first);
        var table = BindingsTable.of(running);
        boolean isInFile = !next.added().contains(other); // it was removed, and is back
        return new Saving(next, isInFile ? Optional.empty() : Optional.of(table.add(other)));
    }

    /** No binding of an address and port of pool4. It may have been removed before, and not saved. Throws as add. */
    public static Saving remove(StaticBinding.Outside outside, LiveBindings live, LoadedConfig running, int first)
            throws IOException {
        var file = stateful(running);
        var binding = live.find(outside, file, first);
        var next = live.removed().contains(binding) ? live : live.remove(outside, file, first);
        return new Saving(next, BindingsTable.of(running).remove(binding.outside()));
    }

    private static StatefulConfig stateful(LoadedConfig running) {
        return running.config().translator().stateful();
    }
}
