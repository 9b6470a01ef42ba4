// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.host;

import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/**
 * What a host's kernel must leave to a gateway that takes its packets from interfaces by libpcap.
 *
 * @param name of the nftables table
 * @param ipv6Interface where packets to the IPv6 prefixes come in
 * @param ipv4Interface where packets to the IPv4 prefixes come in; it may be the same
 */
public record PcapPlan(
        String name,
        String ipv6Interface,
        String ipv4Interface,
        List<Ipv6Prefix> ipv6Prefixes,
        List<Ipv4Prefix> ipv4Prefixes) {

    public PcapPlan {
        ipv6Prefixes = List.copyOf(ipv6Prefixes);
        ipv4Prefixes = List.copyOf(ipv4Prefixes);
    }

    /** The interfaces, each once. */
    List<String> interfaces() {
        return ipv6Interface.equals(ipv4Interface) ? List.of(ipv6Interface) : List.of(ipv6Interface, ipv4Interface);
    }

    /** Name of the nftables table (family netdev). */
    String nftTable() {
        var table = name.replaceAll("[^A-Za-z0-9_]", "_");
        return table.startsWith("nat64") ? table : "nat64_" + table;
    }
}
