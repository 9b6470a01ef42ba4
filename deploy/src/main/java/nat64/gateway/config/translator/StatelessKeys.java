// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import static nat64.gateway.config.file.OnChange.RESTART;

import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.ItemsKey;
import nat64.gateway.config.file.Key;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ListKey;
import nat64.gateway.config.file.ValueKey;
import nat64.translator.address.EamHairpinning;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.SpecialIpv4;

/** The keys of the section {@code translator.stateless}. */
public final class StatelessKeys {

    public static final Keys KEYS = Keys.section("translator.stateless");

    /** Addresses that hosts can have. */
    static final Format<Ipv4Prefix> IPV4 = AddressFormats.IPV4_PREFIX.and(StatelessKeys::requireRouted);

    static final ItemsKey EAM = KEYS.itemsOrEmpty(
            "eam",
            "[]",
            "[{ipv4: 192.0.2.1, ipv6: \"2001:db8::1\"}]",
            RESTART,
            "Explicit Address Mappings (RFC 7757): which IPv4 prefix is which IPv6 prefix. The longest prefix wins.");
    static final ValueKey<Ipv4Prefix> EAM_IPV4 = EAM.keys().value("ipv4", Key.REQUIRED, IPV4, "An IPv4 prefix.");
    static final ValueKey<Ipv6Prefix> EAM_IPV6 = EAM.keys()
            .value(
                    "ipv6",
                    Key.REQUIRED,
                    AddressFormats.IPV6_PREFIX,
                    "An IPv6 prefix with at least as many bits after it.");
    static final ListKey<Ipv6Prefix> IPV6_HOSTS = KEYS.listOrEmpty(
            "ipv6-hosts",
            "[]",
            AddressFormats.IPV6_PREFIX,
            RESTART,
            "Prefixes inside a Pref64 where hosts of the IPv6 side are. Every other IPv6 source inside a Pref64 is"
                    + " refused as forged.");
    static final ListKey<Ipv4Prefix> ICMP_SOURCES = KEYS.list(
            "icmp-sources",
            "[192.0.0.8]",
            IPV4,
            RESTART,
            "IPv4 addresses that stand for IPv6 routers which report an error and have no IPv4 address (RFC 6791);"
                    + " one is chosen at random each time.");
    static final ValueKey<Boolean> INTERFACE_INFORMATION = KEYS.value(
            "interface-information",
            "true",
            Formats.BOOLEAN,
            RESTART,
            "Whether these errors carry the IPv6 address of the router (RFC 5837).");
    static final ValueKey<EamHairpinning> HAIRPINNING = KEYS.value(
            "hairpinning",
            "intrinsic",
            Formats.oneOf(EamHairpinning.class),
            RESTART,
            "How two hosts with mappings reach each other by their IPv4 addresses (RFC 7757, section 4.2): `intrinsic`,"
                    + " `simple` or `off`.");
    static final ValueKey<UdpWithoutChecksum> UDP_WITHOUT_CHECKSUM = KEYS.value(
            "udp-without-checksum",
            "drop",
            Formats.oneOf(UdpWithoutChecksum.class),
            RESTART,
            "UDP datagrams from IPv4 without checksum: `drop` or `compute` one (RFC 7915, section 4.5).");

    private StatelessKeys() {}

    enum UdpWithoutChecksum {
        DROP,
        COMPUTE
    }

    private static void requireRouted(Ipv4Prefix prefix) {
        if (!SpecialIpv4.isRouted(prefix.address()) && prefix.length() > 0) {
            throw new IllegalArgumentException(
                    Ipv4Address.format(prefix.address()) + " is never routed; use an address of your own");
        }
    }
}
