// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config;

import java.util.List;
import java.util.Optional;
import nat64.translator.address.Eam;
import nat64.translator.address.EamHairpinning;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/**
 * What the stateless modes have to be told.
 *
 * @param eams Explicit Address Mappings (RFC 7757), that of the CLAT not among them
 * @param ipv6Hosts hosts of the IPv6 side inside a Pref64
 * @param icmpSources sources of ICMP errors from routers without IPv4 address (RFC 6791)
 * @param interfaceInformation whether these errors tell their IPv6 source (RFC 5837)
 * @param computeUdpChecksum whether a UDP datagram without checksum gets one; else it is dropped
 * @param clat the host's own addresses; present in this mode only
 */
public record StatelessConfig(
        List<Eam> eams,
        List<Ipv6Prefix> ipv6Hosts,
        List<Ipv4Prefix> icmpSources,
        boolean interfaceInformation,
        EamHairpinning hairpinning,
        boolean computeUdpChecksum,
        Optional<Eam> clat) {

    public StatelessConfig {
        eams = List.copyOf(eams);
        ipv6Hosts = List.copyOf(ipv6Hosts);
        icmpSources = List.copyOf(icmpSources);
    }
}
