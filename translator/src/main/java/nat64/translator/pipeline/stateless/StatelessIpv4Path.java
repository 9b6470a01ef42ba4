// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateless;

import static nat64.translator.packet.DropReason.NONE;

import nat64.translator.address.EamHairpinning;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Packet;
import nat64.translator.packet.Step;
import nat64.translator.pipeline.Findings;
import nat64.translator.pipeline.Path;
import nat64.translator.pipeline.Preliminaries;
import nat64.translator.translate.Ipv4ToIpv6;

/**
 * The line of a packet from the IPv4 side where addresses alone decide (RFC 7915, section 4; RFC 7757, section 3.3.1).
 * One per worker.
 */
public final class StatelessIpv4Path implements Path<StatelessRules> {

    private final Ipv4ToIpv6 translator;
    private final StatelessIpv6Tuple tuple = new StatelessIpv6Tuple();

    public StatelessIpv4Path(Ipv4ToIpv6 translator) {
        this.translator = translator;
    }

    @Override
    public DropReason translate(Packet packet, StatelessRules rules, long now) {
        return translate(packet, rules, rules.policy().hairpinning() == EamHairpinning.SIMPLE);
    }

    /** For a packet that comes from the IPv6 side and goes back to it. */
    DropReason translateHairpinned(Packet packet, StatelessRules rules) {
        return translate(packet, rules, true);
    }

    /** With {@code simple}, the rules of RFC 7757, section 4.2.1, keep some addresses from their mapping. */
    private DropReason translate(Packet packet, StatelessRules rules, boolean simple) {
        var addresses = tuple.map(packet, rules, simple);
        var drop = Preliminaries.check(packet, addresses, translator.isTooBig(packet, rules.translation()));
        StatelessFindings.ofAddresses(packet, rules.mapping(), tuple.sourceRule(), tuple.destinationRule());
        if (drop != NONE) {
            return drop;
        }
        packet.enter(Step.TRANSLATION);
        drop = StatelessChecks.ofProtocol(packet);
        if (drop != NONE) {
            return drop;
        }
        drop = StatelessChecks.ofUdpChecksum(packet, rules.policy());
        if (drop != NONE) {
            return drop;
        }
        int length = packet.length();
        drop = translator.translate(packet, tuple.outgoing(), tuple.quoted(), rules.translation());
        if (drop != NONE) {
            return drop;
        }
        packet.rewritten();
        Findings.ofTranslation(packet, length);
        return NONE;
    }
}
