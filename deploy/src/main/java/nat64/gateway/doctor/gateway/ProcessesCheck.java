// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.util.List;
import java.util.stream.Collectors;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;

/** Whether several gateways run in this network namespace. */
record ProcessesCheck(List<Long> processes) implements GatewayCheck {

    ProcessesCheck {
        processes = List.copyOf(processes);
    }

    @Override
    public String name() {
        return "processes";
    }

    @Override
    public Result examine() {
        return switch (processes.size()) {
            case 0 -> new Skipped("no process of a gateway is seen; root sees those of other users");
            case 1 -> new Ok("one gateway: process " + processes.getFirst());
            default ->
                new Warning(
                        "%d gateways run here: processes %s"
                                .formatted(
                                        processes.size(),
                                        processes.stream().map(String::valueOf).collect(Collectors.joining(", "))),
                        "end those that should not run (kill PID); a CLAT beside a NAT64 needs a device, ports and an admin"
                                + " socket of its own");
        };
    }
}
