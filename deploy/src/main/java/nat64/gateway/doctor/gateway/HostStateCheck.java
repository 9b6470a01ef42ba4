// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.util.ArrayList;
import java.util.regex.Pattern;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;

/** Whether the host has what the translator needs, at the gateway's last look: forwarding, routes, nftables, ... */
record HostStateCheck(RunningState state) implements GatewayCheck {

    private static final Pattern STATE =
            Pattern.compile("^nat64_host_state\\{what=\"(\\w+)\",?} ([01])", Pattern.MULTILINE);

    @Override
    public String name() {
        return "host state";
    }

    @Override
    public Result examine() {
        if (!state.isRunning()) {
            return new Skipped(RunningState.NO_GATEWAY);
        }
        var there = new ArrayList<String>();
        var missing = new ArrayList<String>();
        STATE.matcher(state.metrics())
                .results()
                .forEach(kind -> (kind.group(2).equals("1") ? there : missing)
                        .add(kind.group(1).replace('_', ' ')));
        if (!missing.isEmpty()) {
            return new Failed(
                    "missing on this host: " + String.join(", ", missing),
                    "the gateway restores it if it may; find what removes it, and see the log: journalctl -u nat64");
        }
        return there.isEmpty()
                ? new Skipped("the gateway does not set up this host")
                : new Ok("there: " + String.join(", ", there));
    }
}
