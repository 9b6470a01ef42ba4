// SPDX-License-Identifier: Apache-2.0
package nat64.translator.pipeline.stateless;

import static nat64.translator.packet.DropReason.BAD_QUOTED_PACKET;
import static nat64.translator.packet.DropReason.ILLEGAL_SOURCE;
import static nat64.translator.packet.DropReason.NONE;
import static nat64.translator.packet.DropReason.UNROUTABLE_IPV4;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_DESTINATION;
import static nat64.translator.packet.DropReason.UNTRANSLATABLE_SOURCE;

import nat64.translator.address.SpecialIpv4;
import nat64.translator.address.SpecialIpv6;
import nat64.translator.address.StatelessMapping;
import nat64.translator.packet.DropReason;
import nat64.translator.packet.Ipv6Tuple;
import nat64.translator.packet.Packet;
import nat64.translator.packet.TransportPorts;

/**
 * The IPv6 addresses of a packet from the IPv4 side, and of the packet that it quotes (RFC 7915, section 4.1; RFC 7757,
 * section 3.3.1). One per worker, filled by {@link #map} for each packet.
 */
final class StatelessIpv6Tuple {

    private final Ipv6Tuple outgoing = new Ipv6Tuple();
    private final Ipv6Tuple quoted = new Ipv6Tuple();
    private int sourceRule;
    private int destinationRule;

    /**
     * Finds the addresses, or the reason why the packet is not translated; then nothing else here is valid.
     *
     * @param simple whether the rules of RFC 7757, section 4.2.1, keep some addresses from their mapping
     */
    DropReason map(Packet packet, StatelessRules rules, boolean simple) {
        var layers = packet.layers();
        boolean error = layers.isIcmpError();
        boolean sourceAtPref64 =
                simple && (!error || layers.sourceIpv4() == packet.quoted().destinationIpv4());
        var drop = mapOutgoing(packet, rules, sourceAtPref64);
        return drop == NONE && error ? mapQuoted(packet, rules.mapping(), simple) : drop;
    }

    /** The rule that maps the source, or {@link StatelessMapping#NONE}. */
    int sourceRule() {
        return sourceRule;
    }

    /** The rule that maps the destination, or {@link StatelessMapping#NONE}. */
    int destinationRule() {
        return destinationRule;
    }

    /** Addresses and ports of the translated packet. */
    Ipv6Tuple outgoing() {
        return outgoing;
    }

    /** Addresses and ports of the quoted packet; valid for ICMP errors. */
    Ipv6Tuple quoted() {
        return quoted;
    }

    private DropReason mapOutgoing(Packet packet, StatelessRules rules, boolean sourceAtPref64) {
        var mapping = rules.mapping();
        int source = packet.layers().sourceIpv4();
        int destination = packet.layers().destinationIpv4();
        sourceRule = sourceAtPref64 ? mapping.pref64Rule() : mapping.rule(source);
        destinationRule = mapping.rule(destination);
        if (!SpecialIpv4.isRouted(destination)) {
            return UNROUTABLE_IPV4;
        }
        var drop = mapSource(packet, rules);
        if (drop != NONE) {
            return drop;
        }
        drop = mapDestination(packet, rules);
        if (drop != NONE) {
            return drop;
        }
        drop = rules.checkWellKnown(sourceRule, source);
        return drop == NONE ? rules.checkWellKnown(destinationRule, destination) : drop;
    }

    private DropReason mapSource(Packet packet, StatelessRules rules) {
        var layers = packet.layers();
        int port = TransportPorts.source(packet.buffer(), layers);
        if (sourceRule == StatelessMapping.NONE && layers.isIcmpError()) {
            var own =
                    rules.icmpErrors().ipv6Source(); // as RFC 6791 for IPv6 routers: path MTU discovery needs the error
            outgoing.source(own.high(), own.low(), port);
            return NONE;
        }
        int source = layers.sourceIpv4();
        if (sourceRule == StatelessMapping.NONE || !rules.isIpv4Host(sourceRule, source)) {
            return UNTRANSLATABLE_SOURCE;
        }
        long high = rules.mapping().ipv6High(sourceRule, source);
        long low = rules.mapping().ipv6Low(sourceRule, source);
        outgoing.source(high, low, port);
        return SpecialIpv6.isRouted(high, low) ? NONE : ILLEGAL_SOURCE;
    }

    private DropReason mapDestination(Packet packet, StatelessRules rules) {
        var layers = packet.layers();
        if (destinationRule == StatelessMapping.NONE) {
            return UNTRANSLATABLE_DESTINATION;
        }
        long high = rules.mapping().ipv6High(destinationRule, layers.destinationIpv4());
        long low = rules.mapping().ipv6Low(destinationRule, layers.destinationIpv4());
        outgoing.destination(high, low, TransportPorts.destination(packet.buffer(), layers));
        boolean isHost = rules.isIpv6Host(destinationRule, high, low) && SpecialIpv6.isRouted(high, low);
        return isHost ? NONE : UNTRANSLATABLE_DESTINATION;
    }

    /** Each address on its own (RFC 7757, section 3.2). */
    private DropReason mapQuoted(Packet packet, StatelessMapping mapping, boolean simple) {
        var layers = packet.quoted();
        int source = layers.sourceIpv4();
        int destination = layers.destinationIpv4();
        int quotedSourceRule = mapping.rule(source);
        int quotedDestinationRule = simple ? mapping.pref64Rule() : mapping.rule(destination);
        if (quotedSourceRule == StatelessMapping.NONE || quotedDestinationRule == StatelessMapping.NONE) {
            return BAD_QUOTED_PACKET;
        }
        quoted.source(
                        mapping.ipv6High(quotedSourceRule, source),
                        mapping.ipv6Low(quotedSourceRule, source),
                        TransportPorts.source(packet.buffer(), layers))
                .destination(
                        mapping.ipv6High(quotedDestinationRule, destination),
                        mapping.ipv6Low(quotedDestinationRule, destination),
                        TransportPorts.destination(packet.buffer(), layers));
        return NONE;
    }
}
