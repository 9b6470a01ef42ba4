// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.common;

import java.util.List;
import java.util.stream.Stream;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/**
 * Who may use the gateway.
 *
 * @param auto whether loopback, private and directly attached networks may, too
 */
public record Clients(boolean auto, List<Ipv6Prefix> ipv6, List<Ipv4Prefix> ipv4) {

    public static final Clients NONE = new Clients(false, List.of(), List.of());

    private static final List<Ipv6Prefix> PRIVATE_IPV6 =
            Stream.of("::1/128", "fc00::/7", "fe80::/10").map(Ipv6Prefix::parse).toList();
    private static final List<Ipv4Prefix> PRIVATE_IPV4 = Stream.of(
                    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
            .map(Ipv4Prefix::parse)
            .toList();

    public Clients {
        ipv6 = List.copyOf(ipv6);
        ipv4 = List.copyOf(ipv4);
    }

    /** All prefixes, those behind {@code auto} included, each once. */
    public Clients resolve(List<Ipv6Prefix> attachedIpv6, List<Ipv4Prefix> attachedIpv4) {
        return auto
                ? new Clients(false, PRIVATE_IPV6, PRIVATE_IPV4)
                        .plus(new Clients(false, attachedIpv6, attachedIpv4))
                        .plus(new Clients(false, ipv6, ipv4))
                : this;
    }

    /** Both together. */
    public Clients plus(Clients other) {
        return all(List.of(this, other));
    }

    /** All together, each prefix once. */
    public static Clients all(List<Clients> some) {
        return new Clients(
                some.stream().anyMatch(Clients::auto),
                some.stream()
                        .flatMap(clients -> clients.ipv6.stream())
                        .distinct()
                        .toList(),
                some.stream()
                        .flatMap(clients -> clients.ipv4.stream())
                        .distinct()
                        .toList());
    }
}
