// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.view;

import static nat64.gateway.config.common.AddressFormats.IPV6_PREFIX;
import static nat64.gateway.config.common.AddressFormats.PREF64;
import static nat64.gateway.config.file.Formats.BOOLEAN;
import static nat64.gateway.config.file.Formats.oneOf;
import static nat64.gateway.config.file.Key.INHERIT;

import java.util.Map;
import nat64.dns64.settings.PrefixPolicy;
import nat64.dns64.synthesis.View.Cause;
import nat64.dns64.synthesis.View.WithCheckingDisabled;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.ItemsKey;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ListKey;
import nat64.gateway.config.file.OnChange;
import nat64.gateway.config.file.ValueKey;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;

/** How AAAA queries are answered: keys of the section {@code dns64} that a view may have, too. */
record SwitchKeys(
        ValueKey<Boolean> synthesize,
        ListKey<Pref64> pref64,
        ValueKey<PrefixPolicy> policy,
        ListKey<Ipv6Prefix> exclude,
        ListKey<Cause> on,
        ValueKey<WithCheckingDisabled> withCd,
        DomainKeys domains,
        RangeKeys ranges) {

    static final Format<PrefixPolicy> POLICY = oneOf(PrefixPolicy.class);

    static final Format<WithCheckingDisabled> WITH_CD = BOOLEAN.map(
                    given -> given ? WithCheckingDisabled.WITHOUT_DO : WithCheckingDisabled.NONE)
            .or(Map.of("always", WithCheckingDisabled.ALL));

    /** Those of a view, which has what the section has where the view does not give them. */
    static SwitchKeys ofView(Keys view) {
        return new SwitchKeys(
                view.value(
                        "synthesize",
                        INHERIT,
                        BOOLEAN,
                        "Instead of `dns64.synthesize`; `inherit`, here and below, means that the key is left out."),
                view.list("pref64", INHERIT, PREF64, "Instead of `dns64.pref64`."),
                view.value("pref64-policy", INHERIT, POLICY, "Instead of `dns64.pref64-policy`."),
                view.list("exclude", INHERIT, IPV6_PREFIX, "Instead of `dns64.exclude`."),
                view.list("synthesize-on", INHERIT, oneOf(Cause.class), "Instead of `dns64.synthesize-on`."),
                view.value("synthesize-with-cd", INHERIT, WITH_CD, "Instead of `dns64.synthesize-with-cd`."),
                DomainKeys.of(items(view, "domains", DomainKeys.EXAMPLE)),
                RangeKeys.of(items(view, "ipv4-ranges", RangeKeys.EXAMPLE)));
    }

    private static ItemsKey items(Keys view, String name, String example) {
        return view.itemsOrEmpty(name, INHERIT, example, OnChange.RELOAD, "Instead of `dns64." + name + "`.");
    }
}
