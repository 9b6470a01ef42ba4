// SPDX-License-Identifier: Apache-2.0
package nat64.translator.testing;

import java.util.List;
import nat64.translator.TranslatorSettings;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.session.fragment.FragmentLimits;
import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.translate.TranslationOptions;

/** Settings of a stateful translator at 2001:db8:64::/96 with pool4 203.0.113.0/30, and who talks through it. */
public final class TestNat64 {

    public static final String CLIENT = "2001:db8:1::2";
    public static final String OTHER_CLIENT = "2001:db8:1::3";
    public static final String SERVER = "198.51.100.2";
    public static final String SERVER_IN_PREF64 = "2001:db8:64::c633:6402";
    public static final String OWN_ADDRESS = "2001:db8:ffff::1";
    public static final Ipv4Prefix POOL4 = Ipv4Prefix.parse("203.0.113.0/30");

    private TestNat64() {}

    public static TranslatorSettings settings() {
        return settings(List.of(Pref64.parse("2001:db8:64::/96")), PortRange.ALL, 1024);
    }

    public static TranslatorSettings settings(List<Pref64> pref64s, PortRange ports, int maxSessions) {
        return new TranslatorSettings(
                pref64s,
                List.of(new Pool4Range(POOL4, ports)),
                List.of(Ipv6Prefix.parse("2001:db8:1::/64")),
                false,
                Lifetimes.RFC_6146,
                maxSessions,
                Ipv6Address.parse(OWN_ADDRESS),
                TranslatorSettings.ICMP_ERRORS_PER_SECOND,
                TranslationOptions.RFC_7915,
                StatePolicy.DEFAULT,
                FragmentLimits.DEFAULT);
    }

    /** As {@link #settings()}, with other options. */
    public static TranslatorSettings settings(TranslationOptions options) {
        return settings(TranslatorSettings.ICMP_ERRORS_PER_SECOND, options);
    }

    /** As {@link #settings()}, with other options and so many ICMP errors a second. */
    public static TranslatorSettings settings(int icmpErrorsPerSecond, TranslationOptions options) {
        var settings = settings();
        return new TranslatorSettings(
                settings.pref64s(),
                settings.pool4(),
                settings.clients(),
                settings.translateNonGlobal(),
                settings.lifetimes(),
                settings.maxSessions(),
                settings.ownAddress(),
                icmpErrorsPerSecond,
                options,
                settings.state(),
                settings.fragments());
    }

    public static TranslatorSettings settings(StatePolicy state) {
        return settings(settings(), state);
    }

    public static TranslatorSettings settings(TranslatorSettings usual, StatePolicy state) {
        return new TranslatorSettings(
                usual.pref64s(),
                usual.pool4(),
                usual.clients(),
                usual.translateNonGlobal(),
                usual.lifetimes(),
                usual.maxSessions(),
                usual.ownAddress(),
                usual.icmpErrorsPerSecond(),
                usual.translation(),
                state,
                usual.fragments());
    }
}
