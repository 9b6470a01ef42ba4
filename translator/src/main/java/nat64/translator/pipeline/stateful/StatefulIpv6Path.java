// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateful;

import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.NOT_IN_PREF64;
import static nat64.translator.packet.DropReason.NO_SESSION;
import static nat64.translator.packet.DropReason.SOURCE_IN_PREF64;

import nat64.translator.address.Pref64s;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Layers;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Step;
import nat64.translator.pipeline.Findings;
import nat64.translator.pipeline.Hairpin;
import nat64.translator.pipeline.Path;
import nat64.translator.pipeline.Preliminaries;
import nat64.translator.session.Filtering;
import nat64.translator.translate.Ipv6ToIpv4;

/** The line of a packet from the IPv6 side: the steps of RFC 6146, section 3.3. One per worker. */
public final class StatefulIpv6Path implements Path<StatefulRules> {

    private final SessionSteps steps;
    private final Ipv6ToIpv4 translator;
    private final Hairpin hairpin;
    private final StatefulIpv4Path back;
    private final UnknownTcpReply unknownTcp;

    /** Hairpinned packets take the path {@code back}. */
    public StatefulIpv6Path(
            SessionSteps steps,
            Ipv6ToIpv4 translator,
            Hairpin hairpin,
            StatefulIpv4Path back,
            UnknownTcpReply unknownTcp) {
        this.steps = steps;
        this.translator = translator;
        this.back = back;
        this.hairpin = hairpin;
        this.unknownTcp = unknownTcp;
    }

    @Override
    public DropReason translate(Packet packet, StatefulRules rules, long now) {
        var layers = packet.layers();
        var pref64s = rules.session().pref64s();
        int prefix = pref64s.find(layers.destinationHigh(), layers.destinationLow());
        var addresses = checkAddresses(layers, pref64s, prefix);
        var drop = Preliminaries.check(packet, addresses, translator.isTooBig(packet, rules.translation()));
        StatefulFindings.ofDestination(packet, rules.session());
        if (drop != NONE) {
            return drop;
        }
        drop = Filtering.checkFragment(rules.session(), packet);
        if (drop != NONE) {
            return drop;
        }
        drop = steps.take(packet, prefix, rules.session(), now); // RFC 6146, sections 3.4 to 3.6
        if (drop != NONE) {
            if (drop == NO_SESSION) {
                unknownTcp.answer(packet, rules, now);
            }
            return drop;
        }
        boolean hairpinned =
                rules.session().pool4().contains(steps.outgoing().ipv4().destination());
        if (hairpinned) {
            hairpin.keepHeaders(packet);
        }
        drop = rewrite(packet, rules); // section 3.7
        return drop == NONE && hairpinned ? turnAround(packet, rules, now) : drop;
    }

    /** RFC 6146, section 3.8. */
    private DropReason turnAround(Packet packet, StatefulRules rules, long now) {
        var drop = hairpin.turnAround(packet);
        drop = drop == NONE ? back.translate(packet, rules, now) : drop;
        if (drop != NONE) {
            hairpin.restore(packet);
        }
        return drop;
    }

    /** RFC 6146, section 3.5. */
    private static DropReason checkAddresses(Layers layers, Pref64s pref64s, int prefix) {
        if (pref64s.find(layers.sourceHigh(), layers.sourceLow()) != Pref64s.NONE) {
            return SOURCE_IN_PREF64;
        }
        return prefix == Pref64s.NONE ? NOT_IN_PREF64 : NONE;
    }

    /** RFC 7915, section 5. */
    private DropReason rewrite(Packet packet, StatefulRules rules) {
        packet.enter(Step.TRANSLATION);
        int length = packet.length();
        var outgoing = steps.outgoing();
        var drop = translator.translate(packet, outgoing.ipv4(), outgoing.quotedIpv4(), rules.translation());
        if (drop == NONE) {
            packet.rewritten();
            Findings.ofTranslation(packet, length);
        }
        return drop;
    }
}
