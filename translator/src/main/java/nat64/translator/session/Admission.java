// SPDX-License-Identifier: Apache-2.0
package nat64.translator.session;

import static nat64.translator.packet.DropReason.CLIENT_NOT_ALLOWED;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.NON_GLOBAL_IPV4;
import static nat64.translator.packet.DropReason.OWN_DESTINATION;
import static nat64.translator.packet.DropReason.PRIVATE_DESTINATION;
import static nat64.translator.packet.DropReason.UNROUTABLE_IPV4;
import static nat64.translator.packet.DropReason.UNTRANSLATED_DESTINATION;

import java.util.List;
import nat64.translator.address.Ipv6Address;
import nat64.translator.address.Ipv6Prefix;
import nat64.translator.address.SpecialIpv4;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Step;
import nat64.translator.session.policy.DestinationPolicy;

/** Who may open sessions to where, by addresses alone. Pure. */
final class Admission {

    private Admission() {}

    /** Of a session that an IPv6 host opens to an IPv4 address. */
    static DropReason fromIpv6(SessionRules rules, IncomingTuple tuple) {
        int remote = tuple.remote();
        tuple.enter(Step.CLIENT);
        SessionFindings.ofClient(tuple, rules);
        if (isProbe(rules, tuple)) {
            return NONE;
        }
        if (!isClient(rules.admission().clients(), tuple.ipv6High(), tuple.ipv6Low())) {
            return CLIENT_NOT_ALLOWED;
        }
        tuple.enter(Step.POLICY);
        if (DestinationPolicy.contains(rules.admission().untranslated(), remote)) {
            return UNTRANSLATED_DESTINATION;
        }
        if (rules.pool4().contains(remote)) {
            return NONE; // hairpinning: our own address, whatever its kind
        }
        if (!SpecialIpv4.isRouted(remote)) {
            return UNROUTABLE_IPV4;
        }
        var destinations = rules.admission().destinations();
        if (destinations.refusesAsOwn(remote)) {
            return OWN_DESTINATION;
        }
        if (destinations.refusesAsPrivate(remote)) {
            return PRIVATE_DESTINATION;
        }
        return mayCarry(rules, tuple.prefix(), remote) ? NONE : NON_GLOBAL_IPV4;
    }

    /** Whether a packet from the IPv6 side is one by which the gateway finds out whether packets get through. */
    static boolean isProbe(SessionRules rules, IncomingTuple tuple) {
        var probe = rules.admission().probe();
        return probe.hasPorts(tuple.protocol(), tuple.hostPort(), tuple.remotePort())
                && probe.hasAddresses(tuple.ipv6High(), tuple.ipv6Low(), tuple.remote());
    }

    /** RFC 6052, section 3.1: whether that address may stand in the Pref64 of that index. */
    static boolean mayCarry(SessionRules rules, int prefix, int remote) {
        return rules.admission().translateNonGlobal()
                || !rules.pref64s().get(prefix).isWellKnown()
                || rules.pool4().contains(remote)
                || SpecialIpv4.isGlobal(remote);
    }

    /** Whether a packet from the IPv6 side has the address of a client as its source. */
    static boolean isClient(SessionRules rules, Layers layers) {
        return isClient(rules.admission().clients(), layers.sourceHigh(), layers.sourceLow());
    }

    /** Whether sessions of a host may begin. */
    static boolean isClient(SessionRules rules, Ipv6Address host) {
        return isClient(rules.admission().clients(), host.high(), host.low());
    }

    private static boolean isClient(List<Ipv6Prefix> clients, long high, long low) {
        for (int i = 0; i < clients.size(); i++) {
            if (clients.get(i).contains(high, low)) {
                return true;
            }
        }
        return false;
    }
}
