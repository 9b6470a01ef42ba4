// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import static nat64.gateway.config.file.OnChange.RELOAD;
import static nat64.gateway.config.file.OnChange.RESTART;

import java.nio.file.Path;
import java.util.Optional;
import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.common.TableFormats;
import nat64.gateway.config.file.Assembly;
import nat64.gateway.config.file.AutoOr;
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
import nat64.translator.address.SpecialIpv6;

/** The keys of the section {@code translator.stateless}. */
public final class StatelessKeys {

    public static final Keys KEYS = Keys.section("translator.stateless");

    /** Addresses that hosts can have. */
    static final Format<Ipv4Prefix> IPV4 = AddressFormats.IPV4_PREFIX.and(StatelessKeys::requireRouted);

    /** Addresses that hosts can have. */
    static final Format<Ipv6Prefix> IPV6 = AddressFormats.IPV6_PREFIX.and(StatelessKeys::requireRouted);

    private static final Format<Integer> IPV4_ADDRESS =
            Format.of("192.0.2.1", Ipv4Address::parse).and(StatelessKeys::requireRouted);

    static final ItemsKey EAM = KEYS.itemsOrEmpty(
            "eam",
            "[]",
            "[{ipv4: 192.0.2.1, ipv6: \"2001:db8::1\"}]",
            RELOAD,
            "Explicit Address Mappings (RFC 7757): which IPv4 prefix is which IPv6 prefix. The longest prefix wins.");
    static final ValueKey<Ipv4Prefix> EAM_IPV4 = EAM.keys().value("ipv4", Key.REQUIRED, IPV4, "An IPv4 prefix.");
    static final ValueKey<Ipv6Prefix> EAM_IPV6 =
            EAM.keys().value("ipv6", Key.REQUIRED, IPV6, "An IPv6 prefix with at least as many bits after it.");
    static final ValueKey<HostSide> EAM_HOSTS = EAM.keys()
            .value(
                    "hosts",
                    "ipv6",
                    Formats.oneOf(HostSide.class),
                    "Where the hosts are: `ipv6`, so that their IPv4 prefix is routed to the translator; or `ipv4`, so"
                            + " that their IPv6 prefix is.");
    static final ValueKey<Optional<Path>> EAM_FILE = KEYS.value(
            "eam-file",
            "none",
            TableFormats.orNone("/etc/nat64/eam.csv"),
            RELOAD,
            "A file with more of them, a table with the columns ipv4, ipv6 and hosts (see [tables](#tables)). A reload"
                    + " reads it anew.");

    /** A list of mappings, in the file or in one of its own. */
    public static final Assembly.Table EAM_TABLE = new Assembly.Table(EAM_FILE, EAM);

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
                    + " each router gets one of them at random.");
    static final ValueKey<AutoOr<Integer>> TRANSLATOR_IPV4 = KEYS.value(
            "translator-ipv4",
            "auto",
            Formats.orAuto(IPV4_ADDRESS),
            RESTART,
            "The translator's IPv4 address: source of its own ICMPv4 errors, a hop in traceroute. No host may have it."
                    + " `auto` is the first address of icmp-sources.");
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

    /** The side that the hosts of a mapping are on. */
    enum HostSide {
        IPV6,
        IPV4
    }

    enum UdpWithoutChecksum {
        DROP,
        COMPUTE
    }

    private static void requireRouted(Ipv4Prefix prefix) {
        if (prefix.length() > 0) {
            requireRouted(prefix.address());
        }
    }

    private static void requireRouted(int address) {
        if (!SpecialIpv4.isRouted(address)) {
            throw new IllegalArgumentException(
                    Ipv4Address.format(address) + " is never routed; use an address of your own");
        }
    }

    private static void requireRouted(Ipv6Prefix prefix) {
        if (prefix.length() > 0 && !SpecialIpv6.isRouted(prefix.high(), prefix.low())) {
            throw new IllegalArgumentException(prefix.first() + " is never routed; use an address of your own");
        }
    }
}
