// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.gateway;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;
import nat64.gateway.health.Finding;

/**
 * Whether the DNS64 answers for {@code ipv4only.arpa} at each address where it should listen.
 *
 * @param addresses where it should
 * @param asking asks at one of them
 */
record ListeningCheck(
        RunningState state, List<InetSocketAddress> addresses, Function<InetSocketAddress, Finding> asking)
        implements GatewayCheck {

    ListeningCheck {
        addresses = List.copyOf(addresses);
    }

    @Override
    public String name() {
        return "DNS64";
    }

    @Override
    public Result examine() {
        if (!state.isRunning()) {
            return new Skipped(RunningState.NO_GATEWAY);
        }
        if (!state.answersDns()) {
            return new Skipped("this gateway runs no DNS64");
        }
        if (addresses.isEmpty()) {
            return new Failed(
                    "the DNS64 listens nowhere: this host has no address for it", "name the addresses in dns64.listen");
        }
        var silent = new ArrayList<String>();
        var answering = new ArrayList<String>();
        for (var address : addresses) {
            switch (asking.apply(address)) {
                case Finding.Passed _ -> answering.add(Endpoints.text(address));
                case Finding.Failed(var why, var _) -> silent.add(why);
            }
        }
        if (answering.isEmpty()) {
            return new Failed(
                    String.join("; ", silent),
                    "see the log of the gateway, and whether a firewall of this host drops port 53: nft list ruleset");
        }
        return silent.isEmpty()
                ? new Ok("answers on " + String.join(", ", answering))
                : new Warning(
                        "answers on %s, but %s".formatted(String.join(", ", answering), String.join("; ", silent)),
                        "see the log of the gateway, or leave these addresses out of dns64.listen");
    }
}
