// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateless;

import static nat64.translator.packet.DropReason.NONE;

import nat64.translator.address.EamHairpinning;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Step;
import nat64.translator.pipeline.Findings;
import nat64.translator.pipeline.Hairpin;
import nat64.translator.pipeline.Path;
import nat64.translator.pipeline.Preliminaries;
import nat64.translator.translate.InterfaceInformation;
import nat64.translator.translate.Ipv6ToIpv4;

/**
 * The line of a packet from the IPv6 side where addresses alone decide (RFC 7915, section 5; RFC 7757, section 3.3.2).
 * One per worker.
 */
public final class StatelessIpv6Path implements Path<StatelessRules> {

    private final IcmpSources icmpSources;
    private final Ipv6ToIpv4 translator;
    private final Hairpin hairpin;
    private final StatelessIpv4Path back;
    private final StatelessIpv4Tuple tuple = new StatelessIpv4Tuple();
    private final InterfaceInformation interfaceInformation = new InterfaceInformation();

    /** Hairpinned packets take the path {@code back}. */
    public StatelessIpv6Path(IcmpSources icmpSources, Ipv6ToIpv4 translator, Hairpin hairpin, StatelessIpv4Path back) {
        this.icmpSources = icmpSources;
        this.translator = translator;
        this.back = back;
        this.hairpin = hairpin;
    }

    @Override
    public DropReason translate(Packet packet, StatelessRules rules, long now) {
        var addresses = tuple.map(packet, rules);
        var drop = Preliminaries.check(packet, addresses, translator.isTooBig(packet, rules.translation()));
        StatelessFindings.ofAddresses(packet, rules.mapping(), tuple.sourceRule(), tuple.destinationRule());
        if (drop != NONE) {
            return drop;
        }
        boolean hairpinned = tuple.isForIpv6Host() && rules.policy().hairpinning() == EamHairpinning.INTRINSIC;
        if (hairpinned) {
            hairpin.keepHeaders(packet);
        }
        drop = rewrite(packet, rules);
        return drop == NONE && hairpinned ? turnAround(packet, rules) : drop;
    }

    /** RFC 7757, section 4.2.2. */
    private DropReason turnAround(Packet packet, StatelessRules rules) {
        var drop = hairpin.turnAround(packet);
        drop = drop == NONE ? back.translateHairpinned(packet, rules) : drop;
        if (drop != NONE) {
            hairpin.restore(packet);
        }
        return drop;
    }

    /** RFC 7915, section 5. */
    private DropReason rewrite(Packet packet, StatelessRules rules) {
        packet.enter(Step.TRANSLATION);
        var drop = StatelessChecks.ofProtocol(packet);
        if (drop != NONE) {
            return drop;
        }
        int length = packet.length();
        long high = packet.layers().sourceHigh();
        long low = packet.layers().sourceLow();
        if (tuple.lacksSource()) {
            tuple.borrow(icmpSources.pick(rules.policy().icmpSources(), high, low));
        }
        drop = translator.translate(packet, tuple.outgoing(), tuple.quoted(), rules.translation());
        if (drop != NONE) {
            return drop;
        }
        packet.rewritten();
        if (tuple.lacksSource() && rules.policy().interfaceInformation()) {
            interfaceInformation.append(packet, high, low);
        }
        Findings.ofTranslation(packet, length);
        return NONE;
    }
}
