// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static nat64.translator.packet.DropReason.CLIENT_NOT_ALLOWED;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.NON_GLOBAL_IPV4;
import static nat64.translator.packet.DropReason.UNROUTABLE_IPV4;
import static nat64.translator.packet.DropReason.UNTRANSLATED_DESTINATION;

import java.util.List;
import nat64.translator.address.Ipv4Prefix;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.Pref64;
import nat64.translator.address.SpecialIpv4;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Layers;
import nat64.translator.session.pool4.Pool4;

/** Who may open sessions to where, by addresses alone. */
final class Admission {

    private final List<Pref64> pref64s;
    private final List<Ipv6Prefix> clients;
    private final boolean translateNonGlobal;
    private final Pool4 pool4;
    private final List<Ipv4Prefix> untranslated;

    Admission(Filtering.Policy policy, Pool4 pool4, List<Ipv4Prefix> untranslated) {
        this.untranslated = untranslated;
        pref64s = policy.pref64s();
        clients = policy.clients();
        translateNonGlobal = policy.translateNonGlobal();
        this.pool4 = pool4;
    }

    /** Of a session that an IPv6 host opens to an IPv4 address. */
    DropReason fromIpv6(Layers layers, int prefix, int remote) {
        if (!isClient(layers)) {
            return CLIENT_NOT_ALLOWED;
        }
        if (isUntranslated(remote)) {
            return UNTRANSLATED_DESTINATION;
        }
        if (pool4.contains(remote)) {
            return NONE; // hairpinning: our own address, whatever its kind
        }
        if (!SpecialIpv4.isRouted(remote)) {
            return UNROUTABLE_IPV4;
        }
        return mayCarry(prefix, remote) ? NONE : NON_GLOBAL_IPV4;
    }

    /** RFC 6052, section 3.1: whether that address may stand in that Pref64. */
    boolean mayCarry(int prefix, int remote) {
        return translateNonGlobal
                || !pref64s.get(prefix).isWellKnown()
                || pool4.contains(remote)
                || SpecialIpv4.isGlobal(remote);
    }

    /** Of an IPv4 host that speaks first. */
    boolean mayEnter(int remote) {
        return mayCarry(0, remote);
    }

    private boolean isUntranslated(int remote) {
        for (int i = 0; i < untranslated.size(); i++) {
            if (untranslated.get(i).contains(remote)) {
                return true;
            }
        }
        return false;
    }

    private boolean isClient(Layers layers) {
        for (int i = 0; i < clients.size(); i++) {
            if (clients.get(i).contains(layers.sourceHigh(), layers.sourceLow())) {
                return true;
            }
        }
        return false;
    }
}
