// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;

/** How many ports of the addresses of pool4 are left, for each protocol. */
record Pool4Check(RunningState state) implements GatewayCheck {

    private static final List<String> PROTOCOLS = List.of("tcp", "udp", "icmp");
    private static final String REMEDY =
            "add addresses or ports to translator.pool4 (a reload is enough), or limit each client:"
                    + " translator.subscribers";

    @Override
    public String name() {
        return "pool4";
    }

    @Override
    public Result examine() {
        if (state.pool4().isEmpty()) {
            return new Skipped(state.isRunning() ? "this gateway has no pool4" : RunningState.NO_GATEWAY);
        }
        var fullest = Fill.fullest(PROTOCOLS.stream().flatMap(this::ofAll).toList());
        if (fullest.isEmpty()) {
            return new Failed("all addresses are being drained", "give translator.pool4 an address that stays");
        }
        if (fullest.get().isFull()) {
            return new Failed(fullest.get() + ": new sessions are refused", REMEDY);
        }
        return fullest.get().isNearlyFull()
                ? new Warning(fullest.get().toString(), REMEDY)
                : new Ok("%d address%s; %s"
                        .formatted(state.pool4().size(), state.pool4().size() == 1 ? "" : "es", fullest.get()));
    }

    /** Clients are spread over all addresses, so the sum counts. */
    private Stream<Fill> ofAll(String protocol) {
        long offered = state.pool4().stream()
                .mapToLong(address -> address.path("offered").asLong())
                .sum();
        long free = state.pool4().stream()
                .filter(address -> !address.path("draining").asBoolean())
                .mapToLong(address -> free(address, protocol))
                .sum();
        return Stream.of(new Fill("ports of " + protocol, Math.max(0, offered - free), offered));
    }

    private static long free(JsonNode address, String protocol) {
        return address.path(protocol).path("free").asLong();
    }
}
