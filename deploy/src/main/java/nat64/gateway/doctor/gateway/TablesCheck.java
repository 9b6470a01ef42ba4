// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.util.ArrayList;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;

/** How full the session tables are. */
record TablesCheck(RunningState state) implements GatewayCheck {

    private static final String REMEDY =
            "raise translator.max-sessions (needs a restart, which keeps sessions), or find who"
                    + " opens so many: nat64 top";

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public Result examine() {
        if (!state.isRunning()) {
            return new Skipped(RunningState.NO_GATEWAY);
        }
        var fills = new ArrayList<Fill>();
        state.statistics()
                .at("/translator/tables")
                .properties()
                .forEach(table -> fills.add(new Fill(
                        table.getKey(),
                        table.getValue().path("sessions").asLong(),
                        table.getValue().path("capacity").asLong())));
        var fullest = Fill.fullest(fills);
        if (fullest.isEmpty()) {
            return new Skipped("this gateway keeps no sessions");
        }
        if (fullest.get().isFull()) {
            return new Failed(fullest.get() + ": new sessions are refused", REMEDY);
        }
        return fullest.get().isNearlyFull()
                ? new Warning(fullest.get().toString(), REMEDY)
                : new Ok("the fullest table is " + fullest.get());
    }
}
