// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.util.ArrayList;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;

/** Whether the upstreams of the DNS64 answer, as far as its last questions tell. */
record UpstreamsCheck(RunningState state) implements GatewayCheck {

    @Override
    public String name() {
        return "upstreams";
    }

    @Override
    public Result examine() {
        if (!state.answersDns()) {
            return new Skipped(state.isRunning() ? "this gateway runs no DNS64" : RunningState.NO_GATEWAY);
        }
        var answering = new ArrayList<String>();
        var silent = new ArrayList<String>();
        state.statistics()
                .at("/dns64/upstreams")
                .properties()
                .forEach(upstream ->
                        (upstream.getValue().path("reliable").asBoolean() ? answering : silent).add(upstream.getKey()));
        if (answering.isEmpty()) {
            return new Failed(
                    silent.isEmpty() ? "there is no upstream" : "none answers: " + String.join(", ", silent),
                    "see whether they are reached (dig @ADDRESS example.org), or name others in dns64.upstreams");
        }
        return silent.isEmpty()
                ? new Ok(String.join(", ", answering))
                : new Warning(
                        "%s do%s not answer".formatted(String.join(", ", silent), silent.size() == 1 ? "es" : ""),
                        "see whether it is reached (dig @ADDRESS example.org), or remove it from dns64.upstreams");
    }
}
