// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.util.ArrayList;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;

/** Whether the DNS64 has withdrawn a Pref64 because it does not work. */
record PrefixesCheck(RunningState state) implements GatewayCheck {

    @Override
    public String name() {
        return "Pref64";
    }

    @Override
    public Result examine() {
        if (!state.isRunning()) {
            return new Skipped(RunningState.NO_GATEWAY);
        }
        var up = new ArrayList<String>();
        var down = new ArrayList<String>();
        state.statistics()
                .at("/dns64/prefixes_up")
                .properties()
                .forEach(prefix -> (prefix.getValue().asBoolean() ? up : down).add(prefix.getKey()));
        if (up.isEmpty() && down.isEmpty()) {
            return new Skipped("no Pref64 is watched");
        }
        boolean isTold =
                !state.status().map(status -> status.path("ready").asBoolean()).orElse(true);
        if (down.isEmpty()) {
            return new Ok(String.join(", ", up) + " works");
        }
        return isTold
                ? new Skipped("%s is withdrawn as long as the gateway is not ready".formatted(String.join(", ", down)))
                : new Failed(
                        "%s does not work, and no AAAA records are made with it".formatted(String.join(", ", down)),
                        "see whether the targets of dns64.prefix-health are up, and whether packets get to that NAT64");
    }
}
