// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateless;

import java.util.List;
import nat64.translator.address.EamHairpinning;
import nat64.translator.address.Ipv4Prefix;

/**
 * What RFC 7915, RFC 6791 and RFC 7757 leave to the operator of a stateless translator.
 *
 * @param icmpSources the IPv4 sources of ICMP errors whose IPv6 source has no IPv4 address (RFC 6791); at least one
 * @param interfaceInformation whether these errors contain their IPv6 source (RFC 6791, section 4; RFC 5837)
 * @param hairpinning how two IPv6 hosts with Explicit Address Mappings reach each other by their IPv4 addresses
 * @param computeUdpChecksum whether a UDP datagram without checksum gets one; else it is dropped
 */
public record StatelessPolicy(
        List<Ipv4Prefix> icmpSources,
        boolean interfaceInformation,
        EamHairpinning hairpinning,
        boolean computeUdpChecksum) {

    public StatelessPolicy {
        icmpSources = List.copyOf(icmpSources);
    }
}
