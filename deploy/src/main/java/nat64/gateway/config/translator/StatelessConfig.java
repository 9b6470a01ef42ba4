// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import nat64.translator.address.Eam;
import nat64.translator.address.EamHairpinning;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;

/**
 * What the stateless modes have to be told.
 *
 * @param eams Explicit Address Mappings (RFC 7757), that of the CLAT not among them
 * @param ipv4Eams those of them whose hosts are on the IPv4 side
 * @param ipv6Hosts hosts of the IPv6 side inside a Pref64
 * @param icmpSources sources of ICMP errors from routers without IPv4 address (RFC 6791)
 * @param translatorIpv4 source of the ICMPv4 errors that the translator sends
 * @param interfaceInformation whether these errors tell their IPv6 source (RFC 5837)
 * @param computeUdpChecksum whether a UDP datagram without checksum gets one; else it is dropped
 * @param clat the host's own addresses; present in this mode only
 */
public record StatelessConfig(
        List<Eam> eams,
        List<Eam> ipv4Eams,
        List<Ipv6Prefix> ipv6Hosts,
        List<Ipv4Prefix> icmpSources,
        int translatorIpv4,
        boolean interfaceInformation,
        EamHairpinning hairpinning,
        boolean computeUdpChecksum,
        Optional<Eam> clat) {

    public StatelessConfig {
        eams = List.copyOf(eams);
        ipv4Eams = List.copyOf(ipv4Eams);
        ipv6Hosts = List.copyOf(ipv6Hosts);
        icmpSources = List.copyOf(icmpSources);
    }

    /** Mappings whose hosts are on the IPv6 side. */
    public List<Eam> ipv6Eams() {
        var others = Set.copyOf(ipv4Eams);
        return eams.stream().filter(eam -> !others.contains(eam)).toList();
    }
}
