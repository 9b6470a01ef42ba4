// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;

/**
 * Whether a gateway runs, and which version.
 *
 * @param installed the version of this program
 * @param processes the numbers of those that look like gateways of this host
 * @param hasAdmin whether the configuration has an admin server that could be asked
 */
record RunningCheck(RunningState state, String installed, List<Long> processes, boolean hasAdmin)
        implements GatewayCheck {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;

    RunningCheck {
        processes = List.copyOf(processes);
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public Result examine() {
        return state.status().map(this::running).orElseGet(this::silent);
    }

    private Result running(JsonNode status) {
        var version = status.path("version").asText();
        var found = "nat64 %s runs (role: %s), for %s"
                .formatted(
                        version,
                        status.path("role").asText(),
                        duration(status.path("uptime_seconds").asLong()));
        return version.equals(installed)
                ? new Ok(found)
                : new Warning(
                        found + ", but " + installed + " is installed",
                        "restart the gateway, or take its place: nat64 run --take-over");
    }

    private Result silent() {
        if (!hasAdmin) {
            return new Skipped("admin.enabled is false, so a running gateway can't be asked");
        }
        if (processes.isEmpty()) {
            return new Failed(state.silence(), "start the gateway: systemctl start nat64, or nat64 run");
        }
        return new Failed(
                "process %s runs, but %s"
                        .formatted(
                                processes.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                                state.silence()),
                "name the configuration file that it runs with: nat64 doctor --config FILE; if that is this one, its log says"
                        + " what it waits for");
    }

    private static String duration(long seconds) {
        return seconds >= HOUR
                ? "%d h %d min".formatted(seconds / HOUR, seconds % HOUR / MINUTE)
                : seconds >= MINUTE ? "%d min".formatted(seconds / MINUTE) : seconds + " s";
    }
}
