// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.util.Optional;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;
import nat64.gateway.doctor.network.Reply;

/** Whether TCP connections open through the NAT64. */
record TcpCheck(ClientView view) implements ClientCheck {

    /** Why nothing can be said of one protocol, if all of them are lost. */
    static Skipped skipped(Optional<Journey> journey) {
        return new Skipped(journey.isEmpty() ? "nothing was sent" : "nothing comes back through the NAT64");
    }

    @Override
    public String name() {
        return "TCP";
    }

    @Override
    public Result examine() {
        var journey = view.journey();
        if (journey.isEmpty() || !journey.get().anythingCame()) {
            return skipped(journey);
        }
        int port = view.options().target().port();
        var server = "[%s]:%d".formatted(journey.get().target(), port);
        return switch (journey.get().tcp()) {
            case Reply.Came(var roundTrip) ->
                new Ok("connected to %s in %s".formatted(server, Milliseconds.of(roundTrip)));
            case Reply.Refused _ ->
                new Warning(
                        server + " refuses the connection: packets pass, but nothing listens there",
                        "connect to a server that listens: --target ADDRESS:PORT");
            case Reply.Missing(var why) -> failed(server, why, port);
            case Reply.Impossible(var why) -> failed(server, why, port);
            case Reply.TooBig(int mtu) -> failed(server, "too big for a link with an MTU of " + mtu, port);
        };
    }

    private static Result failed(String server, String why, int port) {
        return new Failed(
                "no connection to %s: %s".formatted(server, why),
                "let TCP port %d pass on the gateway and its uplink, or try another server: --target ADDRESS:PORT"
                        .formatted(port));
    }
}
