// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import nat64.gateway.config.common.Endpoints;
import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.Result.Skipped;
import nat64.gateway.doctor.Result.Warning;
import nat64.gateway.doctor.network.ClientHost.AddressType;
import nat64.gateway.doctor.network.DnsReply;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Pref64;

/** Whether a name with A records only gets AAAA records inside the Pref64 (RFC 6147). */
record NameCheck(ClientView view) implements ClientCheck {

    @Override
    public String name() {
        return "DNS64";
    }

    @Override
    public Result examine() {
        var discovery = view.discovery();
        var resolver = discovery.resolver();
        if (resolver.isEmpty() || discovery.pref64s().isEmpty()) {
            return new Skipped("no resolver of this host is a DNS64");
        }
        return switch (ask(resolver.get(), AddressType.AAAA)) {
            case DnsReply.Silence(var why) ->
                new Failed(
                        "no answer for %s: %s".formatted(wanted(), why),
                        "the DNS64 waits for its upstreams: nat64 doctor, on the gateway");
            case DnsReply.Rejection(var rcode, var _) ->
                new Failed(
                        "%s is answered with %s".formatted(wanted(), rcode),
                        "see whether the name is right; if it is: nat64 explain %s, on the gateway"
                                .formatted(wanted()));
            case DnsReply.Addresses(var addresses, var _) -> judge(resolver.get(), addresses);
        };
    }

    private Result judge(InetSocketAddress resolver, List<InetAddress> aaaa) {
        var made = aaaa.stream().flatMap(address -> embedded(address).stream()).findFirst();
        if (made.isPresent()) {
            return new Ok("%s -> %s".formatted(wanted(), made.get()));
        }
        if (!aaaa.isEmpty()) {
            return new Warning(
                    "%s has an IPv6 address of its own (%s), so nothing is made for it"
                            .formatted(wanted(), Endpoints.text(aaaa.getFirst())),
                    "give another one: --name NAME, with A records only");
        }
        boolean hasIpv4 = ask(resolver, AddressType.A) instanceof DnsReply.Addresses(var a, var _) && !a.isEmpty();
        return hasIpv4
                ? new Failed(
                        "%s has A records, but no AAAA record is made for it".formatted(wanted()),
                        "see why: nat64 explain %s, on the gateway".formatted(wanted()))
                : new Warning(
                        "%s has no address at all".formatted(wanted()),
                        "give another one: --name NAME, with A records only");
    }

    /** An address inside a Pref64, and the IPv4 address in it. */
    private Optional<String> embedded(InetAddress address) {
        var ipv6 = Ipv6Address.ofBytes(address.getAddress());
        return view.discovery().pref64s().stream()
                .filter((Pref64 pref64) -> pref64.contains(ipv6))
                .map(pref64 -> "%s (%s)".formatted(ipv6, Ipv4Address.format(pref64.extract(ipv6))))
                .findFirst();
    }

    private DnsReply ask(InetSocketAddress resolver, AddressType type) {
        return view.host().ask(resolver, wanted(), type);
    }

    private String wanted() {
        return view.options().name();
    }
}
