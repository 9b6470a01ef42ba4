// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.network.Links;
import nat64.gateway.doctor.network.Reply;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;

/** Whether programs that use an IPv4 address itself get through: by a CLAT (RFC 6877), if there is one. */
record LiteralCheck(ClientView view) implements ClientCheck {

    /** What a CLAT gives the host (RFC 7335). */
    private static final Ipv4Prefix OF_CLATS = Ipv4Prefix.parse("192.0.0.0/29");

    @Override
    public String name() {
        return "IPv4 literal";
    }

    @Override
    public Result examine() {
        var links = view.links();
        var clat = links.ipv4().stream()
                .filter(address -> OF_CLATS.contains(Ipv4Address.parse(address.address())))
                .findFirst();
        if (clat.isEmpty() && links.ipv4Route().isEmpty()) {
            return new Skipped("this host has no IPv4 and no CLAT, so programs that use IPv4 addresses fail");
        }
        var target = view.targetAddress();
        var journey = view.journey();
        if (target.isEmpty() || journey.isEmpty() || !(journey.get().tcp() instanceof Reply.Came)) {
            return new Skipped("the target does not accept connections through the NAT64 either");
        }
        var server = Ipv4Address.format(target.getAsInt());
        int port = view.options().target().port();
        var way = clat.map(address -> "by the CLAT, " + address)
                .orElse("by IPv4 of its own, over " + links.ipv4Route().orElse(""));
        return switch (view.host().connect(new InetSocketAddress(InetAddress.ofLiteral(server), port))) {
            case Reply.Came(var roundTrip) ->
                new Ok("connected to %s:%d %s in %s".formatted(server, port, way, Milliseconds.of(roundTrip)));
            case Reply.Missing(var why) -> failed("%s:%d %s: %s".formatted(server, port, way, why), clat);
            case Reply.Impossible(var why) -> failed("%s:%d %s: %s".formatted(server, port, way, why), clat);
            case Reply.TooBig _, Reply.Refused _ -> failed("%s:%d %s: refused".formatted(server, port, way), clat);
        };
    }

    private static Result failed(String what, Optional<Links.Address> clat) {
        return new Failed(
                "no connection to " + what,
                clat.isPresent()
                        ? "see whether the CLAT runs and uses the Pref64 above; if it is nat64: sudo nat64 doctor"
                        : "remove the IPv4 address and route of this host if they lead nowhere: programs may prefer"
                                + " them");
    }
}
