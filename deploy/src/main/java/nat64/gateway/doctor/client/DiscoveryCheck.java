// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.util.stream.Collectors;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;
import nat64.gateway.doctor.network.DnsReply;

/** Which Pref64s the resolvers make AAAA records with (RFC 7050, section 3). */
record DiscoveryCheck(ClientView view) implements ClientCheck {

    @Override
    public String name() {
        return "Pref64";
    }

    @Override
    public Result examine() {
        var discovery = view.discovery();
        var answering = discovery.answering();
        if (answering.isEmpty()) {
            return new Skipped("no resolver answers");
        }
        var found = discovery.pref64s().stream().map(Object::toString).collect(Collectors.joining(", "));
        if (found.isEmpty()) {
            return nothing(answering.getFirst());
        }
        var without = answering.stream()
                .filter(answer -> answer.search().pref64s().isEmpty())
                .map(Discovery.Answer::server)
                .collect(Collectors.joining(", "));
        return without.isEmpty()
                ? new Ok(found + " (RFC 7050)")
                : new Warning(
                        "%s (RFC 7050), but %s makes no AAAA records".formatted(found, without),
                        "remove %s from the resolvers of this host: names fail when it is asked".formatted(without));
    }

    private static Result nothing(Discovery.Answer answer) {
        var strangers = answer.search().strangers();
        if (!strangers.isEmpty()) {
            return new Failed(
                    "%s answers ipv4only.arpa with %s, which holds neither 192.0.0.170 nor 192.0.0.171 where RFC 6052 puts it"
                            .formatted(answer.server(), strangers.getFirst()),
                    "correct the Pref64 of the DNS64, or the local entry for ipv4only.arpa");
        }
        var said = answer.reply() instanceof DnsReply.Rejection(var rcode, var _) ? rcode : "no AAAA record";
        return new Failed(
                "%s is not a DNS64: it answers ipv4only.arpa with %s".formatted(answer.server(), said),
                "let the gateway be the resolver of this host (RDNSS of radvd, DHCPv6, /etc/resolv.conf); if it is, dns64"
                        + " synthesis is off for this client: nat64 explain ipv4only.arpa, on the gateway");
    }
}
