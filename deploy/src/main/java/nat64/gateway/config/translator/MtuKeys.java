// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.translator;

import static nat64.gateway.config.file.OnChange.RELOAD;

import nat64.gateway.config.file.AutoOr;
import nat64.gateway.config.file.Formats;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ValueKey;
import nat64.translator.translate.Mtu;

/** The keys of the section {@code translator.mtu}. */
public final class MtuKeys {

    public static final Keys KEYS = Keys.section("translator.mtu");

    static final ValueKey<AutoOr<Integer>> IPV6 = KEYS.value(
            "ipv6",
            "auto",
            Formats.orAuto(Formats.integer(Mtu.SMALLEST_IPV6, TranslatorKeys.LARGEST_PACKET)),
            RELOAD,
            "MTU of the link to the IPv6 side, 1280 to 65535. `auto` is the largest of the links that have IPv6 routes,"
                    + " followed when it changes.");
    static final ValueKey<AutoOr<Integer>> IPV4 = KEYS.value(
            "ipv4",
            "auto",
            Formats.orAuto(Formats.integer(Mtu.SMALLEST_IPV4, TranslatorKeys.LARGEST_PACKET)),
            RELOAD,
            "MTU of the link to the IPv4 side, 68 to 65535. `auto` is that of the default route, or else the largest of"
                    + " the links that have IPv4 routes.");

    private MtuKeys() {}
}
