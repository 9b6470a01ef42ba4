// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.replay;

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
import nat64.translator.session.fragment.FragmentLimits;
import nat64.translator.session.policy.DestinationPolicy;
import nat64.translator.session.policy.Lifetimes;
import nat64.translator.session.policy.StatePolicy;
import nat64.translator.session.policy.StatePolicy.Filter;
import nat64.translator.session.policy.SubscriberLimits;
import nat64.translator.session.pool4.Pool4Range;
import nat64.translator.session.pool4.PortRange;
import nat64.translator.session.pool4.QuarantineSettings;
import nat64.translator.translate.NextHopMtus;
import nat64.translator.translate.TranslationOptions;

/** Translators that drop packets for one reason or another: one pool4 port, 2000, and few sessions. */
final class DropSettings {

    private static final Ipv6Address OWN = Ipv6Address.parse("2001:db8:ffff::1");
    private static final Ipv4Prefix POOL4 = Ipv4Prefix.parse("203.0.113.1/32");
    private static final int SESSIONS = 64;

    static final TranslatorSettings STATEFUL = stateful("2001:db8:64::/96", SESSIONS, StatePolicy.DEFAULT);

    /** Without state: 203.0.113.1 is the client, and 8.8.8.8 is a host. */
    static final SiitSettings STATELESS = new SiitSettings(
            List.of(Pref64.parse("2001:db8:64::/96")),
            List.of(Eam.parse("203.0.113.1", "2001:db8:1::2")),
            List.of(),
            List.of(Ipv4Prefix.parse("8.8.8.0/24")),
            false,
            List.of(Ipv4Prefix.parse("192.0.0.8")),
            true,
            EamHairpinning.INTRINSIC,
            false,
            OWN,
            Ipv4Address.parse("192.0.0.8"),
            TranslatorSettings.ICMP_ERRORS_PER_SECOND,
            TranslationOptions.RFC_7915);

    private DropSettings() {}

    static TranslatorSettings stateful(String pref64, int sessions, StatePolicy state) {
        return new TranslatorSettings(
                List.of(Pref64.parse(pref64)),
                List.of(new Pool4Range(POOL4, new PortRange(2000, 2000))),
                List.of(Ipv6Prefix.parse("2001:db8:1::/64")),
                false,
                Lifetimes.RFC_6146,
                sessions,
                OWN,
                TranslatorSettings.ICMP_ERRORS_PER_SECOND,
                TranslationOptions.RFC_7915.with(new NextHopMtus.Fixed(1500, 1300)),
                state,
                FragmentLimits.DEFAULT);
    }

    static TranslatorSettings filtering(Filter filter, boolean dropExternalTcp, int storedSyns) {
        return stateful("2001:db8:64::/96", SESSIONS, new StatePolicy(filter, dropExternalTcp, storedSyns, List.of()));
    }

    static TranslatorSettings limited(SubscriberLimits limits, List<Ipv4Prefix> untranslated) {
        var state = new StatePolicy(
                Filter.ENDPOINT_INDEPENDENT, false, 8, List.of(), untranslated, QuarantineSettings.DEFAULT, limits);
        return stateful("2001:db8:64::/96", SESSIONS, state);
    }

    static TranslatorSettings to(DestinationPolicy destinations) {
        return stateful("2001:db8:64::/96", SESSIONS, StatePolicy.DEFAULT.with(destinations));
    }

    static TranslatorSettings with(int sessions) {
        return stateful("2001:db8:64::/96", sessions, StatePolicy.DEFAULT);
    }
}
