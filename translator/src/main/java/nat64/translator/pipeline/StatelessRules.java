// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline;

import static nat64.translator.packet.DropReason.BAD_QUOTED_PACKET;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.NON_GLOBAL_IPV4;
import static nat64.translator.packet.DropReason.UNSUPPORTED_PROTOCOL;

import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.SpecialIpv4;
import nat64.translator.address.StatelessMapping;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;

/** What a stateless translator knows of addresses: how they are mapped, and which may be mapped. Immutable. */
final class StatelessRules {

    private final SiitSettings settings;
    private final StatelessMapping mapping;
    private final List<Ipv6Prefix> ipv6Hosts;
    private final List<Ipv4Prefix> ipv4Hosts;

    StatelessRules(SiitSettings settings, StatelessMapping mapping) {
        this.settings = settings;
        this.mapping = mapping;
        ipv6Hosts = settings.ipv6Hosts();
        ipv4Hosts = settings.ipv4Hosts();
    }

    SiitSettings settings() {
        return settings;
    }

    StatelessMapping mapping() {
        return mapping;
    }

    /** Whether a host of the IPv6 side may have the address: by an Explicit Address Mapping, or among the known ones. */
    boolean isIpv6Host(int rule, long high, long low) {
        if (mapping.isEam(rule)) {
            return true;
        }
        for (int i = 0; i < ipv6Hosts.size(); i++) { // by index: an iterator is an object
            if (ipv6Hosts.get(i).contains(high, low)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a host of the IPv4 side may have the address: by an Explicit Address Mapping, or among the known ones. */
    boolean isIpv4Host(int rule, int ipv4) {
        if (mapping.isEam(rule)) {
            return true;
        }
        for (int i = 0; i < ipv4Hosts.size(); i++) {
            if (ipv4Hosts.get(i).contains(ipv4)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Which protocol numbers are not copied to the other IP version, though RFC 7915, section 4.1, copies all: those that
     * would make a header there that no rule has looked at.
     */
    static DropReason checkProtocol(Packet packet, boolean error) {
        if (packet.layers().hasForeignProtocol()) {
            return UNSUPPORTED_PROTOCOL;
        }
        return error && packet.quoted().hasForeignProtocol() ? BAD_QUOTED_PACKET : NONE;
    }

    /** RFC 6052, section 3.1: the Well-Known Prefix must not stand for an address that is not global. */
    DropReason checkWellKnown(int rule, int ipv4) {
        boolean refused = mapping.isWellKnown(rule) && !settings.translateNonGlobal() && !SpecialIpv4.isGlobal(ipv4);
        return refused ? NON_GLOBAL_IPV4 : NONE;
    }
}
