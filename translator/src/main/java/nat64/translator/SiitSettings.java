// SPDX-License-Identifier: Apache-2.0
package nat64.translator;

import java.util.List;
import java.util.OptionalInt;
import nat64.translator.address.Eam;
import nat64.translator.address.EamHairpinning;
import nat64.translator.address.EamTable;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.address.StatelessMapping;
import nat64.translator.pipeline.IcmpErrorRules;
import nat64.translator.pipeline.stateless.StatelessHosts;
import nat64.translator.pipeline.stateless.StatelessPolicy;
import nat64.translator.pipeline.stateless.StatelessRules;
import nat64.translator.translate.TranslationOptions;

/**
 * The settings of a stateless translator; a reload can change all of them.
 *
 * @param pref64s prefixes that map the addresses without an Explicit Address Mapping; the first one is written; none
 *     if only the addresses with a mapping are translated
 * @param eams Explicit Address Mappings (RFC 7757)
 * @param ipv6Hosts where, inside the Pref64s, hosts of the IPv6 side are; any other source there would be forged
 *     (RFC 6052, section 5.1)
 * @param ipv4Hosts where hosts of the IPv4 side are that have no Explicit Address Mapping
 * @param translateNonGlobal whether the Well-Known Prefix may carry IPv4 addresses that are not global, against
 *     RFC 6052, section 3.1
 * @param icmpSources the IPv4 sources of ICMP errors whose IPv6 source has no IPv4 address (RFC 6791)
 * @param interfaceInformation whether these errors tell their IPv6 source (RFC 6791, section 4; RFC 5837)
 * @param hairpinning how two IPv6 hosts with Explicit Address Mappings reach each other by their IPv4 addresses
 * @param computeUdpChecksum whether a UDP datagram without checksum gets one; else it is dropped
 * @param ownAddress source of the ICMPv6 errors that the translator sends
 * @param ownIpv4Address source of the ICMPv4 errors that the translator sends (RFC 1812, section 4.3.2.4)
 * @param icmpErrorsPerSecond of the translator's own, as in {@link TranslatorSettings}
 * @param translation what RFC 7915 leaves to the operator, and what the links are
 */
public record SiitSettings(
        List<Pref64> pref64s,
        List<Eam> eams,
        List<Ipv6Prefix> ipv6Hosts,
        List<Ipv4Prefix> ipv4Hosts,
        boolean translateNonGlobal,
        List<Ipv4Prefix> icmpSources,
        boolean interfaceInformation,
        EamHairpinning hairpinning,
        boolean computeUdpChecksum,
        Ipv6Address ownAddress,
        int ownIpv4Address,
        int icmpErrorsPerSecond,
        TranslationOptions translation)
        implements PacketTranslatorSettings {

    public SiitSettings {
        pref64s = List.copyOf(pref64s);
        eams = List.copyOf(eams);
        ipv6Hosts = List.copyOf(ipv6Hosts);
        ipv4Hosts = List.copyOf(ipv4Hosts);
        icmpSources = List.copyOf(icmpSources);
        EamTable.requireDistinct(eams);
        if (pref64s.isEmpty() && eams.isEmpty()) {
            throw new IllegalArgumentException("a stateless translator needs a Pref64 or an Explicit Address Mapping");
        }
        if (icmpSources.isEmpty()) {
            throw new IllegalArgumentException("a stateless translator needs an IPv4 source for ICMP errors");
        }
    }

    /** What the packets need of it. */
    StatelessRules rules() {
        return new StatelessRules(
                new StatelessMapping(new EamTable(eams), pref64s),
                new StatelessHosts(ipv6Hosts, ipv4Hosts, translateNonGlobal),
                new StatelessPolicy(icmpSources, interfaceInformation, hairpinning, computeUdpChecksum),
                translation,
                new IcmpErrorRules(ownAddress, OptionalInt.of(ownIpv4Address), icmpErrorsPerSecond));
    }
}
