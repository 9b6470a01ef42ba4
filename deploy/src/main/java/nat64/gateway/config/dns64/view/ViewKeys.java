// SPDX-License-Identifier: Apache-2.0
package nat64.gateway.config.dns64.view;

import static nat64.gateway.config.file.Key.REQUIRED;

import nat64.gateway.config.common.AddressFormats;
import nat64.gateway.config.common.Clients;
import nat64.gateway.config.file.Format;
import nat64.gateway.config.file.Keys;
import nat64.gateway.config.file.ListKey;
import nat64.gateway.config.file.ValueKey;

/** The keys of an item of {@code dns64.views}. */
record ViewKeys(ValueKey<String> name, ListKey<Clients> clients, SwitchKeys switches) {

    private static final Format<String> NAME = Format.of("site-a", ViewKeys::viewName);
    private static final Format<Clients> CLIENTS = AddressFormats.CLIENTS.and(ViewKeys::refuseAuto);

    static ViewKeys of(Keys view) {
        return new ViewKeys(
                view.value("name", REQUIRED, NAME, "Up to 63 letters, digits, `.`, `_` and `-`."),
                view.list(
                        "clients",
                        REQUIRED,
                        CLIENTS,
                        "IPv6 and IPv4 prefixes. Of all views that a client is in, the one with the longest prefix"
                                + " wins."),
                SwitchKeys.ofView(view));
    }

    private static String viewName(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}") || text.equals("default")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a name for a view; use up to 63 letters, digits, '.',"
                            + " '_' and '-', and not default, which is the view of all other clients");
        }
        return text;
    }

    private static void refuseAuto(Clients clients) {
        if (clients.auto()) {
            throw new IllegalArgumentException(
                    "auto does not tell clients apart; write their prefixes, such as 2001:db8:1::/48");
        }
    }
}
