// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import nat64.gateway.doctor.Result;
import nat64.gateway.doctor.Result.Failed;
import nat64.gateway.doctor.Result.Ok;
import nat64.gateway.doctor.network.DnsReply;
import nat64.translator.address.Ipv4Address;

/** Whether datagrams come back through the NAT64: a question to a DNS server on the IPv4 side. */
record UdpCheck(ClientView view) implements ClientCheck {

    @Override
    public String name() {
        return "UDP";
    }

    @Override
    public Result examine() {
        var journey = view.journey();
        if (journey.isEmpty() || !journey.get().anythingCame()) {
            return TcpCheck.skipped(journey);
        }
        var server = Ipv4Address.format(view.options().resolver());
        return switch (journey.get().udp()) {
            case DnsReply.Addresses(var _, var roundTrip) ->
                new Ok("the DNS server %s answers in %s".formatted(server, Milliseconds.of(roundTrip)));
            case DnsReply.Rejection(var _, var roundTrip) ->
                new Ok("the DNS server %s answers in %s".formatted(server, Milliseconds.of(roundTrip)));
            case DnsReply.Silence(var why) ->
                new Failed(
                        "the DNS server %s does not answer through %s: %s"
                                .formatted(server, journey.get().pref64(), why),
                        journey.get()
                                .notCarried(view.options().resolver(), "--resolver")
                                .orElse("let UDP pass on the gateway and its uplink, or ask another server: --resolver"
                                        + " ADDRESS"));
        };
    }
}
