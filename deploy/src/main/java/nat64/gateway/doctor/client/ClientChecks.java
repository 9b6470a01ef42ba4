// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.doctor.client;

import java.util.List;
import nat64.gateway.doctor.Check;
import nat64.gateway.doctor.network.ClientHost;

/** The checks of a host behind a gateway. */
public final class ClientChecks {

    private ClientChecks() {}

    /** In the order in which one depends on the other. */
    public static List<Check> of(ClientHost host, ClientOptions options) {
        var view = new ClientView(host, options);
        return List.of(
                new LinkCheck(view),
                new ResolverCheck(view),
                new DiscoveryCheck(view),
                new AdvertisementCheck(view),
                new NameCheck(view),
                new Nat64Check(view),
                new PingCheck(view),
                new TcpCheck(view),
                new UdpCheck(view),
                new PacketSizeCheck(view),
                new LiteralCheck(view));
    }
}
