// SPDX-License-Identifier: Apache-2.0
package nat64.dns64.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nat64.dns64.synthesis.OwnNames;
import nat64.dns64.synthesis.RebindingProtection;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Pref64;
import org.xbill.DNS.Name;

/**
 * Who gets which answers.
 *
 * @param views by clients; of those that a client is in, the one with the longest prefix counts
 * @param otherwise the view of all other clients
 * @param notLocal domains that upstreams know, though names of that kind are usually answered here (RFC 6303)
 * @param inlinePtr whether reverse names have PTR records of their own, in place of a CNAME (RFC 6147, section 5.3.1)
 * @param ownNames that are answered here besides
 * @param rebinding which addresses answers of upstreams may not show
 */
public record Policy(
        List<ViewSettings> views,
        ViewSettings otherwise,
        List<Name> notLocal,
        boolean inlinePtr,
        OwnNames ownNames,
        RebindingProtection rebinding) {

    /** All that a client's answer depends on has a number, and this much of it is for the view. */
    public static final int MAX_VIEWS = 255;

    public Policy {
        views = List.copyOf(views);
        notLocal = List.copyOf(notLocal);
        if (views.size() > MAX_VIEWS) {
            throw new IllegalArgumentException("a DNS64 has at most " + MAX_VIEWS + " views");
        }
    }

    /** Where answers may show any address. */
    public Policy(
            List<ViewSettings> views,
            ViewSettings otherwise,
            List<Name> notLocal,
            boolean inlinePtr,
            OwnNames ownNames) {
        this(views, otherwise, notLocal, inlinePtr, ownNames, RebindingProtection.OFF);
    }

    /** Without names that only the operator knows. */
    public Policy(List<ViewSettings> views, ViewSettings otherwise, List<Name> notLocal, boolean inlinePtr) {
        this(views, otherwise, notLocal, inlinePtr, OwnNames.NONE, RebindingProtection.OFF);
    }

    /** RFC 6147 and nothing else, for all clients. */
    public static Policy of(List<Pref64> pref64s) {
        return new Policy(List.of(), ViewSettings.of(pref64s), List.of(), false);
    }

    /** The same with other exceptions. */
    public Policy with(RebindingProtection other) {
        return new Policy(views, otherwise, notLocal, inlinePtr, ownNames, other);
    }

    /** The same, where no AAAA records are made for these IPv4 addresses, unless a view names their very prefix. */
    public Policy refusing(List<Ipv4Prefix> destinations) {
        return destinations.isEmpty()
                ? this
                : new Policy(
                        views.stream().map(view -> view.refusing(destinations)).toList(),
                        otherwise.refusing(destinations),
                        notLocal,
                        inlinePtr,
                        ownNames,
                        rebinding);
    }

    /** All views, that of all other clients last. */
    public List<ViewSettings> all() {
        var all = new ArrayList<>(views);
        all.add(otherwise);
        return all;
    }

    /** Every prefix that may appear in answers, each once. */
    public List<Pref64> pref64s() {
        return Stream.concat(views.stream(), Stream.of(otherwise))
                .flatMap(view -> view.pref64s().stream())
                .distinct()
                .toList();
    }
}
