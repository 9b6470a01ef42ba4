// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.network.Reply;

/** Whether echo replies come back through the NAT64. */
record PingCheck(ClientView view) implements ClientCheck {

    @Override
    public String name() {
        return "ping";
    }

    @Override
    public Result examine() {
        var journey = view.journey();
        if (journey.isEmpty() || !journey.get().anythingCame()) {
            return TcpCheck.skipped(journey);
        }
        var target = journey.get().target();
        return switch (journey.get().ping()) {
            case Reply.Came(var roundTrip) -> new Ok("%s answers in %s".formatted(target, Milliseconds.of(roundTrip)));
            case Reply.Impossible(var why) -> new Skipped(why);
            case Reply.Missing(var why) -> failed("%s does not answer an echo request: %s".formatted(target, why));
            case Reply.TooBig(int mtu) ->
                failed("a small echo request to %s is too big for a link with an MTU of %d".formatted(target, mtu));
            case Reply.Refused _ -> failed("%s refuses an echo request".formatted(target));
        };
    }

    private static Result failed(String found) {
        return new Failed(
                found, "let ICMP pass on the gateway and its uplink, or ask another server: --target ADDRESS");
    }
}
