// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Warning;

/** Whether the host has a global IPv6 address, and a default route. */
record LinkCheck(ClientView view) implements ClientCheck {

    static final String NO_IPV6 = "this host has no global IPv6 address";

    @Override
    public String name() {
        return "IPv6";
    }

    @Override
    public Result examine() {
        var links = view.links();
        if (links.ipv6().isEmpty()) {
            return new Failed(
                    NO_IPV6,
                    "the router of this network has to send router advertisements with a prefix (radvd), or give the host an"
                            + " address by hand");
        }
        return links.ipv6Route()
                .<Result>map(link -> new Ok(
                        "%s, default route over %s".formatted(links.ipv6().getFirst(), link)))
                .orElseGet(() -> new Warning(
                        "%s, but no default route".formatted(links.ipv6().getFirst()),
                        "unless a route leads to the Pref64, nothing reaches the NAT64: the router's advertisements need a"
                                + " lifetime above 0 (AdvDefaultLifetime of radvd)"));
    }
}
