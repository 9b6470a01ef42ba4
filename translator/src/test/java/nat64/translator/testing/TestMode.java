// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import java.util.List;
import nat64.translator.PacketTranslatorSettings;
import nat64.translator.SiitSettings;
import nat64.translator.TranslatorSettings;
import nat64.translator.address.Eam;
import nat64.translator.address.EamHairpinning;
import nat64.translator.translate.TranslationOptions;

/**
 * The translator with and without state, between the hosts of {@link TestNat64}: for tests of what holds in both modes.
 * Without state, {@link TestNat64#CLIENT} is 203.0.113.1, {@link TestNat64#OTHER_CLIENT} is 203.0.113.2 and
 * {@link #ROUTER} is 203.0.113.99, by Explicit Address Mappings; and UDP datagrams without checksum get one, as they
 * always do with state.
 */
public enum TestMode {
    NAT64,
    SIIT;

    /** A router of the IPv6 side. */
    public static final String ROUTER = "2001:db8:1::99";

    /** The IPv4 address of {@link #ROUTER} without state. */
    public static final String ROUTER_V4 = "203.0.113.99";

    private static final List<Eam> EAMS = List.of(
            Eam.parse("203.0.113.1", TestNat64.CLIENT),
            Eam.parse("203.0.113.2", TestNat64.OTHER_CLIENT),
            Eam.parse(ROUTER_V4, ROUTER));

    public TestTranslator start() {
        return start(TranslationOptions.RFC_7915);
    }

    public TestTranslator start(TranslationOptions options) {
        return start(TranslatorSettings.ICMP_ERRORS_PER_SECOND, options);
    }

    /** With so many ICMP errors a second. */
    public TestTranslator start(int icmpErrorsPerSecond, TranslationOptions options) {
        return new TestTranslator(settings(icmpErrorsPerSecond, options));
    }

    /** As {@link #start(int, TranslationOptions)}. */
    public PacketTranslatorSettings settings(int icmpErrorsPerSecond, TranslationOptions options) {
        return switch (this) {
            case NAT64 -> TestNat64.settings(icmpErrorsPerSecond, options);
            case SIIT ->
                new SiitSettings(
                        TestNat64.settings().pref64s(),
                        EAMS,
                        List.of(),
                        List.of(TestSiit.EVERYWHERE),
                        false,
                        TestSiit.SETTINGS.icmpSources(),
                        true,
                        EamHairpinning.INTRINSIC,
                        true,
                        TestNat64.settings().ownAddress(),
                        TestSiit.SETTINGS.ownIpv4Address(),
                        icmpErrorsPerSecond,
                        options);
        };
    }
}
