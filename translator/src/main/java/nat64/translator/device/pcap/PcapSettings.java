// SPDX-License-Identifier: Apache-2.0
package nat64.translator.device.pcap;

import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;

/**
 * Which interfaces a port uses, and for which addresses it is there.
 *
 * @param ipv6Interface name of the interface to the IPv6 side; it may be the same as the other one
 * @param ipv4Interface name of the interface to the IPv4 side
 * @param ipv6Prefixes destinations of the IPv6 packets that are taken: the Pref64s
 * @param routerAddress the port's own address as a router of the IPv6 side
 * @param ipv4Prefixes destinations of the IPv4 packets that are taken: pool4; at least one
 * @param translatorIpv4 the port's own address as a router of the IPv4 side, where the host has none
 */
public record PcapSettings(
        String ipv6Interface,
        String ipv4Interface,
        List<Ipv6Prefix> ipv6Prefixes,
        Ipv6Address routerAddress,
        List<Ipv4Prefix> ipv4Prefixes,
        int translatorIpv4) {

    public PcapSettings {
        ipv6Prefixes = List.copyOf(ipv6Prefixes);
        ipv4Prefixes = List.copyOf(ipv4Prefixes);
        if (ipv4Prefixes.isEmpty()) {
            throw new IllegalArgumentException("a port needs an IPv4 prefix to take packets for");
        }
    }
}
