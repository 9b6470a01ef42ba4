// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import java.util.List;
import nat64.translator.SiitSettings;
import nat64.translator.TranslatorSettings;
import nat64.translator.address.Eam;
import nat64.translator.address.EamHairpinning;
import nat64.translator.address.Ipv4Address;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.translate.TranslationOptions;

/** Settings of stateless translators: with the mappings of RFC 7757, figure 1, and of a CLAT; at 2001:db8:64::/96. */
public final class TestSiit {

    public static final String HOST = "2001:db8:aaaa::";
    public static final String HOST_V4 = "192.0.2.1";
    public static final String OTHER_HOST = "2001:db8:bbbb::b";
    public static final String OTHER_HOST_V4 = "192.0.2.2";
    public static final String REMOTE = "198.51.100.2";
    public static final String REMOTE_V6 = "2001:db8:64::c633:6402";
    public static final String ROUTER = "2001:db8:5::1";

    /** The translator's own, from which its ICMPv4 errors come. */
    public static final String OWN_IPV4 = "192.0.2.254";

    public static final Ipv4Prefix EVERYWHERE = Ipv4Prefix.parse("0.0.0.0/0");

    public static final SiitSettings SETTINGS = new SiitSettings(
            List.of(Pref64.parse("2001:db8:64::/96")),
            List.of(
                    Eam.parse(HOST_V4, HOST),
                    Eam.parse(OTHER_HOST_V4, OTHER_HOST),
                    Eam.parse("192.0.2.16/28", "2001:db8:cccc::/124"),
                    Eam.parse("192.0.2.128/26", "2001:db8:dddd::/64"),
                    Eam.parse("192.0.2.192/29", "2001:db8:eeee:8::/62"),
                    Eam.parse("192.0.2.224/31", "64:ff9b::/127")),
            List.of(),
            List.of(EVERYWHERE),
            false,
            List.of(Ipv4Prefix.parse("192.0.0.8")),
            true,
            EamHairpinning.INTRINSIC,
            false,
            Ipv6Address.parse("2001:db8:ffff::1"),
            Ipv4Address.parse(OWN_IPV4),
            TranslatorSettings.ICMP_ERRORS_PER_SECOND,
            TranslationOptions.RFC_7915);

    /** A host's own translator: it has 192.0.0.1 and 2001:db8:1::c1a7, the rest of IPv4 is behind 2001:db8:64::/96. */
    public static final SiitSettings CLAT = new SiitSettings(
            SETTINGS.pref64s(),
            List.of(Eam.parse("192.0.0.1", "2001:db8:1::c1a7")),
            List.of(Ipv6Prefix.parse("2001:db8:64::/96")),
            List.of(),
            false,
            SETTINGS.icmpSources(),
            true,
            EamHairpinning.OFF,
            false,
            Ipv6Address.parse("2001:db8:1::c1a7"),
            SETTINGS.ownIpv4Address(),
            TranslatorSettings.ICMP_ERRORS_PER_SECOND,
            TranslationOptions.RFC_7915);

    private TestSiit() {}

    public static SiitSettings with(EamHairpinning hairpinning) {
        return copy(SETTINGS.ipv6Hosts(), SETTINGS.icmpSources(), true, hairpinning, false);
    }

    public static SiitSettings computingUdpChecksums() {
        return copy(SETTINGS.ipv6Hosts(), SETTINGS.icmpSources(), true, SETTINGS.hairpinning(), true);
    }

    public static SiitSettings withIpv6Hosts(String prefix) {
        return copy(List.of(Ipv6Prefix.parse(prefix)), SETTINGS.icmpSources(), true, SETTINGS.hairpinning(), false);
    }

    public static SiitSettings withIcmpSources(boolean interfaceInformation, String... prefixes) {
        var sources = List.of(prefixes).stream().map(Ipv4Prefix::parse).toList();
        return copy(SETTINGS.ipv6Hosts(), sources, interfaceInformation, SETTINGS.hairpinning(), false);
    }

    public static SiitSettings withEams(List<Eam> eams) {
        return new SiitSettings(
                SETTINGS.pref64s(),
                eams,
                SETTINGS.ipv6Hosts(),
                SETTINGS.ipv4Hosts(),
                false,
                SETTINGS.icmpSources(),
                true,
                SETTINGS.hairpinning(),
                false,
                SETTINGS.ownAddress(),
                SETTINGS.ownIpv4Address(),
                SETTINGS.icmpErrorsPerSecond(),
                SETTINGS.translation());
    }

    /** Without Pref64: only addresses with a mapping are translated. */
    public static SiitSettings withoutPref64(List<Eam> eams) {
        return new SiitSettings(
                List.of(),
                eams,
                List.of(),
                List.of(EVERYWHERE),
                false,
                SETTINGS.icmpSources(),
                true,
                SETTINGS.hairpinning(),
                false,
                SETTINGS.ownAddress(),
                SETTINGS.ownIpv4Address(),
                SETTINGS.icmpErrorsPerSecond(),
                SETTINGS.translation());
    }

    private static SiitSettings copy(
            List<Ipv6Prefix> ipv6Hosts,
            List<Ipv4Prefix> icmpSources,
            boolean interfaceInformation,
            EamHairpinning hairpinning,
            boolean computeUdpChecksum) {
        return new SiitSettings(
                SETTINGS.pref64s(),
                SETTINGS.eams(),
                ipv6Hosts,
                SETTINGS.ipv4Hosts(),
                false,
                icmpSources,
                interfaceInformation,
                hairpinning,
                computeUdpChecksum,
                SETTINGS.ownAddress(),
                SETTINGS.ownIpv4Address(),
                SETTINGS.icmpErrorsPerSecond(),
                SETTINGS.translation());
    }
}
