// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.common;

import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/**
 * Who may use the gateway.
 *
 * @param auto whether the networks around this host may, too: loopback, private and attached ones, but no uplink's
 */
public record Clients(boolean auto, List<Ipv6Prefix> ipv6, List<Ipv4Prefix> ipv4) {

    public static final Clients NONE = new Clients(false, List.of(), List.of());

    /** Those of the host itself and of its links, without a router between. */
    public static final Clients LOCAL = of(List.of("::1/128", "fe80::/10"), List.of("127.0.0.0/8"));

    /** Networks that are not on the Internet: unique local addresses (RFC 4193), RFC 1918, and RFC 6598. */
    public static final Clients PRIVATE =
            of(List.of("fc00::/7"), List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"));

    public Clients {
        ipv6 = List.copyOf(ipv6);
        ipv4 = List.copyOf(ipv4);
    }

    /**
     * All prefixes, those behind {@code auto} included, each once.
     *
     * @param automatic what {@code auto} stands for
     */
    public Clients resolve(Clients automatic) {
        return auto ? automatic.plus(new Clients(false, ipv6, ipv4)) : this;
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

    private static Clients of(List<String> ipv6, List<String> ipv4) {
        return new Clients(
                false,
                ipv6.stream().map(Ipv6Prefix::parse).toList(),
                ipv4.stream().map(Ipv4Prefix::parse).toList());
    }
}
