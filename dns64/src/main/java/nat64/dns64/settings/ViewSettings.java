// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

import java.util.ArrayList;
import java.util.List;
import nat64.dns64.synthesis.View;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;

/**
 * Some clients, and how their questions are answered.
 *
 * @param clientsV6 none for the view of clients that are in no other
 * @param clientsV4 likewise
 * @param view with all of its Pref64s, whether they work or not
 */
public record ViewSettings(
        List<Ipv6Prefix> clientsV6, List<Ipv4Prefix> clientsV4, PrefixPolicy prefixPolicy, View view) {

    public ViewSettings {
        clientsV6 = List.copyOf(clientsV6);
        clientsV4 = List.copyOf(clientsV4);
    }

    /** RFC 6147 and nothing else, for all clients. */
    public static ViewSettings of(List<Pref64> pref64s) {
        return new ViewSettings(List.of(), List.of(), PrefixPolicy.ALL, View.of(pref64s));
    }

    /** The same, where no AAAA records are made for these IPv4 addresses, unless the view names their very prefix. */
    ViewSettings refusing(List<Ipv4Prefix> destinations) {
        return new ViewSettings(
                clientsV6, clientsV4, prefixPolicy, view.with(view.mapping().refusing(destinations), view.maxTtl()));
    }

    /** Every prefix that may appear in answers. */
    List<Pref64> pref64s() {
        var all = new ArrayList<>(view.pref64s());
        view.mapping().ranges().forEach(range -> range.pref64().ifPresent(all::add));
        return all;
    }
}
