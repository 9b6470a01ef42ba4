// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;

/** Whether any packet comes back through the NAT64. Ping, TCP and UDP are told apart by the checks that follow. */
record Nat64Check(ClientView view) implements ClientCheck {

    @Override
    public String name() {
        return "NAT64";
    }

    @Override
    public Result examine() {
        var journey = view.journey();
        if (view.links().ipv6().isEmpty()) {
            return new Skipped(LinkCheck.NO_IPV6);
        }
        if (journey.isEmpty()) {
            return new Skipped("the IPv4 address of %s is not known; name one with --target ADDRESS:PORT"
                    .formatted(view.options().target().host()));
        }
        var pref64 = journey.get().pref64();
        if (journey.get().anythingCame()) {
            return new Ok("packets come back through %s%s"
                    .formatted(pref64, journey.get().isAssumed() ? ", which was assumed" : ""));
        }
        var reasons = String.join(", ", journey.get().reasons());
        return journey.get().isAssumed()
                ? new Skipped("no Pref64 is known, and nothing comes back through %s (%s); name one with --pref64"
                        .formatted(pref64, reasons))
                : new Failed(
                        "nothing comes back through %s (%s)".formatted(pref64, reasons),
                        journey.get()
                                .notCarried(pref64.extract(journey.get().target()), "--target")
                                .orElse(
                                        "run 'nat64 doctor' on the gateway; if all is well there, a router on the way has no"
                                                + " route to " + pref64));
    }
}
