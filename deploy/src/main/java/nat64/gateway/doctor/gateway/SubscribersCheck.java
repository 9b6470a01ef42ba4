// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.util.List;
import java.util.stream.Stream;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;
import nat64.translator.session.policy.SubscriberLimits;

/**
 * Whether a subscriber is near one of its limits: its own new sessions are refused then, not those of others.
 *
 * @param limits of each subscriber
 */
record SubscribersCheck(RunningState state, SubscriberLimits limits) implements GatewayCheck {

    @Override
    public String name() {
        return "subscribers";
    }

    @Override
    public Result examine() {
        if (!state.isRunning()) {
            return new Skipped(RunningState.NO_GATEWAY);
        }
        if (limits.sessions() == 0 && limits.ports() == 0) {
            return new Skipped("no limit is set");
        }
        var near = fills().stream().filter(Fill::isNearlyFull).toList();
        return near.isEmpty()
                ? new Ok(
                        state.subscribers().isEmpty()
                                ? "none holds a session"
                                : "of %d, none is near a limit"
                                        .formatted(state.subscribers().size()))
                : new Warning(
                        "%s%s"
                                .formatted(
                                        Fill.fullest(near).orElseThrow(),
                                        near.size() == 1 ? "" : ", and %d more".formatted(near.size() - 1)),
                        "see what it does (nat64 sessions PREFIX), or raise translator.subscribers");
    }

    private List<Fill> fills() {
        return state.subscribers().stream()
                .flatMap(subscriber -> {
                    var prefix = subscriber.path("prefix").asText();
                    return Stream.of(
                            new Fill(
                                    "sessions of " + prefix,
                                    subscriber.path("sessions").asLong(),
                                    limits.sessions()),
                            new Fill(
                                    "ports of " + prefix,
                                    subscriber.path("ports").asLong(),
                                    limits.ports()));
                })
                .filter(fill -> fill.room() > 0)
                .toList();
    }
}
