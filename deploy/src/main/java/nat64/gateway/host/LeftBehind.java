// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What an earlier gateway has left to undo, because it was killed or handed over: what the next one needs just as well
 * stays as it is, so that live connections do not notice; the rest is undone.
 *
 * @param kept steps that the next gateway undoes at its own end, the first recorded first
 * @param obsolete steps that are taken now, likewise
 */
record LeftBehind(List<Step> kept, List<Step> obsolete) {

    LeftBehind {
        kept = List.copyOf(kept);
        obsolete = List.copyOf(obsolete);
    }

    /**
     * Sorts what is left behind. Settings of the kernel stay, as the value to go back to is the one that was there
     * first.
     * A table of nftables, and what leads to a shared address, stays if the plan has it, too: it is replaced without a
     * gap.
     *
     * @param device the step that removes the device of the plan, if it is to stay for the next gateway
     */
    static LeftBehind of(List<Step> steps, List<Change> plan, Optional<Step> device) {
        var planned = new HashSet<Step>();
        plan.stream().map(Change::undo).flatMap(Optional::stream).forEach(planned::add);
        var kept = new ArrayList<Step>();
        var obsolete = new ArrayList<Step>();
        for (var step : steps) {
            boolean stays = step instanceof Step.Write
                    || device.equals(Optional.of(step))
                    || (isReplaced(step) && planned.contains(step));
            (stays ? kept : obsolete).add(step);
        }
        return new LeftBehind(kept, obsolete);
    }

    /** Whether what it undoes is made again without a moment in which it is missing. */
    private static boolean isReplaced(Step step) {
        return switch (step) {
            case Step.Run(var command) -> command.getFirst().equals("nft") || step.equals(HostChanges.FORGET_ROUTES);
            case Step.DeleteRules _ -> true;
            case Step.Batch _, Step.Write _ -> false;
        };
    }
}
