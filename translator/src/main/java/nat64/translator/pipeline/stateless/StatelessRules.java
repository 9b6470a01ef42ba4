// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateless;

import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.NON_GLOBAL_IPV4;

import nat64.translator.address.SpecialIpv4;
import nat64.translator.address.StatelessMapping;
import nat64.translator.packet.DropReason;
import nat64.translator.pipeline.IcmpErrorRules;
import nat64.translator.pipeline.Rules;
import nat64.translator.translate.TranslationOptions;

/**
 * All that can be changed of a stateless translator while packets flow: nothing else is needed to translate a packet.
 *
 * @param mapping which address is which of the other IP version
 * @param hosts which of these addresses belong to hosts
 */
public record StatelessRules(
        StatelessMapping mapping,
        StatelessHosts hosts,
        StatelessPolicy policy,
        TranslationOptions translation,
        IcmpErrorRules icmpErrors)
        implements Rules {

    /**
     * Whether a host of the IPv6 side may have the address: by an Explicit Address Mapping, or among the known ones.
     */
    boolean isIpv6Host(int rule, long high, long low) {
        return mapping.isEam(rule) || hosts.isIpv6Host(high, low);
    }

    /**
     * Whether a host of the IPv4 side may have the address: by an Explicit Address Mapping, or among the known ones.
     */
    boolean isIpv4Host(int rule, int ipv4) {
        return mapping.isEam(rule) || hosts.isIpv4Host(ipv4);
    }

    /** RFC 6052, section 3.1: the Well-Known Prefix must not stand for an address that is not global. */
    DropReason checkWellKnown(int rule, int ipv4) {
        boolean refused = mapping.isWellKnown(rule) && !hosts.translateNonGlobal() && !SpecialIpv4.isGlobal(ipv4);
        return refused ? NON_GLOBAL_IPV4 : NONE;
    }
}
