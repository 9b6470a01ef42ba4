// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.util.stream.Collectors;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;
import nat64.gateway.doctor.network.DnsReply;

/** Whether the resolvers of the host answer at all. */
record ResolverCheck(ClientView view) implements ClientCheck {

    @Override
    public String name() {
        return "resolver";
    }

    @Override
    public Result examine() {
        var discovery = view.discovery();
        if (discovery.answers().isEmpty()) {
            return new Failed(
                    "this host has no resolver: /etc/resolv.conf names none",
                    "announce the DNS64 by router advertisements (RDNSS) or DHCPv6, or write: nameserver ADDRESS");
        }
        var silent = discovery.answers().stream()
                .filter(Discovery.Answer::isSilent)
                .map(answer -> answer.reply() instanceof DnsReply.Silence(var why)
                        ? "%s: %s".formatted(answer.server(), why)
                        : answer.server())
                .collect(Collectors.joining("; "));
        var answering =
                discovery.answering().stream().map(Discovery.Answer::server).collect(Collectors.joining(", "));
        if (answering.isEmpty() && view.links().ipv6().isEmpty()) {
            return new Skipped("no resolver answers, as " + LinkCheck.NO_IPV6);
        }
        if (answering.isEmpty()) {
            return new Failed(
                    "no resolver answers (" + silent + ")",
                    "see whether the DNS64 runs (nat64 doctor, on the gateway), and let UDP and TCP port 53 pass to it");
        }
        return silent.isEmpty()
                ? new Ok(
                        "%s answer%s".formatted(answering, discovery.answering().size() == 1 ? "s" : ""))
                : new Warning(
                        "%s answers, but not all do (%s)".formatted(answering, silent),
                        "start those, or remove them from /etc/resolv.conf: programs wait for them");
    }
}
