// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateful;

import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.NOT_IN_POOL4;

import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Step;
import nat64.translator.pipeline.Findings;
import nat64.translator.pipeline.Path;
import nat64.translator.pipeline.Preliminaries;
import nat64.translator.translate.Ipv4ToIpv6;

/** The line of a packet from the IPv4 side: the steps of RFC 6146, section 3.3. One per worker. */
public final class StatefulIpv4Path implements Path<StatefulRules> {

    private final SessionSteps steps;
    private final Ipv4ToIpv6 translator;

    public StatefulIpv4Path(SessionSteps steps, Ipv4ToIpv6 translator) {
        this.steps = steps;
        this.translator = translator;
    }

    @Override
    public DropReason translate(Packet packet, StatefulRules rules, long now) {
        boolean toPool4 = rules.session().pool4().contains(packet.layers().destinationIpv4());
        boolean tooBig = translator.isTooBig(packet, rules.translation());
        var drop = Preliminaries.check(packet, toPool4 ? NONE : NOT_IN_POOL4, tooBig);
        StatefulFindings.ofDestination(packet, rules.session());
        if (drop != NONE) {
            return drop;
        }
        drop = steps.take(
                packet, rules.session().pref64s().first(), rules.session(), now); // RFC 6146, sections 3.4 to 3.6
        if (drop != NONE) {
            return drop;
        }
        packet.enter(Step.TRANSLATION); // section 3.7; RFC 7915, section 4
        int length = packet.length();
        var outgoing = steps.outgoing();
        drop = translator.translate(packet, outgoing.ipv6(), outgoing.quotedIpv6(), rules.translation());
        if (drop == NONE) {
            packet.rewritten();
            Findings.ofTranslation(packet, length);
        }
        return drop;
    }
}
